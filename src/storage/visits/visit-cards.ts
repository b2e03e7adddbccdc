import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { toMember } from '#storage/families/family-members.ts'
import { toPerson } from '#storage/people.ts'
import type { Visit } from './visits.ts'

/** A message that announced a visit to a member, and the announced version. */
export type VisitCard = { visitId: string; personId: string; messageId: string; version: number }

export const saveVisitCard = async (tx: Tx, card: VisitCard): Promise<void> => {
  await tx.visitCard.createMany({ data: [card], skipDuplicates: true })
}

/**
 * Returns the messages that announced versions of a visit below `before`, with their recipients and push modes. Omits
 * recipients who have left the family.
 */
export const visitCardsOf = async (
  reader: Reader,
  { visit: { id: visitId, familyId }, before }: { visit: Visit; before: number },
) => {
  const client = readFrom(reader)
  const rows = await client.visitCard.findMany({
    where: { visitId, version: { lt: before } },
    include: { person: true },
    orderBy: [{ version: 'asc' }, { personId: 'asc' }, { messageId: 'asc' }],
  })
  const persons = [...new Set(rows.map(({ personId }) => personId))]
  const members = await client.familyMember.findMany({
    where: { familyId, personId: { in: persons }, removedAt: null },
  })
  const of = new Map(members.map((row) => [row.personId, toMember(row)]))
  return rows.flatMap(({ messageId, version, person, personId }) => {
    const member = of.get(personId)
    return member
      ? [{ messageId, version, person: { ...toPerson(person), pushMode: person.pushMode }, member }]
      : []
  })
}

export type VisitCardRecipient = Awaited<ReturnType<typeof visitCardsOf>>[number]
