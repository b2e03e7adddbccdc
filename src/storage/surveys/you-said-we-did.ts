import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import { dayColumn, dayOf } from '#storage/plan/plans.ts'

/** A «You said, we did» item: what families said, and what the centre did about it. */
export type YouSaidWeDid = {
  id: string
  surveyCode: string
  /** The period of the answers it is based on (ISO dates, inclusive). */
  from: string
  until: string
  /** Null: all territories. */
  territory: string | null
  said: string
  done: string
  /** English texts, both or neither. */
  saidEn: string | null
  doneEn: string | null
  publishedAt: Date
  withdrawnAt: Date | null
  staffId: string | null
  apiKeyId: string | null
}

export type NewYouSaidWeDid = Omit<YouSaidWeDid, 'id' | 'withdrawnAt'>

type Stored = NonNullable<Awaited<ReturnType<Database['prisma']['youSaidWeDid']['findUnique']>>>
const toYouSaidWeDid = (row: Stored): YouSaidWeDid => ({
  ...row,
  from: dayOf(row.from),
  until: dayOf(row.until),
})

export const insertYouSaidWeDid = async (tx: Tx, item: NewYouSaidWeDid): Promise<YouSaidWeDid> =>
  toYouSaidWeDid(
    await tx.youSaidWeDid.create({
      data: { ...item, from: dayColumn(item.from), until: dayColumn(item.until) },
    }),
  )

export const findYouSaidWeDid = async (reader: Reader, id: string): Promise<YouSaidWeDid | null> => {
  const row = await readFrom(reader).youSaidWeDid.findUnique({ where: { id } })
  return row && toYouSaidWeDid(row)
}

/** Withdraws an item; returns false if it already was. */
export const withdrawYouSaidWeDid = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.youSaidWeDid.updateMany({ where: { id, withdrawnAt: null }, data: { withdrawnAt: now } }))
    .count === 1

type Place = { publishedAt: Date; id: string }
export type YouSaidWeDidFilter = {
  /** Items for these territories, and items for all. */
  territories: readonly string[] | 'all'
  surveyCode?: string | undefined
  after?: Place | undefined
  limit: number
}

/** Returns a page of published items, newest first. */
export const listYouSaidWeDid = async (
  reader: Reader,
  { territories, surveyCode, after, limit }: YouSaidWeDidFilter,
): Promise<YouSaidWeDid[]> => {
  const rows = await readFrom(reader).youSaidWeDid.findMany({
    where: {
      withdrawnAt: null,
      ...(surveyCode !== undefined && { surveyCode }),
      AND: [
        territories === 'all' ? {} : { OR: [{ territory: null }, { territory: { in: [...territories] } }] },
        after
          ? {
              OR: [
                { publishedAt: { lt: after.publishedAt } },
                { publishedAt: after.publishedAt, id: { lt: after.id } },
              ],
            }
          : {},
      ],
    },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(toYouSaidWeDid)
}

/** Returns when a person last viewed the items; null: never. */
export const youSaidWeDidSeenAt = async (reader: Reader, personId: string): Promise<Date | null> =>
  (
    await readFrom(reader).person.findUnique({
      where: { id: personId },
      select: { youSaidWeDidSeenAt: true },
    })
  )?.youSaidWeDidSeenAt ?? null

/** Records when a person viewed the items; never moves the time back. */
export const markYouSaidWeDidSeen = async (tx: Tx, personId: string, at: Date): Promise<void> => {
  await tx.person.updateMany({
    where: { id: personId, OR: [{ youSaidWeDidSeenAt: null }, { youSaidWeDidSeenAt: { lt: at } }] },
    data: { youSaidWeDidSeenAt: at },
  })
}
