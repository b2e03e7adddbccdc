import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { stageStartsOf } from '#features/families/path.ts'
import { overseersOf } from '#features/cases/overseers.ts'
import { fallbackGroup } from '#features/routing/candidate-groups.ts'
import { supervisorsToTell } from '#features/routing/supervisors-to-tell.ts'
import { nobodyReaches } from '#features/staff/reachability.ts'
import type { Enqueue, Payload } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { familyEventsOf, findFamily } from '#storage/families/families.ts'
import { appliedAtOf } from '#storage/requests/duplicates.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff, type StaffRole } from '#storage/staff/staff.ts'
import {
  alarmsOf,
  alarmsToldAt,
  claimUntold,
  endAlarms,
  insertAlarm,
  type WorkAlarm,
  type WorkSubject,
} from '#storage/worklist/work-alarms.ts'
import { dueCases, familiesActedAt, requestActedAt, takeLook } from '#storage/worklist/work-clocks.ts'
import { type CaseFacts, type Cause, causesOf, nextLookAt } from './follow-up-rules.ts'
import { tellStaff } from './tell-staff.ts'

type Deps = { enqueue: Enqueue; region: Region }
type Anything = Cause | (Omit<Cause, 'cause'> & { cause: 'nobody' })

/**
 * Looks at every claimed request and family under support once each working day: tells its specialist what falls due, is
 * overdue or stands still, and the supervisors a working day later if nobody has acted; once each. Each look is a
 * transaction of its own, and so is the telling: nothing is lost or doubled, whoever dies and however many instances there
 * are. A failure holds up no other case. Returns how many were told.
 */
export const followUp = async (
  database: Database,
  deps: Deps & { log: Log },
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<number> => {
  const { subjects, untold } = await dueCases(database, clock.now())
  if (subjects.length === 0 && !untold) return 0
  for (const subject of subjects) {
    if (signal?.aborted) break
    try {
      await database.transaction((tx) => lookAt(tx, deps, subject, clock.now()))
    } catch (error) {
      deps.log.error('follow-up.failed', { ...subject, error })
    }
  }
  return database.transaction(async (tx) => {
    const now = clock.now()
    const told = await claimUntold(tx, now)
    for (const staffId of told)
      await tellStaff(tx, deps, { staffId, news: 'alarms', at: now.toISOString(), now })
    return told.length
  })
}

/**
 * Handles alarms whose reader cannot be reached: supervisors are told at once instead of the next working day, and others in the
 * place of a supervisor. Whoever has the alarm already is not told again, so that it does not go round. Other news of theirs is
 * lost with the account, and stands in their list.
 */
export const passUpAlarms = async (
  tx: Tx,
  deps: Deps,
  { staffId, news, at }: Payload<'work-news'>,
  now: Date,
): Promise<void> => {
  await nobodyReaches(tx, deps, { staffId, now })
  if (news !== 'alarms' || at === undefined) return
  for (const alarm of await alarmsToldAt(tx, staffId, new Date(at))) {
    const { requestId, familyId, cause, detail, since } = alarm
    const subject = requestId === null ? { familyId: familyId ?? '' } : { requestId }
    const about =
      'requestId' in subject
        ? await findRequest(tx, subject.requestId)
        : await findFamily(tx, subject.familyId)
    for (const { id } of about
      ? await overseers(tx, deps.region, { ...subject, territory: about.territory }, now)
      : [])
      await insertAlarm(tx, subject, { cause, detail, since, level: 'supervisors', staffId: id, at: now })
  }
}

/** A case as it is looked at. */
type Looked = CaseFacts & {
  territory: string
  /** Who is responsible; null: nobody. */
  holderId: string | null
}

/** Of a family only these are found by looking at it: its terms are watched by themselves (ADR 76). */
const ofLooks: ReadonlySet<string> = new Set(['still', 'nobody'])

const lookAt = async (tx: Tx, deps: Deps, subject: WorkSubject, now: Date): Promise<void> => {
  if (!(await takeLook(tx, subject, now, nextLookAt(deps.region, now)))) return
  const found = 'requestId' in subject ? await ofRequest(tx, subject) : await ofFamily(tx, subject)
  if (!found) return
  const holder = found.holderId === null ? null : await findStaff(tx, found.holderId)
  const there =
    holder?.active &&
    holder.personId !== null &&
    holder.unreachableSince === null &&
    mayHold('requestId' in subject ? 'request' : 'family', holder.role)
  const alarms = (await alarmsOf(tx, subject)).filter(
    ({ cause }) => !('familyId' in subject) || ofLooks.has(cause),
  )
  const causes = causesOf(deps.region, found, now).map((cause): Anything => cause)
  const nobody = alarms.find(({ cause, endedAt }) => cause === 'nobody' && endedAt === null)
  if (!there) causes.unshift({ cause: 'nobody', detail: 'none', since: nobody?.since ?? now })
  const held = causes.map((cause) => alarms.filter(isAbout(cause)))
  const gone = alarms.filter((one) => !held.flat().includes(one))
  const acted = held.flat().filter(({ cause, at }) => cause !== 'nobody' && found.actedAt > at)
  await endAlarms(
    tx,
    [...gone, ...acted].map(({ id }) => id),
    now,
  )
  const present = there && holder && !(await absentAt(tx, now)).has(holder.id) ? holder.id : null
  for (const [index, cause] of causes.entries()) {
    const before = held[index] ?? []
    if (before.some((one) => acted.includes(one) || one.level === 'supervisors')) continue
    if (before.length === 0 && present !== null) {
      await insertAlarm(tx, subject, { ...cause, level: 'holder', staffId: present, at: now })
      continue
    }
    if (before.some(({ at }) => nextLookAt(deps.region, at) > now)) continue
    for (const { id } of await overseers(tx, deps.region, { ...subject, territory: found.territory }, now))
      await insertAlarm(tx, subject, { ...cause, level: 'supervisors', staffId: id, at: now })
  }
}

/** Curators hear nothing of requests, and intake specialists nothing of families: they hold one only after a change of their role. */
const mayHold = (what: 'request' | 'family', role: StaffRole): boolean =>
  role !== (what === 'request' ? 'curator' : 'intake')

const isAbout =
  ({ cause, detail, since }: Anything) =>
  (alarm: WorkAlarm): boolean =>
    alarm.cause === cause &&
    alarm.detail === detail &&
    alarm.since.getTime() === since.getTime() &&
    !(cause === 'nobody' && alarm.endedAt !== null)

/** The supervisors of the territory; without any, whoever takes what nobody has. */
const overseers = async (
  tx: Tx,
  region: Region,
  { territory, ...subject }: WorkSubject & { territory: string },
  now: Date,
) => {
  if ('familyId' in subject) return overseersOf(tx, region, territory, now)
  const told = await supervisorsToTell(tx, region, { id: subject.requestId, territory }, now)
  return told.length > 0 ? told : fallbackGroup(tx, region, territory, { now })
}

const ofRequest = async (tx: Tx, { requestId }: { requestId: string }): Promise<Looked | null> => {
  const request = await findRequest(tx, requestId)
  if (!request) return null
  const { stage, submittedAt, claimedAt, territory, claimedById } = request
  return {
    stage,
    appliedAt: await appliedAtOf(tx, request),
    began: stageStartsOf(await eventsOf(tx, requestId)),
    actedAt: (await requestActedAt(tx, requestId)) ?? claimedAt ?? submittedAt,
    territory,
    holderId: claimedById,
  }
}

const ofFamily = async (tx: Tx, { familyId }: { familyId: string }): Promise<Looked | null> => {
  const family = await findFamily(tx, familyId)
  if (!family) return null
  const { stage, appliedAt, createdAt, territory, curatorId } = family
  return {
    stage,
    appliedAt,
    began: stageStartsOf(await familyEventsOf(tx, familyId)),
    actedAt: (await familiesActedAt(tx, [familyId])).get(familyId) ?? createdAt,
    territory,
    holderId: curatorId,
    terms: [],
  }
}
