import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** How often each file sends past `sendToStaff`: to families, and to whoever lost an account. */
const pastIt: Record<string, number> = { 'send-to-staff.ts': 1, 'send-push.ts': 1, 'workers.ts': 2 }

test('every message of a job to staff is remembered, so that a lost phone does not keep it', () => {
  const folder = new URL('../../src/workers/', import.meta.url)
  const found = readdirSync(folder).flatMap((name) => {
    const sends = readFileSync(new URL(name, folder), 'utf8').match(/messenger\.send\(/g)?.length ?? 0
    return sends > 0 ? [[name, sends] as const] : []
  })
  expect(Object.fromEntries(found)).toEqual(pastIt)
})
