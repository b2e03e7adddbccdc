import { Temporal } from 'temporal-polyfill'
import { sha256 } from '#core/ids.ts'
import { endOf } from '#features/deadlines/days.ts'
import { decreedTransfers } from '#features/deadlines/working-days.ts'
import { workingDay } from '#features/routing/reading-time.ts'
import { announce, type NewEvent } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import {
  type CaseTerm,
  changeTerm,
  insertTerm,
  markTerms,
  replaceTerm,
  termsOf,
  termsOfFamilies,
} from '#storage/cases/case-terms.ts'
import type { Episode } from '#storage/cases/episodes.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { endTermAlarms } from '#storage/worklist/work-alarms.ts'
import { type CaseNow, caseNow, casesNow, dayOfMoment } from './case-record.ts'
import { type CountedTerm, countTerms, termKey } from './count-terms.ts'

type Deps = { enqueue: Enqueue; region: Region }

/** Changes with everything from which terms are counted besides the events: the region's rules and days, and this code. */
export const marksOf = (region: Region): string => {
  const { deadlines, caseRules, supportMonths, stageDeadlines, stages, daysOff, timeZone } = region
  const rules = [deadlines, caseRules, supportMonths, stageDeadlines, stages, daysOff, timeZone]
  return sha256(JSON.stringify(['2', rules, decreedTransfers])).slice(0, 32)
}

/** The last moment of a day in the region's zone. */
export const endOfDay = ({ timeZone }: Region, day: string): Date =>
  new Date(endOf(Temporal.PlainDate.from(day), timeZone) - 1)

type Changes = {
  /** No longer in force: counted with other days, or not at all. */
  replaced: CaseTerm[]
  settled: [CaseTerm, Pick<CountedTerm, 'state' | 'metOn'>][]
  added: CountedTerm[]
}

/** What has to change so that the stored terms are those that are counted; what belongs to an earlier episode is only ended. Pure. */
const changesOf = (region: Region, family: Family, here: CaseNow, stored: CaseTerm[], now: Date): Changes => {
  const { episode, events } = here
  const { openingStage, contactAfter } = episode
  const record = { events, openingStage, contactAfter, level: family.level }
  const terms = countTerms(region, record, dayOfMoment(region, now))
  const counted = new Map(terms.map((term) => [termKey(term), term]))
  const changes: Changes = { replaced: [], settled: [], added: [] }
  for (const one of stored) {
    if (one.episodeId !== episode.id) {
      if (one.state === 'open') changes.settled.push([one, { state: 'gone', metOn: null }])
      continue
    }
    const term = counted.get(termKey(one))
    if (!term || !sameDays(one, term)) {
      changes.replaced.push(one)
      continue
    }
    counted.delete(termKey(one))
    if (one.state !== term.state || one.metOn !== term.metOn) changes.settled.push([one, term])
  }
  changes.added.push(...counted.values())
  return changes
}

/**
 * Counts the terms of a family anew and keeps what has changed: a term with another day is replaced, and the old one kept; one that is
 * met is announced once. Twice in a row changes nothing. The family is locked by the caller.
 */
export const recountTerms = async (tx: Tx, deps: Deps, family: Family, now: Date): Promise<void> => {
  const { region } = deps
  const here = await caseNow(tx, region, family, now)
  await keep(tx, deps, here.episode, changesOf(region, family, here, await termsOf(tx, family.id), now), now)
  await markTerms(tx, [family.id], marksOf(region))
}

/** The same of many families, read together: of most nothing changes. They are locked by the caller. */
export const recountMany = async (
  tx: Tx,
  deps: Deps,
  families: readonly Family[],
  now: Date,
): Promise<void> => {
  const { region } = deps
  const ids = families.map(({ id }) => id)
  const cases = await casesNow(tx, ids)
  const terms = await termsOfFamilies(tx, ids)
  for (const family of families) {
    const here = cases.get(family.id)
    if (!here) await recountTerms(tx, deps, family, now)
    else
      await keep(
        tx,
        deps,
        here.episode,
        changesOf(region, family, here, terms.get(family.id) ?? [], now),
        now,
      )
  }
  await markTerms(tx, ids, marksOf(region))
}

const keep = async (
  tx: Tx,
  deps: Deps,
  { id: episodeId, familyId }: Pick<Episode, 'id' | 'familyId'>,
  { replaced, settled, added }: Changes,
  now: Date,
): Promise<void> => {
  const { region } = deps
  for (const term of replaced) {
    await replaceTerm(tx, term.id, now)
    await endTermAlarms(tx, { ...term, since: endOfDay(region, term.dueOn) }, now)
  }
  for (const [term, to] of settled) await settle(tx, deps, term, to, now)
  for (const term of added) {
    const lookAt = term.state === 'open' ? lookFrom(region, term.nearOn, now) : null
    await insertTerm(tx, { familyId, episodeId, ...term, lookAt }, now)
  }
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
  if (state === 'met') await announce(tx, deps, eventOfTerm('deadline.met', stored, now))
}

export const eventOfTerm = (
  type: 'deadline.approaching' | 'deadline.missed' | 'deadline.met',
  { familyId, code, dueOn }: Pick<CaseTerm, 'familyId' | 'code' | 'dueOn'>,
  now: Date,
): NewEvent => ({ type, now, requestId: null, familyId, data: { deadline: code, dueOn } })

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
