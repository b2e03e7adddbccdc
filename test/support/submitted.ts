import { expect } from 'vitest'
import { type ApiAnswer, type ApiClient, keyOf } from './api.ts'
import type { Chat } from './chat.ts'
import { submitAsParent } from './intake.ts'
import { submitAtOnce } from './told-at-once.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

export const missing = '018f3a5e-0000-7000-8000-000000000000'

/** A withdrawal on paper. */
export const paper = { on: '2026-11-24', ground: 'Заявление матери: помощь больше не нужна.' }

/** The fields of `GET /requests/{id}` that tests read. */
export type Shown = {
  id: string
  status: string
  revision: number
  history: { id: string; kind: string }[]
  routing: { reason: { words: string[] } }[]
}
export const shown = (answer: ApiAnswer): Shown => answer.body as Shown

export const problem = (code: string, status: number) => ({
  status,
  body: { type: `/api/problems/${code}`, status },
})

export type Submitted = {
  world: World
  key: ApiClient
  anna: Chat
  olga: Chat
  number: string
  /** `/requests/{id}` */
  path: string
}

/**
 * A parent's request in Leninsky district on a Tuesday morning, assigned to Анна, and a key with all scopes. `atOnce`: what
 * they told is stored and not typed, for tests that look at the work of staff.
 */
export const openWithRequest = async ({
  atOnce,
  ...options
}: WorldOptions & { atOnce?: true } = {}): Promise<Submitted> => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', ...options })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = atOnce ? await submitAtOnce(world, olga) : await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  const { id } = await world.database.prisma.request.findUniqueOrThrow({ where: { number } })
  return { world, key: await keyOf(world), anna, olga, number, path: `/requests/${id}` }
}

export const staffIdOf = async ({ database }: World, name: string): Promise<string> =>
  (await database.prisma.staffMember.findFirstOrThrow({ where: { name } })).id

/** Counts the notices to the family that there is something to read. */
export const pushes = (chat: Chat): number => chat.allText().split('У вас новое сообщение').length - 1
