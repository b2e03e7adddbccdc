import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { nextLookAt, workingDaysSince } from '#features/worklist/follow-up-rules.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import { type CaseTerm, changeTerm, dueTerms, takeTerm, unmarkedFamilies } from '#storage/cases/case-terms.ts'
import type { Database, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { insertAlarm, tellAgain } from '#storage/worklist/work-alarms.ts'
import { dayOfMoment } from './case-record.ts'
import { askFamily } from './after-look.ts'
import { announceTerm, endOfDay, marksOf, recountTerms } from './recount.ts'
import { overseersOf } from './overseers.ts'

type Deps = { enqueue: Enqueue; region: Region; sealer: Sealer }
/** For so many working days after the end of a term nobody but the curator is told that the family has not answered. */
const graceDays = 3

type Watching = { clock: Clock; signal?: AbortSignal }

/**
 * Counts the terms of families that have none yet, or whose terms were counted by other rules or days. May be killed, and run twice at
 * once: a family that was counted twice has the same terms. Returns how many.
 */
export const recountAll = async (
  database: Database,
  deps: Deps & { log: Log },
  { clock, signal }: Watching,
): Promise<number> => {
  const mark = marksOf(deps.region)
  let count = 0
  for (const id of await unmarkedFamilies(database, deps.region.code, mark)) {
    if (signal?.aborted) break
    try {
      await database.transaction(async (tx) => {
        const family = await lockFamily(tx, id)
        if (family) await recountTerms(tx, deps, family, clock.now())
      })
      count += 1
    } catch (error) {
      deps.log.error('terms.failed', { familyId: id, error })
    }
  }
  return count
}

/**
 * Looks at the terms that are near or past: tells whoever is responsible, then the supervisors, once each; of one that was missed the
 * supervisors each working day, until it is met or explained. How a family is after the end it is asked first, then its curator. Each look is a transaction that holds the term: nothing is told twice,
 * however many instances there are. Returns how many were looked at.
 */
export const watchTerms = async (
  database: Database,
  deps: Deps & { log: Log },
  { clock, signal }: Watching,
): Promise<number> => {
  const due = await dueTerms(database, clock.now())
  for (const id of due) {
    if (signal?.aborted) break
    try {
      await database.transaction((tx) => look(tx, deps, id, clock.now()))
    } catch (error) {
      deps.log.error('terms.failed', { termId: id, error })
    }
  }
  return due.length
}

const look = async (tx: Tx, deps: Deps, id: string, now: Date): Promise<void> => {
  const { region } = deps
  const term = await takeTerm(tx, id, now)
  const family = term && (await lockFamily(tx, term.familyId))
  if (!term || !family) return
  const since = endOfDay(region, term.dueOn)
  const next = nextLookAt(region, now)
  if (dayOfMoment(region, now) > term.dueOn) {
    await tellMissed(tx, deps, { term, family, since, now })
    await changeTerm(tx, id, { missedToldAt: now, lookAt: next })
    // Of a duty the next term has begun.
    await recountTerms(tx, deps, family, now)
    return
  }
  const holder = await presentHolder(tx, family, now)
  const first = term.nearToldAt === null
  const alarm = { cause: 'deadline-near', detail: term.code, since, at: now } as const
  const past = nextLookAt(region, since)
  if (first) await announceTerm(tx, deps, 'deadline.approaching', term, now)
  // The family is asked itself; staff, where nobody of it can be.
  if (first && term.code === 'after-look' && (await askFamily(tx, deps, { family, term, now }))) {
    await changeTerm(tx, id, { nearToldAt: now, lookAt: past })
    return
  }
  if (first && holder !== null) {
    await insertAlarm(tx, { familyId: family.id }, { ...alarm, level: 'holder', staffId: holder })
    await changeTerm(tx, id, { nearToldAt: now, lookAt: next < past ? next : past })
    return
  }
  for (const { id: staffId } of await overseersOf(tx, region, family.territory, now))
    await insertAlarm(tx, { familyId: family.id }, { ...alarm, level: 'supervisors', staffId })
  await changeTerm(tx, id, { nearToldAt: term.nearToldAt ?? now, lookAt: past })
}

type Missed = { term: CaseTerm; family: Family; since: Date; now: Date }

const tellMissed = async (tx: Tx, deps: Deps, { term, family, since, now }: Missed): Promise<void> => {
  const alarm = { cause: 'deadline-past', detail: term.code, since, at: now } as const
  const subject = { familyId: family.id }
  const holder = await presentHolder(tx, family, now)
  if (term.missedToldAt === null) {
    await announceTerm(tx, deps, 'deadline.missed', term, now)
    if (holder !== null) await insertAlarm(tx, subject, { ...alarm, level: 'holder', staffId: holder })
  }
  if (term.code === 'after-look' && workingDaysSince(deps.region, since, now) <= graceDays) return
  for (const { id: staffId } of await overseersOf(tx, deps.region, family.territory, now)) {
    const told = { ...alarm, level: 'supervisors', staffId } as const
    await tellAgain(tx, { ...subject, ...told }, now)
    await insertAlarm(tx, subject, told)
  }
}

/** Who is responsible for the family and can be told; null: nobody. */
const presentHolder = async (tx: Tx, { curatorId }: Family, now: Date): Promise<string | null> => {
  const holder = curatorId === null ? null : await findStaff(tx, curatorId)
  const there = holder?.active && holder.personId !== null && holder.unreachableSince === null
  return there && !(await absentAt(tx, now)).has(holder.id) ? holder.id : null
}
