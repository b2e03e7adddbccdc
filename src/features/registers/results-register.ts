import { sealedFact } from './case-facts.ts'
import { openNeedCode } from '#features/needs/case-needs.ts'
import type { CaseResult } from '#regions/registers/register.ts'
import type { Reader } from '#storage/database.ts'
import type { EpisodeRow } from '#storage/registers/episode-rows.ts'
import { factsWithin, needsWithin, type OvercomeRow, overcomeWithin } from '#storage/registers/family-rows.ts'
import type { RegisterScope } from '#storage/registers/register-scope.ts'
import type { Sealer } from '#storage/seal.ts'
import { episodesOf } from './episodes.ts'
import { heldOn, levelOn, openOn } from './on-a-day.ts'
import { type Period, periodBefore } from './periods.ts'
import { type Count, countOf, type CountedRow, type RegisterRow } from './register.ts'

export const resultColumns = ['before', 'now', 'change'] as const

type Asked = RegisterScope & { today: string; timeZone: string }

/**
 * The results by which support is judged (Stavropol 8.2, Novgorod 6): in the period before and in this one. What is true of a family for
 * some time is counted on the last day of each, and what happens to it within each.
 */
export const resultRows = async (
  reader: Reader,
  { sealer }: { sealer: Sealer },
  results: readonly CaseResult[],
  { today, timeZone, ...scope }: Asked,
): Promise<CountedRow[]> => {
  const earlier = periodBefore(scope)
  const known = await knownWithin(reader, sealer, { ...scope, from: earlier.from, timeZone })
  const now = { from: scope.from, until: scope.until < today ? scope.until : today }
  return results.map(({ code, counted }) => ({
    code,
    counts: { before: countIn(known, counted, earlier), now: countIn(known, counted, now) },
  }))
}

/** The same in each of some periods, all of which lie in the scope; null: no case says so. */
export const resultsByPeriod = async (
  reader: Reader,
  { sealer }: { sealer: Sealer },
  results: readonly CaseResult[],
  { periods, ...scope }: RegisterScope & { timeZone: string; periods: readonly Period[] },
): Promise<{ code: string; values: (number | null)[] }[]> => {
  const known = await knownWithin(reader, sealer, scope)
  return results.map(({ code, counted }) => ({
    code,
    values: periods.map((period) => countIn(known, counted, period)?.count ?? null),
  }))
}

const knownWithin = async (
  reader: Reader,
  sealer: Sealer,
  all: RegisterScope & { timeZone: string },
): Promise<Known> => ({
  episodes: await episodesOf(reader, { ...all, kinds: ['level-set'] }),
  needs: (await needsWithin(reader, all)).map((row) => ({ ...row, code: openNeedCode(sealer, row) })),
  facts: (await factsWithin(reader, all)).map(({ familyId, day, words }) => ({
    ...{ familyId, day },
    code: sealedFact(sealer, { familyId, words }),
  })),
  overcome: await overcomeWithin(reader, all),
})

/** With the difference of its two figures, unless one of them is hidden. Pure. */
export const withChange = (row: RegisterRow): RegisterRow => {
  const { before, now } = row.cells
  const change = typeof before === 'number' && typeof now === 'number' ? now - before : null
  const hidden = row.hidden.length > 0 ? [...row.hidden, 'change'] : []
  return { ...row, cells: { ...row.cells, change }, hidden }
}

type Spoken = { familyId: string; code: string }
type Known = {
  episodes: readonly EpisodeRow[]
  needs: readonly (Spoken & { since: string; until: string | null })[]
  facts: readonly (Spoken & { day: string })[]
  overcome: readonly OvercomeRow[]
}

/** Different families. Null: no case says so. */
const countIn = (known: Known, counted: CaseResult['counted'], period: Period): Count | null => {
  const { until: day } = period
  const within = (one: string | null) => one !== null && one >= period.from && one <= day
  const open = known.episodes.filter((episode) => openOn(episode, day))
  const happened = (code: string) =>
    known.facts.filter((fact) => fact.code === code && within(fact.day)).map(({ familyId }) => familyId)
  switch (counted.by) {
    case 'need': {
      const holding = new Set(
        known.needs.flatMap((need) =>
          need.code === counted.code && heldOn(need, day) ? [need.familyId] : [],
        ),
      )
      return countOf(open.flatMap(({ familyId }) => (holding.has(familyId) ? [familyId] : [])))
    }
    case 'level':
      return countOf(
        open.flatMap((episode) =>
          counted.levels.includes(levelOn(episode, day) ?? '') ? [episode.familyId] : [],
        ),
      )
    case 'fact':
      return countOf(happened(counted.code))
    case 'overcame': {
      const closed = known.episodes.flatMap(({ familyId, closing, closedOn }) =>
        closing === counted.closing && within(closedOn) ? [familyId] : [],
      )
      const found = known.overcome.flatMap(({ familyId, day: on }) => (within(on) ? [familyId] : []))
      return countOf([...closed, ...found])
    }
    case 'survey':
    case 'elsewhere':
      return null
  }
}
