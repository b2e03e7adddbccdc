import type { Clock } from '#core/clock.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Rows } from '#storage/anything-due.ts'
import type { Database, Tx } from '#storage/database.ts'
import { findMember } from '#storage/families/family-members.ts'
import { insertPushes } from '#storage/pushes/pushes.ts'
import {
  claimForReminder,
  dueInvitations,
  endUnanswered,
  invitationsToDispatch,
  isBeingInvited,
  lockForSurveys,
  peopleWithUrgentMatters,
} from '#storage/surveys/survey-dispatch.ts'
import {
  changeInvitation,
  type Invitation,
  lastInvitedAt,
  lockInvitation,
} from '#storage/surveys/survey-invitations.ts'

const hour = 60 * 60_000
const day = 24 * hour

/** Minimum time between two invitations of a person, whatever the survey. */
export const cooldownMs = 7 * day
/** How long an invitation can be answered. */
const answerableMs = 14 * day
/** When the single reminder is sent. */
const remindAfterMs = 3 * day
/** Delay before the next check while something more urgent takes precedence. */
const laterMs = hour

type Deps = { enqueue: Enqueue }

export type InvitationDecision = 'drop' | { wait: Date } | 'invite'

/**
 * Decides whether to send an invitation now. `busy`: something more urgent takes precedence; `last`: when the person
 * was last invited to any survey. Pure.
 */
export const decideInvitation = (
  { expiresAt }: Pick<Invitation, 'expiresAt'>,
  { wanted, busy, last, now }: { wanted: boolean; busy: boolean; last: Date | null; now: Date },
): InvitationDecision => {
  if (!wanted || expiresAt <= now) return 'drop'
  if (busy) return { wait: new Date(now.getTime() + laterMs) }
  const free = last === null ? now : new Date(last.getTime() + cooldownMs)
  return free <= now ? 'invite' : { wait: free }
}

const sentBefore = (now: Date) => new Date(now.getTime() - remindAfterMs)

/** Whether there are any. */
export const invitationsDue = (now: Date): Rows[] => invitationsToDispatch({ before: sentBefore(now), now })

export type Dispatched = { invited: number; reminded: number; ended: number }

/**
 * Sends due invitations, sends the single reminder, and closes unanswered ones. Safe to run on several instances at
 * once and to be killed at any point: each invitation has its own transaction, under its person's lock.
 */
export const dispatchInvitations = async (
  database: Database,
  deps: Deps,
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<Dispatched> => {
  let invited = 0
  for (const { id, personId } of await dueInvitations(database, clock.now())) {
    if (signal?.aborted) break
    const told = await database.transaction((tx) => dispatchOne(tx, deps, { id, personId, now: clock.now() }))
    if (told) invited += 1
  }
  const now = clock.now()
  const ended = await database.transaction((tx) => endUnanswered(tx, now))
  const reminded = await database.transaction((tx) => remind(tx, deps, now))
  return { invited, reminded, ended }
}

const dispatchOne = async (
  tx: Tx,
  deps: Deps,
  { id, personId, now }: { id: string; personId: string; now: Date },
): Promise<boolean> => {
  const { surveysOff } = await lockForSurveys(tx, personId)
  const invitation = await lockInvitation(tx, id)
  if (invitation?.status !== 'waiting' || invitation.dueAt > now) return false
  const member = await findMember(tx, invitation.memberId)
  const decision = decideInvitation(invitation, {
    wanted: !surveysOff && member?.personId === personId,
    // A push held back until morning has not been read yet, so nothing is queued behind it.
    busy: (await peopleWithUrgentMatters(tx, [personId])).size > 0 || (await isBeingInvited(tx, personId)),
    last: await lastInvitedAt(tx, personId),
    now,
  })
  if (decision === 'drop') await changeInvitation(tx, id, { status: 'dropped', endedAt: now })
  else if (decision !== 'invite') await changeInvitation(tx, id, { dueAt: decision.wait })
  else {
    const expiresAt = new Date(now.getTime() + answerableMs)
    await changeInvitation(tx, id, { status: 'invited', invitedAt: now, dueAt: now, expiresAt })
    await enqueuePush(tx, deps, { ...invitation, kind: 'survey', key: `survey.${id}`, at: now, now })
  }
  return decision === 'invite'
}

const remind = async (tx: Tx, deps: Deps, now: Date): Promise<number> => {
  const forgotten = await claimForReminder(tx, { before: sentBefore(now), now })
  for (const one of forgotten)
    await enqueuePush(tx, deps, { ...one, kind: 'survey-again', key: `survey-again.${one.id}`, at: now, now })
  return forgotten.length
}

/** Queues the push for an invitation, once per key. */
export const enqueuePush = async (
  tx: Tx,
  { enqueue }: Deps,
  {
    id,
    personId,
    familyId,
    kind,
    key,
    at,
    now,
  }: Pick<Invitation, 'id' | 'personId' | 'familyId'> & {
    kind: 'survey' | 'survey-again'
    key: string
    at: Date
    now: Date
  },
): Promise<void> => {
  const told = { key, personId, familyId, kind, subjectId: id, version: null, urgent: false, at }
  const startAfter = Math.ceil((at.getTime() - now.getTime()) / 1000)
  for (const { id: pushId } of await insertPushes(tx, [told]))
    await enqueue(tx, 'push', { pushId }, startAfter > 0 ? { startAfter } : {})
}
