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
 * «Later»: sends the invitation again tomorrow at the same hour, any number of times before it expires. Returns the
 * new time. Throws `not-found` and `already-closed` like every step of a survey.
 */
export const postponeSurvey = async (
  tx: Tx,
  deps: Deps,
  { who, id, now }: { who: Snapshot | null; id: string; now: Date },
): Promise<Date> => {
  const { invitation } = await lockSurveyForMember(tx, deps, { who, id, now })
  // A repeated tap, or one on an older push: already postponed.
  if (invitation.dueAt > now) return invitation.dueAt
  const until = sameHourTomorrow(now, deps.region.timeZone)
  // Postponed on its last day, it stays open for a day after the new push.
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

/** «Do not send»: turns all survey invitations off and closes the pending ones. The settings undo it. */
export const stopSurveys = async (
  tx: Tx,
  { personId, now }: { personId: string; now: Date },
): Promise<void> => {
  await setSurveysOff(tx, personId, true)
  await declineAllOf(tx, personId, now)
}

/** Turns invitations back on, for future occasions only. */
export const allowSurveys = (tx: Tx, { personId }: { personId: string }): Promise<void> =>
  setSurveysOff(tx, personId, false)

const dayMs = 24 * 60 * 60_000

/** The same wall-clock hour, across a change of the clocks. */
const sameHourTomorrow = (now: Date, timeZone: string): Date => {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  return new Date(local.add({ days: 1 }).epochMilliseconds)
}
