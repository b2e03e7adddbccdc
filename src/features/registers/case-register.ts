import { openNeedCode } from '#features/needs/case-needs.ts'
import type { BlockReader } from '#features/data-requests/blocks.ts'
import { namesFor } from '#features/families/members.ts'
import type { CaseColumn, RegisterRule } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import type { EpisodeRow } from '#storage/registers/episode-rows.ts'
import { membersOfMany, type NeedRow, needsWithin } from '#storage/registers/family-rows.ts'
import type { RegisterScope } from '#storage/registers/register-scope.ts'
import type { Sealer } from '#storage/seal.ts'
import { staffNames } from '#storage/staff/staff-lists.ts'
import { episodesOf, mostShown } from './episodes.ts'
import { levelOn } from './on-a-day.ts'
import type { RegisterRow, Value } from './register.ts'

type CaseRule = Extract<RegisterRule, { rows: 'cases' }>

/** What the reader may read besides. */
export type Openness = { details: boolean; staff: boolean }

/** The columns that the reader may read. */
export const readableColumns = ({ columns }: CaseRule, { details, staff }: Openness): CaseColumn[] =>
  columns.filter((column) => {
    if (column === 'name' || column === 'circumstances' || column === 'categories') return details
    return column !== 'curator' || staff
  })

/** A row for each acceptance that falls into the period (Stavropol 6.23, Novgorod 3.5.1, Chelyabinsk 3.2.1). */
export const caseRows = async (
  reader: Reader,
  { sealer, region }: { sealer: Sealer; region: Region },
  rule: CaseRule,
  {
    columns,
    by,
    now,
    ...scope
  }: RegisterScope & { timeZone: string; columns: readonly CaseColumn[]; by: BlockReader; now: Date },
): Promise<RegisterRow[]> => {
  const kinds = [...columns, 'level-set', 'after-look']
  const found = await episodesOf(reader, { ...scope, kinds, most: mostShown })
  const episodes = rule.inTouch
    ? found.filter(
        ({ contactAfter, closedOn }) => contactAfter && closedOn !== null && closedOn <= scope.until,
      )
    : found
  const ids = episodes.map(({ familyId }) => familyId)
  const named = columns.includes('name') ? await membersOfMany(reader, ids) : []
  const adults = named.filter(({ role }) => role !== 'minor')
  const names = await namesFor(reader, sealer, { members: adults, by, now })
  const firsts = new Map([...adults].reverse().map(({ id, familyId }) => [familyId, names.get(id) ?? '']))
  const spoken = columns.includes('circumstances') || columns.includes('categories')
  const needs = spoken ? await needsWithin(reader, scope) : []
  const needsBy = Map.groupBy(needs, ({ familyId }) => familyId)
  const curators = new Map(
    (
      await staffNames(
        reader,
        columns.includes('curator') ? [...new Set(episodes.flatMap((one) => one.curatorId ?? []))] : [],
      )
    ).map(({ id, name }) => [id, name]),
  )
  return episodes.map((episode) => {
    const { familyId, curatorId } = episode
    const known: Facts = {
      ...{ episode, until: scope.until },
      needCodes: codesOf(needsBy.get(familyId) ?? [], { sealer, region }),
      name: firsts.get(familyId) ?? null,
      curator: (curatorId && curators.get(curatorId)) ?? null,
    }
    const cells = Object.fromEntries(columns.map((column) => [column, cellOf(column, known)]))
    return { code: familyId, beside: false, cells, hidden: [] }
  })
}

type Facts = {
  episode: EpisodeRow
  until: string
  name: string | null
  needCodes: (kind: NeedRow['kind']) => string[]
  curator: string | null
}

/** In the order of the region's text. */
const codesOf =
  (needs: readonly NeedRow[], { sealer, region }: { sealer: Sealer; region: Region }) =>
  (kind: NeedRow['kind']): string[] => {
    const own = new Set(needs.flatMap((need) => (need.kind === kind ? [openNeedCode(sealer, need)] : [])))
    const { categories, circumstances } = region
    return (kind === 'category' ? categories : circumstances).flatMap(({ code }) =>
      own.has(code) ? [code] : [],
    )
  }

const cellOf = (column: CaseColumn, { episode, until, name, needCodes, curator }: Facts): Value => {
  const looks = episode.events.filter(({ kind, day }) => kind === 'after-look' && day <= until)
  // What happened after the period is not of it.
  const closed = episode.closedOn !== null && episode.closedOn <= until
  switch (column) {
    case 'number':
      return episode.number
    case 'name':
      return name
    case 'territory':
      return episode.territory
    case 'accepted':
      return episode.acceptedOn
    case 'circumstances':
      return needCodes('circumstance')
    case 'categories':
      return needCodes('category')
    case 'level':
      return levelOn(episode, until)
    case 'curator':
      return curator
    case 'closed':
      return closed ? episode.closedOn : null
    case 'closing':
      return closed ? episode.closing : null
    case 'looks':
      return looks.length
    case 'last-look':
      return looks.at(-1)?.day ?? null
    case 'how':
      return looks.at(-1)?.detail ?? null
    default:
      return episode.events.findLast(({ kind, day }) => kind === column && day <= until)?.day ?? null
  }
}
