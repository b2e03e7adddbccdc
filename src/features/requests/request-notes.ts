import { DomainError } from '#core/errors.ts'
import { type Alarm, listen } from '#features/danger/ear.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { isPolite } from '#features/messages/polite.ts'
import { promiseReading } from '#features/promises/promise.ts'
import { announce } from '#features/webhooks/announce.ts'
import { highPriority } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import { addEvent, eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import { latestRequestOf, lockRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { asOwn } from './as-own.ts'
import { isHeard, isOpen, mayAddLater, requestLines, sealedNote } from './conversation.ts'
import { mayFollowUp, openFollowUp } from './follow-up.ts'
import { keptFrom, type NoteApart } from './note-apart.ts'
import { readerOfRequest } from './request-reader.ts'
import type { StepDeps } from './request-step.ts'
import { withdrawRequest } from './request-transitions.ts'
import { urgeFor } from './urgency.ts'

// What a family does with its request after it was sent.

type Note = {
  who: Snapshot | null
  said: MessageContent
  now: Date
  quiet?: true
  /** What was heard in the words; null for a button's. Absent: they are listened to here. */
  alarm?: Alarm | null
}

/**
 * Adds a note to the person's open request and notifies the assignee; words of danger make it urgent. Whoever wrote about
 * another family may also add to a closed one, so that they do not learn that it is; and after a withdrawal whoever checks
 * whether everybody is safe reads it. Words of danger to a closed one open a new urgent request, the number of which is
 * returned as `anew`. What speaks against whoever has the request is kept from them, and goes to `apart`. Throws `not-found`,
 * `already-closed`.
 */
export const addNote = async (
  tx: Tx,
  deps: StepDeps,
  { who, said, now, quiet, ...heard }: Note,
): Promise<Noted> => {
  const { sealer, enqueue } = deps
  const request = who && (await latestRequestOf(tx, who.person.id))
  if (!request) throw new DomainError('not-found')
  const { id: requestId } = request
  const alarm = heard.alarm === undefined && said.text !== null ? await listen(tx, said.text) : heard.alarm
  const cannotWait = alarm?.urgent ? alarm : null
  if (cannotWait && (await mayFollowUp(tx, request)))
    return {
      anew: (await openFollowUp(tx, deps, { who, requestId, said, alarm: cannotWait, now })).number,
      apart: null,
    }
  if (!isOpen(request) && !mayAddLater(cannotWait ? request : await asOwn(tx, request)))
    throw new DomainError('already-closed')
  const events = await eventsOf(tx, requestId)
  const { apart, hiddenFrom } = await keptFrom(tx, { request, text: said.text, events })
  const own = await sealerOf(tx, sealer, { person: request.personId })
  await addEvent(tx, { requestId, at: now, kind: 'note', ...sealedNote(own, requestId, said), hiddenFrom })
  const polite = isPolite(said)
  if (!quiet && isHeard(request) && !polite) {
    const reading = await readerOfRequest(tx, deps.region, { ...request, apart: apart !== null }, now)
    await promiseReading(tx, { requestId }, { wants: 'reading', reading, now })
  }
  const wait = cannotWait ? 'none' : quiet || isNewsOnItsWay(sealer, events.at(-1), now) ? 'forever' : 'turn'
  if (apart) await tellOthers(tx, deps, { requestId, apart, wait })
  else {
    const locked = cannotWait && (await lockRequest(tx, requestId))
    if (locked && isOpen(locked)) await urgeFor(tx, deps, { request: locked, alarm: cannotWait, now })
    const news = { requestId, news: 'note', ...(polite && { polite }) } as const
    if (wait !== 'forever')
      await enqueue(tx, 'staff-news', news, wait === 'none' ? { priority: highPriority } : {})
  }
  const data = hiddenFrom.length > 0 ? { hiddenFrom } : {}
  await announce(tx, { enqueue }, { type: 'message.received', now, requestId, data })
  return { anew: null, apart: apart && { name: request.applicant === 'other-person' ? null : apart.name } }
}

/** What became of a note. `anew`: the number of a new urgent request; `apart`: whoever has the request does not see it, and an outsider is told no name. */
export type Noted = { anew: string | null; apart: { name: string | null } | null }

/** Whoever reads a note that is kept from the specialist: nothing of it is on the specialist's card either. */
const tellOthers = async (
  tx: Tx,
  { enqueue }: StepDeps,
  { requestId, apart, wait }: { requestId: string; apart: NoteApart; wait: 'none' | 'turn' | 'forever' },
): Promise<void> => {
  if (wait === 'forever') return
  const options = wait === 'none' ? { priority: highPriority } : {}
  for (const staffId of apart.readers)
    await enqueue(tx, 'staff-news', { requestId, news: 'note-apart', staffId }, options)
}

/** An album, or a text in two parts: one piece of news that nobody can have opened yet. */
const newsMs = 3000
const isNewsOnItsWay = (sealer: Sealer, last: RequestEvent | undefined, now: Date): boolean => {
  if (last?.kind !== 'note' || now.getTime() - last.at.getTime() >= newsMs) return false
  // «Спасибо» announces nothing of what follows it.
  const [line] = requestLines(sealer, [last])
  return !line || !isPolite(line)
}

/**
 * Withdraws the family's request, which is possible until it is closed. Throws `not-found`, `already-closed`.
 */
export const withdrawForMember = async (
  tx: Tx,
  deps: StepDeps,
  { who, now }: { who: Snapshot | null; now: Date },
): Promise<void> => {
  const request = who?.openRequest && (await lockRequest(tx, who.openRequest.id))
  if (!request) throw new DomainError('not-found')
  await withdrawRequest(tx, deps, { request, by: {}, now })
}
