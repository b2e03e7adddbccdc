import type { Database } from '#storage/database.ts'

/** Made by migrations, by the product itself and by staff, never by what a family says. */
const notFamilies = ['_prisma_migrations', 'staff_members', 'staff_invites', 'survey_salt', 'survey_versions']

/** How many rows each table holds, the empty ones left out; pg-boss's own tables are in a schema of their own. */
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

/** How the jobs of a queue stand (`created`, `active`, `completed` …), oldest first. */
export const jobStates = async ({ prisma }: Database, queue: string): Promise<string[]> => {
  const jobs = await prisma.$queryRaw<{ state: string }[]>`
    SELECT state::text AS state FROM pgboss.job WHERE name = ${queue} ORDER BY created_on`
  return jobs.map(({ state }) => state)
}

/** Lets a queue's waiting jobs be due now, as if their time had come: those of the next so many hours. Returns how many there were. */
export const makeDue = ({ prisma }: Database, queue: string, hours = 1_000_000): Promise<number> =>
  prisma.$executeRaw`
    UPDATE pgboss.job SET start_after = now()
    WHERE name = ${queue} AND state = 'created' AND start_after < now() + ${hours}::int * interval '1 hour'`
