import { Temporal } from 'temporal-polyfill'
import { sha256 } from '#core/ids.ts'
import { endOf } from '#features/deadlines/days.ts'
import { decreedTransfers } from '#features/deadlines/working-days.ts'
import { workingDay } from '#features/routing/reading-time.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import {
  type CaseTerm,
  changeTerm,
  insertTerm,
  markTerms,
  replaceTerm,
  termsOf,
} from '#storage/cases/case-terms.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { endTermAlarms } from '#storage/worklist/work-alarms.ts'
import { caseNow, dayOfMoment } from './case-record.ts'
import { type CountedTerm, countTerms, termKey } from './count-terms.ts'

type Deps = { enqueue: Enqueue; region: Region }

/** Changes with everything from which terms are counted besides the events: the region's rules and days, and this code. */
export const marksOf = (region: Region): string => {
  const { deadlines, caseRules, supportMonths, stageDeadlines, stages, daysOff, timeZone } = region
  const rules = [deadlines, caseRules, supportMonths, stageDeadlines, stages, daysOff, timeZone]
  return sha256(JSON.stringify(['1', rules, decreedTransfers])).slice(0, 32)
}

/** The last moment of a day in the region's zone. */
export const endOfDay = ({ timeZone }: Region, day: string): Date =>
  new Date(endOf(Temporal.PlainDate.from(day), timeZone) - 1)

/**
 * Counts the terms of a family anew and keeps what has changed: a term with another day is replaced, and the old one kept; one that is
 * met is announced once. Twice in a row changes nothing. The family is locked by the caller.
 */
export const recountTerms = async (tx: Tx, deps: Deps, family: Family, now: Date): Promise<void> => {
  const { region } = deps
  const { episode, events } = await caseNow(tx, region, family, now)
  const today = dayOfMoment(region, now)
  const { openingStage, contactAfter } = episode
  const record = { events, openingStage, contactAfter, level: family.level }
  const counted = new Map(countTerms(region, record, today).map((term) => [termKey(term), term]))
  for (const stored of await termsOf(tx, family.id)) {
    const key = termKey(stored)
    const term = stored.episodeId === episode.id ? counted.get(key) : undefined
    const kept = stored.episodeId !== episode.id
    if (kept) {
      if (stored.state === 'open') await settle(tx, deps, stored, { state: 'gone', metOn: null }, now)
      continue
    }
    if (!term || !sameDays(stored, term)) {
      await replaceTerm(tx, stored.id, now)
      await endTermAlarms(tx, { ...stored, since: endOfDay(region, stored.dueOn) }, now)
      continue
    }
    counted.delete(key)
    if (stored.state !== term.state || stored.metOn !== term.metOn) await settle(tx, deps, stored, term, now)
  }
  for (const term of counted.values()) {
    const lookAt = term.state === 'open' ? lookFrom(region, term.nearOn, now) : null
    await insertTerm(tx, { familyId: family.id, episodeId: episode.id, ...term, lookAt }, now)
  }
  await markTerms(tx, family.id, marksOf(region))
}

const settle = async (
  tx: Tx,
  deps: Deps,
  stored: CaseTerm,
  { state, metOn }: Pick<CountedTerm, 'state' | 'metOn'>,
  now: Date,
): Promise<void> => {
  const lookAt = state === 'open' ? lookFrom(deps.region, stored.nearOn, now) : null
  await changeTerm(tx, stored.id, { state, metOn, lookAt })
  if (state === 'open') return
  await endTermAlarms(tx, { ...stored, since: endOfDay(deps.region, stored.dueOn) }, now)
  if (state === 'met') await announceTerm(tx, deps, 'deadline.met', stored, now)
}

export const announceTerm = (
  tx: Tx,
  deps: Deps,
  type: 'deadline.approaching' | 'deadline.missed' | 'deadline.met',
  { familyId, code, dueOn }: Pick<CaseTerm, 'familyId' | 'code' | 'dueOn'>,
  now: Date,
): Promise<void> =>
  announce(tx, deps, { type, now, requestId: null, familyId, data: { deadline: code, dueOn } })

const sameDays = (one: CaseTerm, other: CountedTerm): boolean =>
  one.dueOn === other.dueOn &&
  one.countedFrom === other.countedFrom &&
  one.actBy === other.actBy &&
  one.nearOn === other.nearOn &&
  one.responsible === other.responsible &&
  one.byDefault === other.byDefault

/** When a term is looked at first: at the beginning of the work of the day on which it comes near, or at once. */
const lookFrom = (region: Region, nearOn: string, now: Date): Date => {
  const [begins] = workingDay(region, Temporal.PlainDate.from(nearOn))
  return begins > now ? begins : now
}
