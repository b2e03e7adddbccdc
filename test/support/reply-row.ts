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

let days = 0

/** A day off of the centre, far from all terms, because each day has one at most; returns its id. */
export const aDayOff = async ({ database: { prisma }, clock }: World): Promise<string> => {
  days += 1
  const day = new Date(Date.UTC(2150, 0, days))
  const row = { id: randomUUID(), day, kind: 'off', act: 'Приказ', addedAt: clock.now() }
  return (await prisma.centreDay.create({ data: row })).id
}
