import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { missHeartbeatsSoon } from '../support/dead-jobs.ts'
import { withFile } from '../support/ending.ts'
import { onServer, openOutside, type Outside } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'
import { startTwo, sweepTwice } from '../support/two-instances.ts'

/** Of how many requests the sweep tells, and at how many rounds, the last ones of each test, an instance dies. */
const waiting = effort('WAITING', { check: 3, full: 6 })
const kills = effort('KILLS', { check: 1, full: 3 })
const seed = seedFrom('KILLS_SEED')

describe.runIf(onServer)(`the sweep at two instances, one of which is killed (seed ${seed})`, () => {
  const ending = withFile()
  const dice = createDice(seed)
  let world: Outside
  let two: Awaited<ReturnType<typeof startTwo>>
  beforeAll(async () => {
    world = await openOutside({ mode: 'webhook', ending })
    await missHeartbeatsSoon(world.database, ending)
    two = await startTwo(world)
    await world.staff('Анна', ['leninsky'])
    await world.staff('Нина', ['leninsky'], 'supervisor')
    for (let index = 0; index < waiting; index += 1)
      await submitPatiently(world.person({ phone: `+7900000${2000 + index}` }))
  }, 240_000)

  test('each notice that we are late is counted and queued exactly once', async () => {
    const { prisma } = world.database
    const rounds = Math.max(2, kills)
    expect(await prisma.readingPromise.count({ where: { endedAt: null } })).toBe(waiting)

    for (let round = 1; round <= rounds; round += 1) {
      const past = new Date(world.clock.now().getTime() - 1000)
      await prisma.readingPromise.updateMany({ data: { dueAt: past, nextAt: past } })
      await sweepTwice(world)
      if (round > rounds - kills) {
        await pause(dice.below(1200))
        await two.kill(round, { replace: true })
      }
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

  test('each alarm is told once to its specialist and once to the supervisor, each agenda once', async () => {
    const { prisma } = world.database
    // Also the one that died with its process, and comes again.
    const sweeps = () => prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'late-notices' AND state < 'completed' AND start_after <= now()`
    await expect.poll(sweeps, { timeout: 60_000, interval: 250 }).toEqual([])
    const { id: anna } = await prisma.staffMember.findFirstOrThrow({ where: { name: 'Анна' } })
    // Taken long ago, and nothing has happened since.
    const longAgo = new Date(world.clock.now().getTime() - 40 * 24 * 60 * 60_000)
    await prisma.request.updateMany({
      data: {
        status: 'claimed',
        claimedById: anna,
        assignedToId: anna,
        claimedAt: longAgo,
        submittedAt: longAgo,
        escalateAt: null,
      },
    })
    await prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'escalation'`

    const levels = ['holder', 'supervisors'] as const
    for (let round = 0; round < levels.length; round += 1) {
      // The next working day comes: what was told is of days ago, and every case is to be looked at.
      await prisma.workAlarm.updateMany({ data: { at: new Date(longAgo.getTime() + 1000) } })
      await prisma.request.updateMany({ data: { clockAt: null } })
      await prisma.agenda.deleteMany()
      await sweepTwice(world)
      if (round >= levels.length - kills) {
        await pause(dice.below(1200))
        await two.kill(round, { replace: round < levels.length - 1 })
      }
      const level = levels[round] ?? 'holder'
      const told = () =>
        prisma.workAlarm.groupBy({
          by: ['requestId', 'cause', 'level'],
          where: { level, toldAt: { not: null } },
          _count: true,
        })
      // Overdue, and without an act for long.
      await expect
        .poll(async () => (await told()).length, { timeout: 60_000, interval: 250 })
        .toBe(waiting * 2)
      expect((await told()).every(({ _count }) => _count === 1)).toBe(true)
    }
    expect(await prisma.workAlarm.count()).toBe(waiting * 2 * 2)
    // Each telling is one job a person and moment, queued with the rows that it tells of.
    const jobs = await prisma.$queryRaw<{ staff: string; at: string; count: number }[]>`
      SELECT data ->> 'staffId' AS staff, data ->> 'at' AS at, count(*)::int AS count FROM pgboss.job
      WHERE name = 'work-news' AND data ->> 'news' = 'alarms' GROUP BY 1, 2`
    expect(jobs.every(({ count }) => count === 1)).toBe(true)
    const moments = await prisma.workAlarm.groupBy({ by: ['staffId', 'toldAt'] })
    expect(jobs).toHaveLength(moments.length)
  }, 240_000)
})
