import type { Database, Tx } from '#storage/database.ts'

type Held = { release: () => Promise<void> }

/** Locks a request (`/requests/{id}`) until released; PostgreSQL only. */
export const holdRequest = (database: Database, path: string): Promise<Held> =>
  hold(
    database,
    (tx) => tx.$queryRaw`SELECT 1 FROM requests WHERE id = ${path.split('/').pop()}::uuid FOR UPDATE`,
  )

/** Whoever reads the table waits until it is released; PostgreSQL only. */
export const holdTable = (database: Database, table: 'survey_answers' | 'help_results'): Promise<Held> =>
  hold(database, (tx) => tx.$executeRawUnsafe(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`))

const hold = async (database: Database, lock: (tx: Tx) => Promise<unknown>): Promise<Held> => {
  const held = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const holding = database.prisma.$transaction(
    async (tx) => {
      await lock(tx)
      held.resolve()
      await released.promise
    },
    { timeout: 30_000 },
  )
  await Promise.race([held.promise, holding])
  return {
    release: () => {
      released.resolve()
      return holding
    },
  }
}

/** Counts the database's connections that are waiting for a lock. */
export const waitingForLocks = async ({ prisma }: Database): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return row?.count ?? 0
}
