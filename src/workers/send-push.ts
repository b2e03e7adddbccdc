import { Hidden, Unreachable } from '#dialogue/messenger.ts'
import { missedNotice, pushNotice } from '#dialogue/pushes/push-notice.ts'
import { decidePush, type PushDecision } from '#features/pushes/decide-push.ts'
import { type HeldPushes, heldPushesOf } from '#features/pushes/missed-pushes.ts'
import { markMemberUnreachable } from '#features/pushes/reachability.ts'
import type { Outcome } from '#queue/batches.ts'
import { RetryAfter } from '#queue/run-job.ts'
import type { Tx } from '#storage/database.ts'
import { markDelivered } from '#storage/messages/messages.ts'
import { lockAndCheckSilent } from '#storage/pushes/push-reach.ts'
import type { PushSubject } from '#storage/pushes/push-subjects.ts'
import { claimPush, endHeld, endPush, type PushWithRecipient, releasePush } from '#storage/pushes/pushes.ts'
import { markInvited } from '#storage/surveys/survey-dispatch.ts'
import { saveVisitCard } from '#storage/visits/visit-cards.ts'
import { lockVisit } from '#storage/visits/visits.ts'
import type { WorkerDeps } from './deps.ts'

/** Lease on a push: longer than a Telegram call takes, short enough that a crashed sender causes little delay. */
const claimSeconds = 30

export type SendPush = (push: PushWithRecipient, subject: PushSubject) => Promise<Outcome>

/**
 * Decides whether to send a push, sends it within Telegram's rate limit and records it. A process that dies after
 * sending and before recording sends it again; it is recorded once, because only a waiting push can be ended.
 */
export const createPushSender = (deps: WorkerDeps): SendPush => {
  const { database, messenger, jobs, region, clock } = deps
  const secondsUntil = (at: Date) => Math.max(0, (at.getTime() - clock.now().getTime()) / 1000)

  const verdictOf = async (push: PushWithRecipient, subject: PushSubject): Promise<PushDecision> => {
    const { person } = push
    const receiver = {
      pushMode: person.pushMode,
      quiet: { from: person.quietFrom, until: person.quietUntil },
      unreachable: person.unreachableSince !== null,
      hidden: person.hidden,
      inQuestion: await messenger.inQuestion(person.account),
    }
    return decidePush(push, { subject, receiver, timeZone: region.timeZone, now: clock.now() })
  }

  /** Drops a push, together with the held pushes that it would have summarised. */
  const drop = (push: PushWithRecipient, held: HeldPushes | null) =>
    database.transaction(async (tx): Promise<Outcome> => {
      const now = clock.now()
      await endPush(tx, push.id, { status: 'dropped', now })
      const all = held ? [...held.told, ...held.gone] : []
      await endHeld(tx, idsOf(all), { status: 'dropped', now })
      return 'done'
    })

  /** Holds a push. Retries if the person came back meanwhile: their held pushes have just been summarised. */
  const hold = ({ id, personId }: PushWithRecipient) =>
    database.transaction(async (tx): Promise<Outcome> => {
      if (!(await lockAndCheckSilent(tx, personId))) return { again: 1 }
      await endPush(tx, id, { status: 'held', now: clock.now() })
      return 'done'
    })

  /** Sends under a lease, because two jobs for one push may be due at once, even on two instances. */
  const claimed = async ({ id }: PushWithRecipient, work: () => Promise<void>): Promise<Outcome> => {
    const now = clock.now()
    const until = new Date(now.getTime() + claimSeconds * 1000)
    if (!(await database.transaction((tx) => claimPush(tx, id, { now, until }))))
      return { again: claimSeconds }
    try {
      await work()
      return 'done'
    } catch (error) {
      await database.transaction((tx) => releasePush(tx, id))
      throw error
    }
  }

  const deliver = async (
    push: PushWithRecipient,
    subject: PushSubject,
    held: HeldPushes | null,
  ): Promise<void> => {
    const { account, view } = held ? missedNotice(deps, push, held.missed) : pushNotice(deps, push, subject)
    const messageId = await messenger.send(account, view)
    await database.transaction(async (tx) => {
      const now = clock.now()
      if (!(await endPush(tx, push.id, { status: 'sent', messageId, now }))) return
      if (held) await endHeldPushes(tx, held, now)
      if (push.kind === 'message' && subject.member)
        await markDelivered(
          tx,
          { memberId: subject.member.id, author: 'staff', since: subject.member.unconfirmedSince },
          now,
        )
      if (push.kind === 'survey' && push.subjectId) await markInvited(tx, push.subjectId, now)
      // Nothing becomes of a cancelled visit: what was sent of it stays, whenever its older cards are updated.
      if (subject.visit && push.kind !== 'visit-cancelled')
        await recordVisitCard(tx, deps, { push, visit: subject.visit, messageId })
    })
  }

  const handle: SendPush = async (push, subject) => {
    const verdict = await verdictOf(push, subject)
    if (verdict.act === 'wait') return { again: secondsUntil(verdict.until) }
    const held = push.kind === 'missed' ? await heldPushesOf(database, push.personId, clock.now()) : null
    const nothing = held !== null && held.told.length === 0
    if (verdict.act === 'hold') return hold(push)
    if (verdict.act === 'drop' || nothing) return drop(push, held)
    return claimed(push, () => deliver(push, subject, held))
  }

  return async (push, subject) => {
    // Before the rate limit: what cannot be sent takes nobody's turn.
    const wait = messenger.wait(push.person.account, push)
    if (wait > 0) return { again: wait }
    await messenger.turn()
    try {
      return await handle(push, subject)
    } catch (failed) {
      if (failed instanceof RetryAfter) return { again: failed.seconds }
      // Hidden in this very moment: decided again, and then held.
      if (failed instanceof Hidden) return { again: 1 }
      if (!(failed instanceof Unreachable)) return { failed }
      const about = { personId: push.personId, now: clock.now() }
      await database.transaction((tx) => markMemberUnreachable(tx, { enqueue: jobs.enqueue, region }, about))
      return 'done'
    }
  }
}

/** Ends held pushes: those included in the summary, and those that are no longer relevant. */
const endHeldPushes = async (tx: Tx, { told, gone }: HeldPushes, now: Date): Promise<void> => {
  await endHeld(tx, idsOf(told), { status: 'summed', now })
  await endHeld(tx, idsOf(gone), { status: 'dropped', now })
}

const idsOf = (pushes: HeldPushes['told']): string[] => pushes.map(({ id }) => id)

/** Records which message announced the visit, so that it can be updated when the visit is moved. */
const recordVisitCard = async (
  tx: Tx,
  { jobs }: Pick<WorkerDeps, 'jobs'>,
  {
    push,
    visit: { id: visitId, version, status },
    messageId,
  }: { push: PushWithRecipient; visit: NonNullable<PushSubject['visit']>; messageId: string },
): Promise<void> => {
  // The lock delays any move until the card is committed, so that the refresh finds it.
  const now = await lockVisit(tx, visitId)
  await saveVisitCard(tx, { visitId, personId: push.personId, messageId, version })
  // Moved or cancelled while the push was being sent: the refresh ran before the card was saved.
  if (now?.version !== version || now.status !== status)
    await jobs.enqueue(tx, 'visit-cards-refresh', { visitId })
}
