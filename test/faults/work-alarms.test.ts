import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { missHeartbeatsSoon } from '../support/dead-jobs.ts'
import { onServer, openOutside } from '../support/outside.ts'
import { submitPatiently } from '../support/patient.ts'
import { startTwo, sweepTwice } from '../support/two-instances.ts'

const waiting = effort('WAITING', { check: 3, full: 6 })
const rounds = 2
const seed = seedFrom('KILLS_SEED')

describe.runIf(onServer)(
  'what staff are told of their work, at two instances of which one after the other is killed',
  () => {
    test(`each alarm is told once to its specialist and once to the supervisor, each agenda once (seed ${seed})`, async () => {
      const dice = createDice(seed)
      const world = await openOutside({ mode: 'webhook' })
      await missHeartbeatsSoon(world.database)
      const { prisma } = world.database
      const two = await startTwo(world)
      await world.staff('Анна', ['leninsky'])
      await world.staff('Нина', ['leninsky'], 'supervisor')
      for (let index = 0; index < waiting; index += 1)
        await submitPatiently(world.person({ phone: `+7900000${3000 + index}` }))
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
      for (let round = 0; round < rounds; round += 1) {
        // The next working day comes: what was told is of days ago, and every case is to be looked at.
        await prisma.workAlarm.updateMany({ data: { at: new Date(longAgo.getTime() + 1000) } })
        await prisma.request.updateMany({ data: { clockAt: null } })
        await prisma.agenda.deleteMany()
        await sweepTwice(world)
        await pause(dice.below(1200))
        await two.replace(round)
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
  },
)
