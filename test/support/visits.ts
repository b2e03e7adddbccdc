import { expect } from 'vitest'
import type { Chat } from './chat.ts'
import type { FamilyWorld } from './family.ts'

export type VisitBody = { id: string; revision: number; version: number; answers: { kind: string }[] }

/** Wednesday, 2 December, 15:00 in Moscow: a week after the start of a family's world. */
export const startsAt = '2026-12-02T12:00:00Z'
export const ordinary = { startsAt, purpose: 'regular', audience: 'family' }

/** Plans a visit and waits until the members have been notified. */
export const planVisit = async (
  { key, path }: Pick<FamilyWorld, 'key' | 'path'>,
  given: Record<string, unknown> = {},
): Promise<VisitBody & { path: string }> => {
  const made = await key.post(`${path}/visits`, { ...ordinary, ...given })
  expect(made).toMatchObject({ status: 201 })
  const body = made.body as VisitBody
  return { ...body, path: `${path}/visits/${body.id}` }
}

/** Waits for words in a chat; on a busy machine a notification may take a while. */
export const told = (chat: Chat, words: RegExp): Promise<void> =>
  expect.poll(() => chat.allText(), { timeout: 30_000 }).toMatch(words)

/** Returns the code on the newest card. */
export const codeOn = (chat: Chat): string =>
  /(?:Код у двери|Door code): (\d{4})/.exec(chat.text())?.[1] ?? ''
