import type { InputKey } from '#core/channel.ts'
import type { Database, Tx } from './database.ts'
import { direct } from './direct.ts'

/**
 * Begins the work on one update, in one statement: locks the person (two of their updates may arrive at once, on two
 * instances) and claims the update's key. Returns `duplicate` if the update is already committed.
 */
export const beginUpdate = async (
  tx: Tx,
  account: string,
  { channel, id }: InputKey,
  /** By the clock that decides when the key is deleted: the app's, not the database's. */
  now: Date,
): Promise<'fresh' | 'duplicate'> => {
  const taken = await direct(tx)`
    WITH person AS MATERIALIZED (SELECT pg_advisory_xact_lock(hashtextextended(${account}, 0)))
    INSERT INTO processed_updates (channel, id, at) SELECT ${channel}, ${id}, ${now}::timestamptz FROM person
    ON CONFLICT (channel, id) DO NOTHING RETURNING id`
  return taken.length > 0 ? 'fresh' : 'duplicate'
}

/** Records a failure of an update, by error code only. Returns the number of failures so far. */
export const recordFailure = async (
  db: Database,
  { channel, id }: InputKey,
  code: string,
  now: Date,
): Promise<number> => {
  const { attempts } = await db.prisma.failedUpdate.upsert({
    where: { channel_id: { channel, id } },
    create: { channel, id, attempts: 1, error: code, failedAt: now },
    update: { attempts: { increment: 1 }, error: code, failedAt: now },
  })
  return attempts
}

/** Quarantines an update: it counts as processed, and its failure stays on record. */
export const quarantine = (db: Database, { channel, id }: InputKey, now: Date): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO processed_updates (channel, id, at) VALUES (${channel}, ${id}, ${now}) ON CONFLICT DO NOTHING`
    await tx.failedUpdate.updateMany({ where: { channel, id }, data: { quarantinedAt: now } })
  })

/** Deletes the keys of updates that no channel redelivers. Returns how many. */
export const deleteProcessedBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.processedUpdate.deleteMany({ where: { at: { lt: date } } })).count

/** Deletes old failures. Returns how many. */
export const deleteFailuresBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.failedUpdate.deleteMany({ where: { failedAt: { lt: date } } })).count
