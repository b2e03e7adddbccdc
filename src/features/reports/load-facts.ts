import { setImmediate as nextTurn } from 'node:timers/promises'
import { mainCategoryOn } from '#features/needs/case-needs.ts'
import { openPlan } from '#features/plan/open-plan.ts'
import { openCatalogue } from '#features/plan/sealed-catalogue.ts'
import type { ReportForm } from '#regions/reports/report-form.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import type { NeedKind } from '#storage/needs/case-needs.ts'
import { plansBefore } from '#storage/plan/plans.ts'
import { type FactsQuery, quarterFacts, type StoredFacts } from '#storage/reports/quarter-facts.ts'
import { erasedText } from '#core/withheld.ts'
import type { Sealer } from '#storage/seal.ts'
import type { FamilyFacts } from './count-rows.ts'
import type { Span } from './quarters.ts'

export type FactsDeps = { region: Region; sealer: Sealer }
export type Scope = { period: Span; territories: readonly string[] | 'all' }
export type ReportedFamily = Pick<StoredFacts, 'id' | 'number' | 'territory'> & { facts: FamilyFacts }

/** After so many families other work has its turn: opening what is sealed of a large centre takes a second. */
const batch = 100

/**
 * Families with support in a period, by number, with what a report counts of them. Whoever reads them does so in the turns that are left
 * to other work.
 */
export const loadFacts = async function* (
  reader: Reader,
  deps: FactsDeps,
  form: ReportForm,
  { period, territories }: Scope,
): AsyncGenerator<ReportedFamily> {
  const found = await quarterFacts(reader, factsQuery(deps.region, form, { period, territories }))
  const stored = found.toSorted((one, other) => one.number - other.number)
  for (let place = 0; place < stored.length; place += batch) {
    await nextTurn()
    const rows = stored.slice(place, place + batch)
    const named = await namedHelp(reader, deps, rows)
    for (const row of rows) {
      const { id, number, territory } = row
      const catalogueRows = rowsOfHelp(deps.region, named.get(id) ?? [])
      yield { id, number, territory, facts: { ...factsOf(deps, row, period), catalogueRows } }
    }
  }
}

/** What the database is asked for. */
export const factsQuery = (
  { code, timeZone, stages }: Pick<Region, 'code' | 'timeZone' | 'stages'>,
  { acceptance: { event, stage } }: ReportForm,
  { period: { from, until }, territories }: Scope,
): FactsQuery => {
  const later = stages.slice(stages.indexOf(stage) + 1)
  return { region: code, timeZone, from, until, event, stage, later, territories }
}

type StoredEpisode = [accepted: string, closed: string | null, better: boolean]
type StoredNeed = [
  id: string,
  needId: string,
  kind: NeedKind,
  sealed: string,
  since: string,
  until: string | null,
]
type StoredMain = [needId: string, since: string]
type StoredHelp = [code: string, sealed: string | null, removedIn: number | null]

const read = <T>(json: string | null): T[] => (json === null ? [] : (JSON.parse(json) as T[]))

const factsOf = (
  { sealer }: Pick<FactsDeps, 'sealer'>,
  row: StoredFacts,
  { from, until }: Span,
): Omit<FamilyFacts, 'catalogueRows'> => {
  const episodes = read<StoredEpisode>(row.episodes).map(([accepted, closed, better]) => ({
    ...{ accepted, closed, better },
    first: accepted < from ? from : accepted,
    last: closed === null || closed > until ? until : closed,
  }))
  const needs = read<StoredNeed>(row.needs)
    .map(([id, needId, kind, sealed, since, end]) => ({
      id,
      needId,
      kind,
      sealed,
      since,
      until: end,
      withdrawn: false,
    }))
    // With a day of support: what ended before the family came back in the middle of the quarter is not of it.
    .filter((need) =>
      episodes.some(({ first, last }) => need.since <= last && (need.until === null || need.until >= first)),
    )
    .map((need) => ({ ...need, code: sealer.open(need.sealed, `case_needs.code.${need.id}`) }))
    .filter(({ code }) => code !== erasedText)
  const marks = read<StoredMain>(row.mains).map(([needId, since]) => ({ needId, since }))
  const lastDay = episodes.map(({ last }) => last).reduce((one, other) => (one > other ? one : other))
  const codes = (kind: NeedKind) => needs.filter((need) => need.kind === kind).map(({ code }) => code)
  return {
    episodes,
    categories: codes('category'),
    circumstances: codes('circumstance'),
    main: mainCategoryOn({ needs, marks }, lastDay)?.code ?? null,
    kinds: row.kinds ?? [],
    overcame: row.overcame,
  }
}

/** Which help of the catalogue took place, by family. What was published before the catalogue had a column is read from the plans. */
const namedHelp = async (
  reader: Reader,
  { sealer }: Pick<FactsDeps, 'sealer'>,
  rows: readonly StoredFacts[],
): Promise<Map<string, string[]>> => {
  const help = rows.flatMap(({ id, named }) =>
    read<StoredHelp>(named).map(([code, sealed, removedIn]) => ({ familyId: id, code, sealed, removedIn })),
  )
  const earlier = help.filter(({ sealed }) => sealed === null)
  const wanted = earlier.map(({ familyId, removedIn }) => ({ familyId, before: removedIn }))
  const plans = wanted.length === 0 ? [] : await plansBefore(reader, wanted)
  const inPlans = new Map(
    plans.flatMap((plan) =>
      openPlan(sealer, plan).activities.map(({ code, catalogueCode }) => [
        `${plan.familyId} ${code}`,
        catalogueCode,
      ]),
    ),
  )
  const found = help.flatMap(({ familyId, code, sealed }) => {
    const name =
      sealed === null ? inPlans.get(`${familyId} ${code}`) : openCatalogue(sealer, { familyId, code }, sealed)
    return name === undefined ? [] : [{ familyId, name }]
  })
  return new Map(
    [...Map.groupBy(found, ({ familyId }) => familyId)].map(([id, ones]) => [
      id,
      ones.map(({ name }) => name),
    ]),
  )
}

const rowsOfHelp = ({ catalogue }: Pick<Region, 'catalogue'>, names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => catalogue.find(({ code }) => code === name)?.reportRows ?? [])),
]
