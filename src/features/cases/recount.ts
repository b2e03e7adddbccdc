import { sha256 } from '#core/ids.ts'
import { endOf, plainDay } from '#features/deadlines/days.ts'
import { decreedTransfers } from '#features/deadlines/working-days.ts'
import { workingDay } from '#features/routing/reading-time.ts'
import { announceAll, type NewEvent } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import {
  type CaseTerm,
  changeTerms,
  insertTerms,
  markTerms,
  replaceTerms,
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
  const known = marks.get(region)
  if (known?.daysOff === daysOff) return known.mark
  const rules = [deadlines, caseRules, supportMonths, stageDeadlines, stages, daysOff, timeZone]
  const mark = sha256(JSON.stringify(['2', rules, decreedTransfers])).slice(0, 32)
  marks.set(region, { daysOff, mark })
  return mark
}

/** A region's rules are read once, at the start; the centre may add days at any time. */
const marks = new WeakMap<Region, { daysOff: Region['daysOff']; mark: string }>()

/** The last moment of a day in the region's zone. */
export const endOfDay = ({ timeZone }: Region, day: string): Date =>
  new Date(endOf(plainDay(day), timeZone) - 1)

type Changes = {
  /** No longer in force: counted with other days, or not at all. */
  replaced: CaseTerm[]
  settled: [CaseTerm, Pick<CountedTerm, 'state' | 'metOn'>][]
  added: CountedTerm[]
}

/** What has to change so that the stored terms are those that are counted; what belongs to an earlier episode is only settled. Pure. */
const changesOf = (region: Region, family: Family, here: CaseNow, stored: CaseTerm[], now: Date): Changes => {
  const { episode, events } = here
  const { openingStage, contactAfter } = episode
  const record = { events, openingStage, contactAfter, level: family.level }
  const terms = countTerms(region, record, dayOfMoment(region, now))
  const counted = new Map(terms.map((term) => [termKey(term), term]))
  const changes: Changes = { replaced: [], settled: [], added: [] }
  for (const one of stored) {
    if (one.episodeId !== episode.id) {
      if (one.state === 'open') changes.settled.push(...afterItsEpisode(one, here))
      continue
    }
    const term = counted.get(termKey(one))
    if (!term || !sameDays(one, term)) {
      changes.replaced.push(one)
      continue
    }
    counted.delete(termKey(one))
    if (isLetGo(one, term, events)) continue
    if (one.state !== term.state || one.metOn !== term.metOn) changes.settled.push([one, term])
  }
  changes.added.push(...counted.values())
  return changes
}

/** Of an earlier episode, what was missed before this one stays so until it is explained. How the family is after the end nobody asks now. */
const afterItsEpisode = (term: CaseTerm, { episode, explained }: CaseNow): Changes['settled'] => {
  if (explained.has(`${term.episodeId} ${termKey(term)}`))
    return [[term, { state: 'explained', metOn: null }]]
  if (term.code !== 'after-look' && term.dueOn < episode.acceptedOn) return []
  return [[term, { state: 'gone', metOn: null }]]
}

/** Earlier versions let go at the end what had been missed before it. Nobody is told of that years later. */
const isLetGo = (stored: CaseTerm, counted: CountedTerm, events: CaseNow['events']): boolean =>
  stored.state === 'gone' &&
  counted.state === 'open' &&
  events.some(({ kind, round }) => kind === 'closed' || (kind === 'ipss-ended' && round === stored.round))

/** What changes of a family's present episode. */
type Kept = { episode: Pick<Episode, 'id' | 'familyId'>; changes: Changes }

/**
 * Counts the terms of a family anew and keeps what has changed: a term with another day is replaced, and the old one kept; one that is
 * met is announced once. Twice in a row changes nothing. The family is locked by the caller.
 */
export const recountTerms = async (tx: Tx, deps: Deps, family: Family, now: Date): Promise<void> => {
  const { region } = deps
  const here = await caseNow(tx, region, family, now)
  const changes = changesOf(region, family, here, await termsOf(tx, family.id), now)
  await keep(tx, deps, [{ episode: here.episode, changes }], now)
  await markTerms(tx, [family.id], marksOf(region))
}

/** The same of many families, read and written together. They are locked by the caller. */
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
  const all: Kept[] = []
  for (const family of families) {
    const here = cases.get(family.id)
    if (!here) await recountTerms(tx, deps, family, now)
    else {
      const changes = changesOf(region, family, here, terms.get(family.id) ?? [], now)
      all.push({ episode: here.episode, changes })
    }
  }
  await keep(tx, deps, all, now)
  await markTerms(tx, ids, marksOf(region))
}

/** One statement for each kind of change, of however many families. */
const keep = async (tx: Tx, deps: Deps, all: readonly Kept[], now: Date): Promise<void> => {
  const { region } = deps
  const changes = all.map((one) => one.changes)
  const replaced = changes.flatMap((one) => one.replaced)
  const settled = changes.flatMap((one) => one.settled)
  const over = [...replaced, ...settled.flatMap(([term, to]) => (to.state === 'open' ? [] : [term]))]
  const lookAt = (state: CountedTerm['state'], nearOn: string) =>
    state === 'open' ? lookFrom(region, nearOn, now) : null

  await replaceTerms(
    tx,
    replaced.map(({ id }) => id),
    now,
  )
  await changeTerms(
    tx,
    settled.map(([{ id, nearOn }, { state, metOn }]) => ({
      id,
      state,
      metOn,
      lookAt: lookAt(state, nearOn),
    })),
  )
  await insertTerms(
    tx,
    all.flatMap(({ episode: { id: episodeId, familyId }, changes: { added } }) =>
      added.map((term) => ({ familyId, episodeId, ...term, lookAt: lookAt(term.state, term.nearOn) })),
    ),
    now,
  )
  await endTermAlarms(
    tx,
    over.map(({ familyId, code, dueOn }) => ({ familyId, code, since: endOfDay(region, dueOn) })),
    now,
  )
  const met = settled.flatMap(([term, to]) => (to.state === 'met' ? [term] : []))
  if (met.length > 0)
    await announceAll(
      tx,
      deps,
      met.map((term) => eventOfTerm('deadline.met', term, now)),
    )
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
  const [begins] = workingDay(region, plainDay(nearOn))
  return begins > now ? begins : now
}
