import type { ReadingTime } from '#features/routing/reading-time.ts'
import type { Tx } from '#storage/database.ts'
import {
  endPromise,
  insertPromise,
  type PromiseSubject,
  type ReadingPromise,
} from '#storage/promises/promises.ts'

// «Прочитает Анна, сегодня до 18:00» is a promise. It is kept, so that we can say ourselves when we are late (ADR 48).

/**
 * Records until when somebody's words will be read, in the transaction that stores the words. What they add while a promise
 * is open never puts it off.
 */
export const promiseReading = (
  tx: Tx,
  subject: PromiseSubject,
  { wants, reading, now }: { wants: ReadingPromise['wants']; reading: ReadingTime; now: Date },
): Promise<void> =>
  insertPromise(tx, subject, {
    wants,
    madeAt: now,
    fromAt: reading.kind === 'from' ? reading.at : null,
    dueAt: reading.due,
  })

/** A human word has come: a message, a decision, a call. Also where nobody waits any more. */
export const keepByWord = (tx: Tx, subject: PromiseSubject, now: Date): Promise<void> =>
  endPromise(tx, subject, { by: 'word', now })

/** Somebody has opened what was written, which is all that was promised after a first word. */
export const keepByReading = (tx: Tx, subject: PromiseSubject, now: Date): Promise<void> =>
  endPromise(tx, subject, { by: 'reading', now })

/** A promise as it stands now: when it is due, or that we are late. Pure. */
export type Promised =
  | (ReadingTime & { late: false; wants: ReadingPromise['wants'] })
  | { late: true; wants: ReadingPromise['wants']; since: Date; from: Date | null }

export const promisedAt = ({ wants, fromAt, dueAt }: ReadingPromise, now: Date): Promised => {
  if (now >= dueAt) return { late: true, wants, since: dueAt, from: fromAt }
  const from = fromAt !== null && now < fromAt ? fromAt : null
  return from
    ? { late: false, wants, kind: 'from', at: from, due: dueAt }
    : { late: false, wants, kind: 'until', at: dueAt, due: dueAt }
}
