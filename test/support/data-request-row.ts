import { randomUUID } from 'node:crypto'
import { personRow } from './accounts.ts'
import type { World } from './world.ts'

/** A letter of somebody who asks what is kept about them. Returns its id. */
export const dataRequestRow = async (
  { database: { prisma }, clock }: World,
  of: { territory: string; familyId: string; memberId: string },
): Promise<string> => {
  const [id, at] = [randomUUID(), clock.now()]
  const { id: personId } = await prisma.person.create({ data: personRow(`telegram:${randomUUID()}`) })
  const days = { at, dueAt: at, receivedOn: at }
  await prisma.dataRequest.create({
    data: { id, kind: 'access', source: 'letter', personId, ...days, ...of },
  })
  return id
}
