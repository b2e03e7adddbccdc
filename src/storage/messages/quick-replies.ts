import { z } from 'zod'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const replyTones = ['plain', 'warm', 'brief'] as const
export type ReplyTone = (typeof replyTones)[number]

/** Longest title (a button) and longest text, in characters. */
const longestTitle = 24
const longestReply = 1000

const title = z.string().trim().min(2).max(longestTitle)
const text = z.string().trim().min(1).max(longestReply)
/** To minors «ты»: an answer without `minor` is not offered to them. */
const words = z.strictObject({ adult: text, minor: text.exactOptional() })
const tones = z.strictObject({
  plain: words,
  warm: words.exactOptional(),
  brief: words.exactOptional(),
})

/** A ready answer in up to three tones; English readers get the Russian one if there is no other. */
export const replyContent = z.strictObject({
  /** It asks to call, or promises a call: whoever said that calls are not safe is never offered it. */
  aboutCalls: z.literal(true).exactOptional(),
  title: z.strictObject({ ru: title, en: title.exactOptional() }),
  texts: z.strictObject({ ru: tones, en: tones.exactOptional() }),
})
export type ReplyContent = z.infer<typeof replyContent>

export type QuickReply = { id: string; position: number; content: ReplyContent; updatedAt: Date }

/** The ready answers in use, in display order. */
export const quickReplies = async (reader: Reader): Promise<QuickReply[]> => {
  const rows = await readFrom(reader).quickReply.findMany({
    where: { removedAt: null },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ removedAt: _, ...row }) => ({ ...row, content: replyContent.parse(row.content) }))
}

export const insertReply = async (tx: Tx, reply: QuickReply): Promise<void> => {
  await tx.quickReply.create({ data: reply })
}

/** Returns false if it is not there any more. */
export const updateReply = async (
  tx: Tx,
  {
    id,
    ...changes
  }: Pick<QuickReply, 'id' | 'updatedAt'> & Partial<Pick<QuickReply, 'position' | 'content'>>,
): Promise<boolean> =>
  (await tx.quickReply.updateMany({ where: { id, removedAt: null }, data: changes })).count === 1

/** Returns false if it was gone already. */
export const removeReply = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.quickReply.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } })).count === 1

/** Stores those of a new centre; does nothing if there were ever any. */
export const seedQuickReplies = async (database: Database, replies: readonly QuickReply[]): Promise<void> => {
  if ((await database.prisma.quickReply.count()) > 0) return
  await database.prisma.quickReply.createMany({ data: [...replies], skipDuplicates: true })
}
