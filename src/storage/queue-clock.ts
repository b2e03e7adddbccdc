import { StartRefused } from '#core/start-refused.ts'
import type { Database } from './database.ts'
import { isNotPermitted } from './errors.ts'

/** A real bot must not run on a queue whose clock a sandbox has moved: its jobs would come hours or days early. */
class QueueClockMoved extends StartRefused {
  override name = 'QueueClockMoved'
}

/** A sandbox on a server, with a user that owns nothing there: it runs as long as its clock goes as the server's does. */
class QueueClockNotOurs extends StartRefused {
  override name = 'QueueClockNotOurs'
}

/** How far the queue's clock is ahead of the database's, in milliseconds; 0 also before there is a queue. */
const queueClockAhead = async ({ prisma }: Database): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ source: string }[]>`
    SELECT p.prosrc AS source FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'pgboss' AND p.proname = 'job_now'`
  return Number(/interval '(\d+) milliseconds'/.exec(row?.source ?? '')?.[1] ?? 0)
}

/**
 * Sets the queue's clock ahead of the database's. pg-boss reads the time in one place, the function that is replaced
 * here, so what is due, retried, expired and scheduled moves together.
 * @throws QueueClockNotOurs if the user of the database does not own that function
 */
export const setQueueClock = async (database: Database, aheadMs: number): Promise<void> => {
  if ((await queueClockAhead(database)) === aheadMs) return
  const ahead = Math.round(aheadMs)
  const replace = `CREATE OR REPLACE FUNCTION pgboss.job_now() RETURNS timestamp with time zone
    AS $clock$ SELECT now() + interval '${ahead} milliseconds' $clock$ LANGUAGE sql STABLE`
  await database.prisma.$executeRawUnsafe(replace).catch(explain)
}

const explain = (cause: unknown): never => {
  if (!isNotPermitted(cause)) throw cause
  throw new QueueClockNotOurs(
    'database.queue-clock',
    'The clock of a sandbox moves with a database user that owns the tables: set DATABASE_URL to the one that ran the migrations, or leave it out',
    { cause },
  )
}

/** @throws QueueClockMoved if a sandbox has moved the clock of this database's queue */
export const refuseMovedClock = async (database: Database): Promise<void> => {
  if ((await queueClockAhead(database)) === 0) return
  throw new QueueClockMoved(
    'database.queue-clock',
    'This database belongs to a sandbox whose clock was moved: choose another DATABASE_URL or DATA_DIR',
  )
}
