import { expect } from 'vitest'
import type { Payload } from '#queue/queues.ts'
import type { Office } from './office.ts'
import { makeDue } from './rows.ts'
import type { World } from './world.ts'

const sweeps = ['late-notices', 'draft-reminders'] as const

/** The same, and waits for what staff are told of their own work; ordinary news waits for their duty hours. */
export const workPasses = async (world: World, office: Office, moment: string): Promise<void> => {
  await timePasses(world, office, moment)
  await makeDue(world.database, 'work-news')
  const waiting = () =>
    world.database.prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'work-news' AND state IN ('created', 'retry', 'active') AND start_after <= now()`
  await expect.poll(waiting, { timeout: 30_000, interval: 20 }).toEqual([])
}

/** Lets time pass up to a moment, and does what the minutes' sweeps would have done since. */
export const timePasses = async (world: World, office: Office, moment: string): Promise<void> => {
  world.clock.set(moment)
  await office.does(async (tx, { enqueue }) => {
    for (const queue of sweeps) await enqueue(tx, queue, {} satisfies Payload<'late-notices'>)
  })
  const under = ['push', 'staff-news', 'family-card', 'family-notice', ...sweeps]
  const busy = () =>
    world.database.prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = ANY (${under})
        AND (state = 'active' OR (state IN ('created', 'retry') AND start_after <= now()))`
  for (const _ of [1, 2]) {
    await expect.poll(busy, { timeout: 30_000, interval: 20 }).toEqual([])
    await makeDue(world.database, 'push')
    await makeDue(world.database, 'family-notice')
    await expect.poll(busy, { timeout: 30_000, interval: 20 }).toEqual([])
  }
}
