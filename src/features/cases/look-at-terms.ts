import { nextLookAt, workingDaysSince } from '#features/worklist/follow-up-rules.ts'
import { announceAll, type NewEvent } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import { type CaseTerm, type Look, noteLooks, takeTerms } from '#storage/cases/case-terms.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, lockFreeFamilies } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { reachableStaff } from '#storage/staff/staff.ts'
import { insertAlarms, tellAgain } from '#storage/worklist/work-alarms.ts'
import { askFamily } from './after-look.ts'
import { dayOfMoment } from './case-record.ts'
import { overseersOf } from './overseers.ts'
import { endOfDay, eventOfTerm, recountTerms } from './recount.ts'

type Deps = { enqueue: Enqueue; region: Region; sealer: Sealer }
type Alarm = Parameters<typeof insertAlarms>[1][number]

/** For so many working days after the end of a term nobody but the curator is told that the family has not answered. */
const graceDays = 3

/** What follows from looks: read and written together, so that many terms of one morning cost a few statements. */
type Round = {
  now: Date
  /** Curators who can be told today. */
  present: ReadonlySet<string>
  overseers(territory: string): Promise<readonly string[]>
  alarms: Alarm[]
  again: Alarm[]
  events: NewEvent[]
  looks: Look[]
}

/**
 * Looks at terms whose time has come, in one transaction. Families come before their terms, as everywhere, and those that somebody else
 * holds are left to the next minute: so two instances tell nothing twice, and nobody waits.
 */
export const lookAtTerms = async (
  tx: Tx,
  deps: Deps,
  due: readonly { id: string; familyId: string }[],
  now: Date,
): Promise<void> => {
  const families = await lockFreeFamilies(tx, [...new Set(due.map(({ familyId }) => familyId))])
  const held = due.filter(({ familyId }) => families.has(familyId)).map(({ id }) => id)
  const terms = held.length === 0 ? [] : await takeTerms(tx, held, now)
  const round = await beginRound(tx, deps, [...families.values()], now)
  const missed: Family[] = []
  for (const term of terms) {
    const family = families.get(term.familyId)
    if (!family) continue
    const past = dayOfMoment(deps.region, now) > term.dueOn
    await (past ? lookAtMissed(deps, round, { term, family }) : lookAtNear(tx, deps, round, { term, family }))
    if (past) missed.push(family)
  }
  await insertAlarms(tx, round.alarms)
  // First what was told before, so that the same one is not added.
  for (const alarm of round.again) await tellAgain(tx, alarm, now)
  await insertAlarms(tx, round.again)
  await announceAll(tx, deps, round.events)
  await noteLooks(tx, round.looks)
  // Of a duty the next term has begun.
  for (const family of new Set(missed)) await recountTerms(tx, deps, family, now)
}

const beginRound = async (
  tx: Tx,
  { region }: Deps,
  families: readonly Family[],
  now: Date,
): Promise<Round> => {
  const curators = new Set(families.flatMap(({ curatorId }) => curatorId ?? []))
  const away = await absentAt(tx, now)
  const there = (await reachableStaff(tx, [...curators])).filter((id) => !away.has(id))
  const known = new Map<string, readonly string[]>()
  const overseers = async (territory: string) => {
    const ids = known.get(territory) ?? (await overseersOf(tx, region, territory, now)).map(({ id }) => id)
    known.set(territory, ids)
    return ids
  }
  return { now, present: new Set(there), overseers, alarms: [], again: [], events: [], looks: [] }
}

type Due = { term: CaseTerm; family: Family }

const holderOf = ({ present }: Round, { curatorId }: Family): string | null =>
  curatorId !== null && present.has(curatorId) ? curatorId : null

/** First whoever is responsible, a working day later the supervisors; how a family is after the end it is asked itself. */
const lookAtNear = async (tx: Tx, deps: Deps, round: Round, { term, family }: Due): Promise<void> => {
  const { region } = deps
  const { now } = round
  const since = endOfDay(region, term.dueOn)
  const next = nextLookAt(region, now)
  const past = nextLookAt(region, since)
  const alarm = { familyId: family.id, cause: 'deadline-near', detail: term.code, since, at: now } as const
  const first = term.nearToldAt === null
  const look = { id: term.id, nearToldAt: term.nearToldAt ?? now, missedToldAt: term.missedToldAt }
  if (first) round.events.push(eventOfTerm('deadline.approaching', term, now))
  // Staff are told where nobody of it can be asked.
  if (first && term.code === 'after-look' && (await askFamily(tx, deps, { family, term, now }))) {
    round.looks.push({ ...look, lookAt: past })
    return
  }
  const holder = holderOf(round, family)
  if (first && holder !== null) {
    round.alarms.push({ ...alarm, level: 'holder', staffId: holder })
    round.looks.push({ ...look, lookAt: next < past ? next : past })
    return
  }
  for (const staffId of await round.overseers(family.territory))
    round.alarms.push({ ...alarm, level: 'supervisors', staffId })
  round.looks.push({ ...look, lookAt: past })
}

/** The curator once, the supervisors each working day, until it is met or explained. */
const lookAtMissed = async ({ region }: Deps, round: Round, { term, family }: Due): Promise<void> => {
  const { now } = round
  const since = endOfDay(region, term.dueOn)
  const alarm = { familyId: family.id, cause: 'deadline-past', detail: term.code, since, at: now } as const
  const { id, nearToldAt } = term
  round.looks.push({ id, nearToldAt, missedToldAt: now, lookAt: nextLookAt(region, now) })
  if (term.missedToldAt === null) {
    round.events.push(eventOfTerm('deadline.missed', term, now))
    const holder = holderOf(round, family)
    if (holder !== null) round.alarms.push({ ...alarm, level: 'holder', staffId: holder })
  }
  if (term.code === 'after-look' && workingDaysSince(region, since, now) <= graceDays) return
  for (const staffId of await round.overseers(family.territory))
    round.again.push({ ...alarm, level: 'supervisors', staffId })
}
