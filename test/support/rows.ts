import type { Database } from '#storage/database.ts'

/** Tables filled by migrations, by the product itself or by staff, never by a family's input. */
const notFamilies = [
  // Ids of messages, for 48 hours: every answer adds one.
  'chat_messages',
  'retention_runs',
  ...[
    '_prisma_migrations',
    'staff_members',
    'staff_invites',
    'survey_salt',
    'survey_versions',
    'quick_replies',
    'consent_texts',
  ],
  ...['territories', 'event_feed'],
]

/** Counts the rows of each non-empty table; pg-boss's tables are in their own schema. */
export const rowsOf = async ({ prisma }: Database): Promise<Record<string, number>> => {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`
  const counts: Record<string, number> = {}
  for (const { name } of tables.filter((table) => !notFamilies.includes(table.name))) {
    const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM "${name}"`,
    )
    if (row && row.count > 0) counts[name] = row.count
  }
  return counts
}

/** Returns the states of a queue's jobs (`created`, `active`, `completed` …), oldest first. */
export const jobStates = async ({ prisma }: Database, queue: string): Promise<string[]> => {
  const jobs = await prisma.$queryRaw<{ state: string }[]>`
    SELECT state::text AS state FROM pgboss.job WHERE name = ${queue} ORDER BY created_on`
  return jobs.map(({ state }) => state)
}

/** Makes a queue's waiting jobs of the next given hours due now. Returns how many there were. */
export const makeDue = ({ prisma }: Database, queue: string, hours = 1_000_000): Promise<number> =>
  prisma.$executeRaw`
    UPDATE pgboss.job SET start_after = now()
    WHERE name = ${queue} AND state = 'created' AND start_after < now() + ${hours}::int * interval '1 hour'`
