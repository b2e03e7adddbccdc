import type { Database } from './database.ts'

/** What time it is by the clock of the database's machine. */
export const databaseTime = async ({ prisma }: Database): Promise<Date> => {
  const [row] = await prisma.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  if (!row) throw new Error('the database does not tell the time')
  return row.now
}
