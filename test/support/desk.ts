import { keyOf } from './api.ts'
import { openOffice } from './office.ts'
import { openWorld } from './world.ts'

/** An appeal by letter. */
export const letter = {
  source: 'letter',
  receivedAt: '2026-11-20T09:00:00+03:00',
  ground: 'consent',
  applicant: 'parent',
  territory: 'leninsky',
  words: 'Прошу помочь: один воспитываю троих детей.',
  contact: { name: 'Пётр Ковалёв', phone: '+79281112233', address: 'ул. Мира, 5, кв. 7', safeToCall: 'no' },
}

export const of = (answer: { body: unknown }) => answer.body as { id: string; number: string }

/** A centre on a Tuesday morning, with a specialist and a key for everything. */
export const openDesk = async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  return { world, anna, key: await keyOf(world), office: await openOffice(world) }
}
