import { Prisma } from '#generated/client.ts'
import type { Database } from './database.ts'

/** A question for the rows that somebody works on: whoever asks whether there are any asks with the same words as who takes them. */
export type Rows = Prisma.Sql

let lists = 0

/** Returns who of the askers has any rows, in one statement for all. The askers stay the same, and so do the words of each. */
export const createAnythingDue = (
  database: Database,
  askers: ReadonlyMap<string, () => readonly Rows[]>,
): (() => Promise<Set<string>>) => {
  lists += 1
  const name = `anything-due-${lists}`
  return async () => {
    if (askers.size === 0) return new Set()
    const asked = [...askers].map(([asker, rows]) => {
      const any = rows().map((one) => Prisma.sql`EXISTS (${one})`)
      return Prisma.sql`SELECT ${asker}::text AS name WHERE ${Prisma.join(any, ' OR ')}`
    })
    const { text, values } = Prisma.join(asked, ' UNION ALL ')
    const found = await database.sql.query<{ name: string }>(name, text, values)
    return new Set(found.map((row) => row.name))
  }
}
