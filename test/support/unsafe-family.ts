import { expect } from 'vitest'
import { openWithFamily } from './family.ts'
import { type ActivityBody, anActivity } from './plan.ts'
import type { WorldOptions } from './world.ts'

/** Olga, Dasha and Misha; Dasha has a safety note. Ordinary things exist for all of them. */
export const openUnsafeFamily = async (options: WorldOptions = {}) => {
  const family = await openWithFamily({ mode: 'webhook', ...options })
  const { key, path, member } = family
  const olga = await member('parent', 'Ольга')
  const [dasha, misha] = [await member('minor', 'Даша'), await member('minor', 'Миша')]
  const note = await key.post(`${path}/members/${dasha.memberId}/safety`, { fact: 'parents-unsafe' })
  expect(note.status).toBe(201)
  return { ...family, olga, dasha, misha }
}

export type UnsafeFamily = Awaited<ReturnType<typeof openUnsafeFamily>>

/** A confidential activity on 9 December. */
export const hidden = (memberId: string): ActivityBody =>
  anActivity('hidden', {
    plain: 'Кризисный психолог',
    audience: 'confidential',
    memberIds: [memberId],
    when: { kind: 'once', on: '2026-12-09', at: '16:00' },
  })
