import { type Reader, readFrom, type Tx } from './database.ts'

/** The message in which a member was last told of a visit, and the version that it told of. */
export type VisitCard = { visitId: string; personId: string; messageId: number; version: number }

/** Keeps the newest message of a member about a visit; an earlier one is forgotten. */
export const saveVisitCard = async (
  tx: Tx,
  { visitId, personId, messageId, version }: VisitCard,
): Promise<void> => {
  const told = { messageId: BigInt(messageId), version }
  const where = { visitId_personId: { visitId, personId } }
  await tx.visitCard.upsert({ where, create: { visitId, personId, ...told }, update: told })
}

/** The messages that told of earlier versions of a visit than this one. */
export const visitCardsBefore = async (
  reader: Reader,
  { visitId, version }: { visitId: string; version: number },
): Promise<VisitCard[]> => {
  const rows = await readFrom(reader).visitCard.findMany({ where: { visitId, version: { lt: version } } })
  return rows.map((row) => ({ ...row, messageId: Number(row.messageId) }))
}
