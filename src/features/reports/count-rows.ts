import {
  type CategoryChoice,
  nameOfRow,
  type Placed,
  type ReportForm,
  type RowRule,
} from '#regions/reports/report-form.ts'
import type { Span } from './quarters.ts'

/** What a report counts of one family with support in a period. Days are ISO dates. */
export type FamilyFacts = {
  episodes: readonly { accepted: string; closed: string | null; better: boolean }[]
  /** With days of support in the period. */
  categories: readonly string[]
  circumstances: readonly string[]
  /** On its last day of support in the period; null: none. */
  main: string | null
  /** Help that took place in the period. */
  kinds: readonly string[]
  catalogueRows: readonly string[]
  overcame: boolean
}

/** By row. */
export type Counts = ReadonlyMap<string, number>

/** How much each row counts of a family; shares are not counted here. Pure. */
export const countsOf = (
  form: ReportForm,
  { period, choice }: { period: Span; choice: CategoryChoice },
  family: FamilyFacts,
): Counts => {
  const counts = new Map<string, number>()
  for (const { name, rule, placed } of linesOf(form)) {
    const count = countOf(rule, { family, period, choice, placed })
    if (count > 0) counts.set(name, count)
  }
  return counts
}

type Counting = { family: FamilyFacts; period: Span; choice: CategoryChoice; placed: readonly Placed[] }

const countOf = (rule: RowRule, counting: Counting): number => {
  const { family, period } = counting
  if ('share' in rule) return 0
  if ('episodes' in rule) {
    const counts = episodeCounts[rule.episodes]
    return family.episodes.filter((episode) => counts(episode, period)).length
  }
  if (rule.families === 'overcame' && !family.overcame) return 0
  const { row } = rule
  if (!row) return 1
  if ('help' in row) return family.kinds.includes(row.help) ? 1 : 0
  if ('catalogueRow' in row) return family.catalogueRows.includes(row.catalogueRow) ? 1 : 0
  return inCategory(row, counting) ? 1 : 0
}

type Episode = FamilyFacts['episodes'][number]
type OfEpisodes = Extract<RowRule, { episodes: string }>['episodes']

const closedWithin = ({ closed }: Episode, { from, until }: Span): boolean =>
  closed !== null && closed >= from && closed <= until

/** All but the first take for granted that an episode was neither closed before the period nor accepted after it. */
const episodeCounts: Record<OfEpisodes, (episode: Episode, period: Span) => boolean> = {
  supported: () => true,
  'at-start': ({ accepted }, { from }) => accepted < from,
  accepted: ({ accepted }, { from }) => accepted >= from,
  closed: closedWithin,
  'closed-better': (episode, period) => episode.better && closedWithin(episode, period),
  'at-end': ({ closed }, { until }) => closed === null || closed > until,
}

const inCategory = (
  row: { category: readonly Placed[] } | { otherCategories: true },
  { family, choice, placed }: Counting,
): boolean => {
  const codes = choice === 'all' ? family.categories : family.main === null ? [] : [family.main]
  const isIn = (code: string, places: readonly Placed[]) =>
    places.some(
      (one) => one.code === code && (one.with === undefined || family.circumstances.includes(one.with)),
    )
  if ('category' in row) return codes.some((code) => isIn(code, row.category))
  return codes.length === 0 || codes.some((code) => !isIn(code, placed))
}

/** `placed`: what the table's other rows hold of categories. */
type Line = { name: string; rule: RowRule; placed: readonly Placed[] }

const known = new WeakMap<ReportForm, readonly Line[]>()

/** The rows of a form; remembered, because they are asked for once a family. */
const linesOf = (form: ReportForm): readonly Line[] => {
  const before = known.get(form)
  if (before) return before
  const lines = form.tables.flatMap((table) => {
    const placed = table.rows.flatMap(({ rule }) =>
      'families' in rule && rule.row && 'category' in rule.row ? rule.row.category : [],
    )
    return table.rows.map((row) => ({ name: nameOfRow(table, row), rule: row.rule, placed }))
  })
  known.set(form, lines)
  return lines
}
