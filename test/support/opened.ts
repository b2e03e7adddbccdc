import { Prisma } from '#generated/client.ts'
import type { Database } from '#storage/database.ts'
import { type PersonalData, personalData } from '#storage/keys/personal-data.ts'
import { erasedText } from '#core/withheld.ts'
import type { Sealer } from '#storage/seal.ts'
import { testSealer } from './accounts.ts'

type Stored = { value: string; place: string; subject: string | null; owner: string | null }

const storedIn = async (
  { prisma }: Database,
  { table, kind, whose, only = 'true' }: PersonalData,
  column: string,
  place: string,
) =>
  prisma.$queryRaw<Stored[]>`
    SELECT ${Prisma.raw(`t."${column}"`)} AS value, (${Prisma.raw(place)})::text AS place, (${Prisma.raw(whose)})::text AS subject, (
      SELECT k.subject_id::text FROM subject_keys k
      WHERE k.id = split_part(${Prisma.raw(`t."${column}"`)}, '.', 2) AND k.kind = ${kind}
    ) AS owner
    FROM ${Prisma.raw(`"${table}"`)} t WHERE ${Prisma.raw(`t."${column}"`)} LIKE 'v%' AND (${Prisma.raw(only)})`

/**
 * Everything sealed of people as whoever has all keys reads it, and how much of it is gone. Fails for a value that is not where the map
 * of personal data says, or not of whom it says.
 */
export const openedIn = async (database: Database, sealer: Sealer = testSealer) => {
  const texts: { at: string; text: string }[] = []
  let erased = 0
  for (const data of personalData)
    for (const [column, place] of Object.entries(data.columns))
      for (const { value, place: of, subject, owner } of await storedIn(database, data, column, place)) {
        const at = `${data.table}.${column}`
        if (value.startsWith('v2.') && owner !== subject) throw new Error(`${at} is sealed for somebody else`)
        const text = sealer.open(value, `${at}.${of}`)
        if (text === erasedText) erased += 1
        else texts.push({ at, text })
      }
  return { texts, erased }
}

/** Where a word stands among what can be read with all keys. */
export const placesOf = async (database: Database, word: string): Promise<string[]> => [
  ...new Set((await openedIn(database)).texts.flatMap(({ at, text }) => (text.includes(word) ? [at] : []))),
]
