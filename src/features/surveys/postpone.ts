import { Temporal } from 'temporal-polyfill'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { declineAllOf, setSurveysOff } from '#storage/surveys/survey-dispatch.ts'
import { changeInvitation } from '#storage/surveys/survey-invitations.ts'
import { enqueuePush } from './dispatch-invitations.ts'
import { lockSurveyForMember } from './take-survey.ts'

type Deps = { sealer: Sealer; enqueue: Enqueue; region: Region }

/**
 * «Later»: it comes again tomorrow at the same hour, as often as the person puts it off in its time. Returns when.
 * Throws `not-found` and `already-closed` as every step of a survey does.
 */
export const postponeSurvey = async (
  tx: Tx,
  deps: Deps,
  { who, id, now }: { who: Snapshot | null; id: string; now: Date },
): Promise<Date> => {
  const { invitation } = await lockSurveyForMember(tx, deps, { who, id, now })
  // Tapped twice, or on an older push: it has been put off already.
  if (invitation.dueAt > now) return invitation.dueAt
  const until = sameHourTomorrow(now, deps.region.timeZone)
  // Put off on its last day, it may still be answered when it comes.
  const expiresAt = new Date(Math.max(invitation.expiresAt.getTime(), until.getTime() + dayMs))
  const later = invitation.later + 1
  await changeInvitation(tx, id, { dueAt: until, later, expiresAt })
  await enqueuePush(tx, deps, {
    ...invitation,
    kind: 'survey',
    key: `survey-later.${id}.${later}`,
    at: until,
    now,
  })
  return until
}

/** «Do not send»: no invitation to any survey comes, and those that wait end; the settings take it back. */
export const stopSurveys = async (
  tx: Tx,
  { personId, now }: { personId: string; now: Date },
): Promise<void> => {
  await setSurveysOff(tx, personId, true)
  await declineAllOf(tx, personId, now)
}

/** Invitations come again, of what happens from now on. */
export const allowSurveys = (tx: Tx, { personId }: { personId: string }): Promise<void> =>
  setSurveysOff(tx, personId, false)

const dayMs = 24 * 60 * 60_000

/** The same hour of the clock on the wall, whatever the night does to it. */
const sameHourTomorrow = (now: Date, timeZone: string): Date => {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  return new Date(local.add({ days: 1 }).epochMilliseconds)
}
