import type { Database } from '#storage/database.ts'

/** Locks a request (`/requests/{id}`) until released; PostgreSQL only. */
export const holdRequest = async (
  database: Database,
  path: string,
): Promise<{ release: () => Promise<void> }> => {
  const held = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const holding = database.prisma.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM requests WHERE id = ${path.split('/').pop()}::uuid FOR UPDATE`
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
