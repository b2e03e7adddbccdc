import { type Reader, readFrom, type Tx } from './database.ts'

/** A message in which a member was told of a visit, and the version that it told of. */
export type VisitCard = { visitId: string; personId: string; messageId: number; version: number }

export const saveVisitCard = async (tx: Tx, { messageId, ...card }: VisitCard): Promise<void> => {
  await tx.visitCard.createMany({ data: [{ ...card, messageId: BigInt(messageId) }], skipDuplicates: true })
}

/** The messages that told of a visit up to a version, with whom they told, and what these allow to be told. */
export const visitCardsOf = async (
  reader: Reader,
  { visitId, before }: { visitId: string; before: number },
) => {
  const rows = await readFrom(reader).visitCard.findMany({
    where: { visitId, version: { lt: before } },
    include: { person: { select: { account: true, language: true, address: true, pushMode: true } } },
    orderBy: { messageId: 'asc' },
  })
  return rows.map(({ messageId, version, person }) => ({ messageId: Number(messageId), version, person }))
}

export type ToldOfVisit = Awaited<ReturnType<typeof visitCardsOf>>[number]
