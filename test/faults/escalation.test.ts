import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { missHeartbeatsSoon } from '../support/dead-jobs.ts'
import { onServer, openOutside } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'
import { makeDue } from '../support/rows.ts'
import { startTwo } from '../support/two-instances.ts'

/** How many steps each request takes, and at how many of them, the last ones, an instance dies. */
const steps = 3
const kills = effort('KILLS', { check: 1, full: steps })
const waiting = effort('WAITING', { check: 4, full: 8 })
const seed = seedFrom('KILLS_SEED')

describe.runIf(onServer)('escalation at two instances, of which one after the other is killed', () => {
  test(`takes every step of every request exactly once (seed ${seed})`, async () => {
    const dice = createDice(seed)
    const world = await openOutside({ mode: 'webhook' })
    await missHeartbeatsSoon(world.database)
    const { prisma } = world.database
    const two = await startTwo(world)
    const people = [await world.staff('Анна', ['leninsky']), await world.staff('Вера', ['leninsky'])]
    const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
    for (let index = 0; index < waiting; index += 1)
      await submitPatiently(world.person({ phone: `+7900000${1000 + index}` }))
    const requests = await prisma.request.findMany({ orderBy: { number: 'asc' } })
    expect(requests).toHaveLength(waiting)

    for (let step = 1; step <= steps; step += 1) {
      // The time of all of them comes at once; each job is there twice, as after a heartbeat that was missed.
      await prisma.request.updateMany({ data: { escalateAt: new Date(world.clock.now().getTime() - 1000) } })
      await prisma.$executeRaw`
        INSERT INTO pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, heartbeat_seconds)
        SELECT name, data, 35, 1, true, 10 FROM pgboss.job WHERE name = 'escalation' AND state = 'created'`
      expect(await makeDue(world.database, 'escalation')).toBeGreaterThanOrEqual(waiting)
      if (step > steps - kills) {
        await pause(dice.below(1500))
        await two.kill(step, { replace: step < steps })
      }
      await expect
        .poll(() => prisma.request.count({ where: { escalations: step } }), {
          timeout: 45_000,
          interval: 250,
        })
        .toBe(waiting)
    }

    for (const { id, number } of requests) {
      const events = await prisma.requestEvent.findMany({
        where: { requestId: id, kind: 'escalated' },
        orderBy: { id: 'asc' },
      })
      expect(
        events.map(({ detail }) => detail),
        number,
      ).toEqual(['1', '2', '3'])
      const decisions = await prisma.routingDecision.count({
        where: { requestId: id, trigger: 'escalation' },
      })
      expect(decisions, number).toBe(steps)
      // A card that was under way when its sender died comes again once its heartbeat is missed.
      for (const chat of [...people, nina])
        await expect.poll(() => chat.allText(), { timeout: 45_000 }).toContain(number)
    }
    const holders = await prisma.request.groupBy({ by: ['assignedToId'], _count: true })
    expect(holders.map(({ _count }) => _count)).toEqual([waiting / 2, waiting / 2])
  }, 240_000)
})
