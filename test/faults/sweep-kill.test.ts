import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { missHeartbeatsSoon } from '../support/dead-jobs.ts'
import { onServer, openOutside } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'
import { startTwo, sweepTwice } from '../support/two-instances.ts'

/** How many notices each of them is owed, and how often an instance dies meanwhile. */
const rounds = effort('KILLS', { check: 2, full: 3 })
const waiting = effort('WAITING', { check: 3, full: 6 })
const seed = seedFrom('KILLS_SEED')

describe.runIf(onServer)(
  'notices that we are late, at two instances of which one after the other is killed',
  () => {
    test(`each notice is counted and queued exactly once (seed ${seed})`, async () => {
      const dice = createDice(seed)
      const world = await openOutside({ mode: 'webhook' })
      await missHeartbeatsSoon(world.database)
      const { prisma } = world.database
      const two = await startTwo(world)
      await world.staff('Анна', ['leninsky'])
      await world.staff('Нина', ['leninsky'], 'supervisor')
      for (let index = 0; index < waiting; index += 1)
        await submitPatiently(world.person({ phone: `+7900000${2000 + index}` }))
      expect(await prisma.readingPromise.count({ where: { endedAt: null } })).toBe(waiting)

      for (let round = 1; round <= rounds; round += 1) {
        const past = new Date(world.clock.now().getTime() - 1000)
        await prisma.readingPromise.updateMany({ data: { dueAt: past, nextAt: past } })
        await sweepTwice(world)
        await pause(dice.below(1200))
        await two.replace(round)
        await expect
          .poll(() => prisma.readingPromise.count({ where: { notices: round } }), {
            timeout: 60_000,
            interval: 250,
          })
          .toBe(waiting)
      }
      const pushes = await prisma.push.findMany({ where: { kind: 'late' }, select: { key: true } })
      expect(new Set(pushes.map(({ key }) => key)).size).toBe(waiting * rounds)
      expect(pushes).toHaveLength(waiting * rounds)
    }, 240_000)
  },
)
