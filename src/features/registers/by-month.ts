import { isFew } from '#features/surveys/results/protect-results.ts'
import type { RegisterRule } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { EpisodeRow } from '#storage/registers/episode-rows.ts'
import { helpByMonth } from '#storage/registers/help-counts.ts'
import type { Sealer } from '#storage/seal.ts'
import { episodesOf } from './episodes.ts'
import { openOn } from './on-a-day.ts'
import { admit, type Asked, findRegister, touchedSince } from './open-register.ts'
import { monthsWithin, type Period } from './periods.ts'
import { resultsByPeriod } from './results-register.ts'

/** A count for each month; null: nothing of a case says so, or it is hidden. */
export type Line = { code: string; values: (number | null)[]; hidden: boolean }
export type RegisterMonths = { rule: RegisterRule; months: string[]; lines: Line[] }

type Deps = { sealer: Sealer; region: Region }

/**
 * What a register counts in each month of a period, up to today. Audited as `openRegister`, with the same periods: whoever may not open the
 * families asks for a quarter that is over, and sees a line only if none of its months has fewer than five. Throws as that does.
 */
export const registerByMonth = async (tx: Tx, deps: Deps, asked: Asked): Promise<RegisterMonths> => {
  const rule = findRegister(deps.region, asked.code)
  const { today, guarded } = await admit(tx, deps, rule, asked)
  const months = monthsWithin(asked, today)
  const { territories } = asked.caller
  const until = months.at(-1)?.until ?? asked.until
  const scope = { from: asked.from, until, territories, timeZone: deps.region.timeZone }
  const counted = await linesOf(tx, deps, rule, { months, scope })
  const lines = counted.map(({ code, values }): Line => {
    const hidden = guarded && values.some((count) => isFew(count ?? 0))
    return { code, hidden, values: hidden ? values.map(() => null) : values }
  })
  return { rule, months: months.map(({ month }) => month), lines }
}

type Month = Period & { month: string }
type Scope = Period & { territories: readonly string[] | 'all'; timeZone: string }
type Counting = { months: readonly Month[]; scope: Scope }
type Counted = Omit<Line, 'hidden'>

const linesOf = async (
  tx: Tx,
  deps: Deps,
  rule: RegisterRule,
  { months, scope }: Counting,
): Promise<Counted[]> => {
  if (rule.rows === 'help') {
    const found = await helpByMonth(tx, scope)
    return [...rule.kinds, ...rule.beside].map((kind) => ({
      code: kind,
      values: months.map(
        ({ month }) => found.find((one) => one.kind === kind && one.month === month)?.families ?? 0,
      ),
    }))
  }
  if (rule.rows === 'results') {
    const lines = await resultsByPeriod(tx, deps, rule.results, { ...scope, periods: months })
    return lines.filter(({ values }) => values.some((value) => value !== null))
  }
  const inTouch = rule.rows === 'cases' && rule.inTouch
  const from = inTouch ? touchedSince(deps.region, scope.from) : scope.from
  const found = await episodesOf(tx, { ...scope, from, kinds: ['after-look'] })
  const episodes = inTouch ? found.filter(({ contactAfter }) => contactAfter) : found
  const each = (code: string, count: (month: Month) => number) => ({ code, values: months.map(count) })
  if (rule.rows === 'cases')
    return flowOf(rule).map((line) => each(line, (month) => countOfFlow[line](episodes, month)))
  const byTerritory = Map.groupBy(episodes, ({ territory }) => territory)
  const own = deps.region.territories.map(({ code }) => code)
  return [...new Set([...own, ...byTerritory.keys()])]
    .filter((code) => byTerritory.has(code))
    .map((code) => each(code, ({ until }) => openFamilies(byTerritory.get(code) ?? [], until)))
}

type Flow = 'atEnd' | 'accepted' | 'closed' | 'looks'

const flowOf = ({ inTouch }: Extract<RegisterRule, { rows: 'cases' }>): readonly Flow[] =>
  inTouch ? ['closed', 'looks'] : ['atEnd', 'accepted', 'closed']

const within = (day: string | null, { from, until }: Period): boolean =>
  day !== null && day >= from && day <= until

const countOfFlow: Record<Flow, (episodes: readonly EpisodeRow[], month: Month) => number> = {
  atEnd: (episodes, { until }) => openFamilies(episodes, until),
  accepted: (episodes, month) => episodes.filter(({ acceptedOn }) => within(acceptedOn, month)).length,
  closed: (episodes, month) => episodes.filter(({ closedOn }) => within(closedOn, month)).length,
  looks: (episodes, month) =>
    episodes.reduce((sum, { events }) => sum + events.filter(({ day }) => within(day, month)).length, 0),
}

const openFamilies = (episodes: readonly EpisodeRow[], day: string): number =>
  new Set(episodes.flatMap((one) => (openOn(one, day) ? [one.familyId] : []))).size
