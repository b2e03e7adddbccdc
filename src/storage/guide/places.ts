import { z } from 'zod'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const placeAudiences = ['everyone', 'adult', 'minor'] as const

const words = (most: number) => {
  const text = z.string().trim().min(2).max(most)
  return z.strictObject({ ru: text, en: text.exactOptional() })
}

/** What families read of a place; English readers get the Russian words if there are no other. */
export const placeContent = z.strictObject({
  name: words(100),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d][\d ()-]{1,24}$/),
  hours: words(100).exactOptional().describe('As people say them'),
  address: words(150).exactOptional(),
  whatFor: words(200).describe('With what it helps'),
})

export type Place = {
  id: string
  position: number
  /** Null: everywhere. */
  territory: string | null
  audience: (typeof placeAudiences)[number]
  /** Topics of the guide beside which it stands. */
  topics: string[]
  content: z.infer<typeof placeContent>
  /** When somebody of the centre last saw to it. */
  updatedAt: Date
}
export type PlaceChanges = Partial<Omit<Place, 'id' | 'updatedAt'>>

const toPlace = (
  row: Omit<Place, 'audience' | 'content'> & { audience: string; content: unknown },
): Place => ({
  ...row,
  audience: z.enum(placeAudiences).parse(row.audience),
  content: placeContent.parse(row.content),
})

/** Those in use, in display order; past Prisma, because it is read every few seconds. */
export const readPlaces = async (database: Database): Promise<Place[]> =>
  (
    await database.sql.query<Place>(
      'places',
      `SELECT id::text AS id, position, territory, audience, topics, content, updated_at AS "updatedAt"
       FROM places WHERE removed_at IS NULL ORDER BY position, id`,
      [],
    )
  ).map(toPlace)

/** The same, as this transaction leaves them. */
export const placesIn = async (reader: Reader): Promise<Place[]> => {
  const orderBy = [{ position: 'asc' as const }, { id: 'asc' as const }]
  const rows = await readFrom(reader).place.findMany({ where: { removedAt: null }, orderBy })
  return rows.map(({ removedAt: _, ...row }) => toPlace(row))
}

export const insertPlace = async (tx: Tx, place: Place): Promise<void> => {
  await tx.place.create({ data: place })
}

/** Returns false if it is not there any more. */
export const updatePlace = async (
  tx: Tx,
  { id, ...changes }: Pick<Place, 'id' | 'updatedAt'> & PlaceChanges,
): Promise<boolean> =>
  (await tx.place.updateMany({ where: { id, removedAt: null }, data: changes })).count === 1

/** Returns false if it was gone already. */
export const removePlace = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.place.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } })).count === 1
