import { missedNotice, pushNotice } from '#dialogue/notices/push.ts'
import { judge, type Verdict } from '#features/pushes/judge.ts'
import { type Held, heldFor } from '#features/pushes/missed.ts'
import { memberOutOfReach } from '#features/pushes/reach.ts'
import type { Tx } from '#storage/database.ts'
import { markDelivered } from '#storage/messages.ts'
import type { PushSubject } from '#storage/push-subjects.ts'
import { endHeld, endPush, type PushTo } from '#storage/pushes.ts'
import { saveVisitCard } from '#storage/visit-cards.ts'
import { lockVisit } from '#storage/visits.ts'
import type { Outcome } from './batches.ts'
import { Unreachable } from './messenger.ts'
import { createPace } from './pace.ts'
import { RetryAfter } from './run.ts'
import type { WorkerDeps } from './workers.ts'

/** Telegram takes about 30 messages a second of a bot; the rest is left to what people are answered. */
const perSecond = 25

export type SendPush = (push: PushTo, subject: PushSubject) => Promise<Outcome>

/**
 * Judges a push, sends it and keeps that it was sent, at Telegram's pace. A process that dies between the last two
 * sends it once more; it is recorded once whatever happens, for only what waits can be ended.
 */
export const createPushSender = (deps: WorkerDeps): SendPush => {
  const { database, messenger, jobs, region, clock } = deps
  const turn = createPace(perSecond)
  /** Until when Telegram wants to be left alone. */
  let restUntil = new Date(0)
  const secondsUntil = (at: Date) => Math.max(0, (at.getTime() - clock.now().getTime()) / 1000)

  const verdictOf = async (push: PushTo, subject: PushSubject): Promise<Verdict> => {
    const { person } = push
    const receiver = {
      pushMode: person.pushMode,
      quiet: { from: person.quietFrom, until: person.quietUntil },
      unreachable: person.unreachableSince !== null,
      inQuestion: await messenger.inQuestion(person.account),
    }
    return judge(push, { subject, receiver, timeZone: region.timeZone, now: clock.now() })
  }

  const end = (push: PushTo, status: 'dropped' | 'held') =>
    database.transaction(async (tx) => {
      await endPush(tx, push.id, { status, now: clock.now() })
    })

  const tell = async (push: PushTo, subject: PushSubject, held: Held | null): Promise<void> => {
    const { account, view } = held ? missedNotice(deps, push, held.missed) : pushNotice(deps, push, subject)
    const messageId = await messenger.send(account, view)
    await database.transaction(async (tx) => {
      const now = clock.now()
      if (!(await endPush(tx, push.id, { status: 'sent', messageId, now }))) return
      if (held) await endHeldPushes(tx, held, now)
      if (push.kind === 'message' && subject.member)
        await markDelivered(tx, { memberId: subject.member.id, author: 'staff' }, now)
      if (subject.visit) await keepCard(tx, deps, { push, visit: subject.visit, messageId })
    })
  }

  const handle: SendPush = async (push, subject) => {
    const verdict = await verdictOf(push, subject)
    if (verdict.act === 'wait') return { again: secondsUntil(verdict.until) }
    const held = push.kind === 'missed' ? await heldFor(database, push.personId, clock.now()) : null
    const nothing = held !== null && held.told.length === 0
    if (verdict.act === 'hold') await end(push, 'held')
    else if (verdict.act === 'drop' || nothing) await end(push, 'dropped')
    else await tell(push, subject, held)
    return 'done'
  }

  return async (push, subject) => {
    await turn()
    const rest = secondsUntil(restUntil)
    if (rest > 0) return { again: rest }
    try {
      return await handle(push, subject)
    } catch (failed) {
      if (failed instanceof RetryAfter) {
        restUntil = new Date(clock.now().getTime() + failed.seconds * 1000)
        return { again: failed.seconds }
      }
      if (!(failed instanceof Unreachable)) return { failed }
      const about = { personId: push.personId, now: clock.now() }
      await database.transaction((tx) => memberOutOfReach(tx, { enqueue: jobs.enqueue, region }, about))
      return 'done'
    }
  }
}

/** Told in sum, or with no purpose any more: neither is told again. */
const endHeldPushes = async (tx: Tx, { told, gone }: Held, now: Date): Promise<void> => {
  const ids = (pushes: Held['told']) => pushes.map(({ id }) => id)
  await endHeld(tx, ids(told), { status: 'summed', now })
  await endHeld(tx, ids(gone), { status: 'dropped', now })
}

/** Keeps which message told of the visit, so that it can say that the visit was moved. */
const keepCard = async (
  tx: Tx,
  { jobs }: Pick<WorkerDeps, 'jobs'>,
  {
    push,
    visit: { id: visitId, version, status },
    messageId,
  }: { push: PushTo; visit: NonNullable<PushSubject['visit']>; messageId: number },
): Promise<void> => {
  // Nobody moves it before this is committed: a refresh then finds the card.
  const now = await lockVisit(tx, visitId)
  await saveVisitCard(tx, { visitId, personId: push.personId, messageId, version })
  // Moved or cancelled while this was on its way: no refresh could find the card before it was saved.
  if (now?.version !== version || now.status !== status)
    await jobs.enqueue(tx, 'visit-cards-refresh', { visitId })
}
