import { randomUUID } from 'node:crypto'
import type { World } from './world.ts'

/** A place of a territory to turn to; returns its id. */
export const aPlace = async ({ database: { prisma }, clock }: World, territory: string): Promise<string> => {
  const content = { name: { ru: 'Дом' }, phone: '8 800 000-00-00', whatFor: { ru: 'Ночлег' } }
  const row = { id: randomUUID(), position: 1000, territory, audience: 'everyone', topics: [], content }
  return (await prisma.place.create({ data: { ...row, updatedAt: clock.now() } })).id
}

/** A ready answer of the centre; returns its id. */
export const aReply = async ({ database: { prisma }, clock }: World): Promise<string> => {
  const content = { title: { ru: 'Ответ' }, texts: { ru: { plain: { adult: 'Ответ' } } } }
  const row = { id: randomUUID(), position: 1000, content, updatedAt: clock.now() }
  return (await prisma.quickReply.create({ data: row })).id
}
