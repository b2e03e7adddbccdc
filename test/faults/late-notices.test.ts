import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createDice } from '#test/support/dice.ts'
import { seedFrom } from '#test/support/effort.ts'
import { onServer, openOutside } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'

/** How many notices each of them is owed, and how often an instance dies meanwhile. */
const rounds = 3
const waiting = 6
const seed = seedFrom('KILLS_SEED')

describe.runIf(onServer)(
  'notices that we are late, at two instances of which one after the other is killed',
  () => {
    test(`each notice is counted and queued exactly once (seed ${seed})`, async () => {
      const dice = createDice(seed)
      const world = await openOutside({ mode: 'webhook' })
      const { prisma } = world.database
      const instances = [await world.start(), await world.start()]
      let turn = 0
      const alive = () => instances.filter((one) => one.alive())
      world.board.route = () => alive()[turn++ % alive().length]?.port ?? null
      await world.staff('Анна', ['leninsky'])
      await world.staff('Нина', ['leninsky'], 'supervisor')
      for (let index = 0; index < waiting; index += 1)
        await submitPatiently(world.person({ phone: `+7900000${2000 + index}` }))
      expect(await prisma.readingPromise.count({ where: { endedAt: null } })).toBe(waiting)

      for (let round = 1; round <= rounds; round += 1) {
        const past = new Date(world.clock.now().getTime() - 1000)
        await prisma.readingPromise.updateMany({ data: { dueAt: past, nextAt: past } })
        // The sweep comes twice at once, as from two schedulers.
        for (const _ of [1, 2])
          await prisma.$executeRaw`
          INSERT INTO pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, heartbeat_seconds)
          VALUES ('late-notices', '{}', 35, 1, true, 10)`
        await pause(dice.below(1200))
        await instances[round % 2]?.kill()
        instances[round % 2] = await world.start()
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
