import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { PgBoss, QueueOptions, QueueResult } from 'pg-boss'
import { type QueueName, queueNames } from './queues.ts'

export const deadLetters = 'dead-letters'

const day = 24 * 60 * 60

/** Retries after 2, 4, 8 … s, then hourly, for about a day in all. */
const queueOptions = {
  retryLimit: 35,
  retryDelay: 2,
  retryDelayMax: 60 * 60,
  retryBackoff: true,
  heartbeatSeconds: 10,
  expireInSeconds: 5 * 60,
  deleteAfterSeconds: day,
  deadLetter: deadLetters,
  notify: true,
}

/** Overrides. Each webhook attempt leaves a job row that is not needed: the delivery has the history. */
const ownOptions: Partial<Record<QueueName, QueueOptions>> = {
  'webhook-delivery': { deleteAfterSeconds: 60 },
}

const deadLetterOptions = { retentionSeconds: 90 * day, deleteAfterSeconds: 90 * day }

/** Creates the queues, or updates the options of existing ones. */
export const setUpQueues = async (boss: PgBoss): Promise<void> => {
  // One question for all: there are dozens, and each start would wait for as many answers.
  const present = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
  const wanted = queueNames.map((name) => ({ name, options: { ...queueOptions, ...ownOptions[name] } }))
  for (const one of [{ name: deadLetters, options: deadLetterOptions }, ...wanted])
    await setUp(boss, present.get(one.name), one)
}

const setUp = async (
  boss: PgBoss,
  present: QueueResult | undefined,
  { name, options }: { name: string; options: QueueOptions },
): Promise<void> => {
  if (!present) await boss.createQueue(name, options)
  else if (!isDeepStrictEqual({ ...present, ...options }, { ...present }))
    await boss.updateQueue(name, options)
  else return
  // pg-boss drops a changed queue from its cache and reads it again on next use. Load it now: inside a
  // transaction on PGlite's single connection that read would deadlock.
  await boss.findJobs(name, { id: randomUUID() })
}
