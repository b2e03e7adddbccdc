import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { Journal } from './erase.ts'

/**
 * Why somebody is erased: the consent was withdrawn (152-ФЗ, ст. 21, ч. 5), they asked for it (ст. 14), an order, or the term of
 * keeping is over (ст. 21, ч. 4).
 */
export const erasureGrounds = ['withdrawal', 'request', 'order', 'term'] as const
export type ErasureGround = (typeof erasureGrounds)[number]

export type DestructionAct = {
  id: string
  number: number
  at: Date
  ground: ErasureGround
  kind: 'person' | 'family'
  subjectId: string
  keys: number
  /** Rows by table. */
  counts: Record<string, number>
  journal: Journal
  staffId: string | null
  apiKeyId: string | null
}

export const insertAct = async (tx: Tx, act: Omit<DestructionAct, 'number'>): Promise<DestructionAct> =>
  toAct(await tx.destructionAct.create({ data: act }))

export const findAct = async (reader: Reader, id: string): Promise<DestructionAct | null> => {
  const row = await readFrom(reader).destructionAct.findUnique({ where: { id } })
  return row && toAct(row)
}

/** Newest first. */
export const listActs = async (
  reader: Reader,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<DestructionAct[]> => {
  const rows = await readFrom(reader).destructionAct.findMany({
    ...(before !== undefined && { where: { number: { lt: before } } }),
    orderBy: { number: 'desc' },
    take: limit,
  })
  return rows.map(toAct)
}

type Row = NonNullable<Awaited<ReturnType<Tx['destructionAct']['findUnique']>>>

const toAct = ({ ground, kind, counts, journal, ...row }: Row): DestructionAct => ({
  ...row,
  ground: ground as ErasureGround,
  kind: kind as DestructionAct['kind'],
  counts: counts as Record<string, number>,
  journal: journal as Journal,
})
