import { randomUUID } from 'node:crypto'
import type { World } from './world.ts'

/** A ready answer of the centre; returns its id. */
export const aReply = async ({ database: { prisma }, clock }: World): Promise<string> => {
  const content = { title: { ru: 'Ответ' }, texts: { ru: { plain: { adult: 'Ответ' } } } }
  const row = { id: randomUUID(), position: 1000, content, updatedAt: clock.now() }
  return (await prisma.quickReply.create({ data: row })).id
}
