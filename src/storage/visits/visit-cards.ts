import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { toMember } from '#storage/families/family-members.ts'
import type { Visit } from './visits.ts'

/** A message in which a member was told of a visit, and the version that it told of. */
export type VisitCard = { visitId: string; personId: string; messageId: number; version: number }

export const saveVisitCard = async (tx: Tx, { messageId, ...card }: VisitCard): Promise<void> => {
  await tx.visitCard.createMany({ data: [{ ...card, messageId: BigInt(messageId) }], skipDuplicates: true })
}

/**
 * The messages that told of a visit up to a version, with whom they told, and what these allow to be told. None that told
 * somebody who is not of the family any more.
 */
export const visitCardsOf = async (
  reader: Reader,
  { visit: { id: visitId, familyId }, before }: { visit: Visit; before: number },
) => {
  const client = readFrom(reader)
  const rows = await client.visitCard.findMany({
    where: { visitId, version: { lt: before } },
    include: { person: { select: { account: true, language: true, address: true, pushMode: true } } },
    orderBy: { messageId: 'asc' },
  })
  const persons = [...new Set(rows.map(({ personId }) => personId))]
  const members = await client.familyMember.findMany({
    where: { familyId, personId: { in: persons }, removedAt: null },
  })
  const of = new Map(members.map((row) => [row.personId, toMember(row)]))
  return rows.flatMap(({ messageId, version, person, personId }) => {
    const member = of.get(personId)
    return member ? [{ messageId: Number(messageId), version, person, member }] : []
  })
}

export type VisitCardRecipient = Awaited<ReturnType<typeof visitCardsOf>>[number]
