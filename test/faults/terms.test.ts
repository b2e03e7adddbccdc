import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { createKey } from '#features/staff/api-keys.ts'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { missHeartbeatsSoon } from '../support/dead-jobs.ts'
import { withFile } from '../support/ending.ts'
import { onServer, type Outside, openOutside } from '../support/outside.ts'
import { makeDue } from '../support/rows.ts'
import { startTwo } from '../support/two-instances.ts'

const kills = effort('KILLS', { check: 1, full: 12 })
const seed = seedFrom('KILLS_SEED')
const families = effort('FAMILIES', { check: 80, full: 250 })
const day = 24 * 60 * 60_000

describe.runIf(onServer)(`kill -9 while terms are counted, at two instances (seed ${seed})`, () => {
  const ending = withFile()
  let world: Outside
  let two: Awaited<ReturnType<typeof startTwo>>
  beforeAll(async () => {
    world = await openOutside({ mode: 'webhook', ending })
    await missHeartbeatsSoon(world.database, ending)
    two = await startTwo(world)
  })

  test(
    'each term is counted once, and each approach told once',
    async () => {
      const dice = createDice(seed)
      const { prisma } = world.database
      const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
      const now = world.clock.now()
      const { key } = await world.database.transaction((tx) =>
        createKey(tx, { name: 'test', scopes: ['families:read', 'events:read'], territories: [], now }),
      )
      await prisma.apiKey.update({ where: { id: key.id }, data: { eventsSince: now } })
      // Ten working days from the application: near by now, so that the minute in which they are counted tells of them, too.
      const appliedAt = new Date(now.getTime() - 12 * day)
      const had = { region: 'stavropol', territory: 'leninsky', level: 'basic', stage: 'ipss' }
      const made = { ...had, appliedAt, createdAt: appliedAt, safetyCopied: true }
      await prisma.family.createMany({
        data: Array.from({ length: families }, () => ({ id: randomUUID(), ...made })),
      })

      // One for each instance, in the same minute.
      const minutePasses = () => prisma.$executeRaw`
        INSERT INTO pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, heartbeat_seconds)
        SELECT 'late-notices', '{}'::jsonb, 35, 1, true, 10 FROM generate_series(1, 2)`
      for (let round = 0; round < kills; round += 1) {
        await minutePasses()
        await pause(dice.below(600))
        await two.kill(round, { replace: true })
      }
      // A family that the other instance was just counting is left to the next minute.
      const told = async () => {
        const count = await prisma.caseTerm.count({
          where: { code: 'ipss', replacedAt: null, nearToldAt: { not: null } },
        })
        if (count < families) await minutePasses()
        return count
      }
      await expect.poll(told, { timeout: 90_000, interval: 2_000 }).toBe(families)

      expect(await prisma.caseTerm.count({ where: { replacedAt: { not: null } } })).toBe(0)
      expect(await prisma.episode.count()).toBe(families)
      expect(await prisma.workAlarm.count({ where: { cause: 'deadline-near', detail: 'ipss' } })).toBe(
        families,
      )
      const heard = await prisma.webhookEvent.findMany({
        where: { type: 'deadline.approaching', data: { path: ['deadline'], equals: 'ipss' } },
        select: { familyId: true },
      })
      expect([heard.length, new Set(heard.map(({ familyId }) => familyId)).size]).toEqual([
        families,
        families,
      ])
      await expect.poll(() => makeDue(world.database, 'work-news'), { timeout: 60_000 }).toBeGreaterThan(0)
      await expect.poll(() => nina.allText(), { timeout: 60_000 }).toMatch(/Нужен ваш взгляд/)
    },
    120_000 + kills * 10_000,
  )

  test(
    'terms that rules have moved are each replaced once, however often the counting dies',
    async () => {
      const dice = createDice(seed + 1)
      const { prisma } = world.database
      const now = world.clock.now()
      const began = new Date(now.getTime() - 12 * day)
      const had = { region: 'stavropol', territory: 'leninsky', level: 'basic', stage: 'ipss' }
      const made = { ...had, appliedAt: began, createdAt: began, safetyCopied: true }
      await prisma.family.createMany({
        data: Array.from({ length: families }, () => ({ id: randomUUID(), ...made })),
      })
      const begin = (queue: string) => prisma.$executeRaw`
        INSERT INTO pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, heartbeat_seconds)
        VALUES (${queue}, '{}'::jsonb, 35, 1, true, 10)`
      const unmarked = (mark: string | null) => prisma.family.count({ where: { termsMark: mark } })
      await begin('recount-terms')
      await expect.poll(() => unmarked(null), { timeout: 90_000, interval: 250 }).toBe(0)
      const inForce = () =>
        prisma.$queryRaw`
          SELECT family_id, code, round, nth, due_on, state FROM case_terms WHERE replaced_at IS NULL
          ORDER BY family_id, code, round, nth`
      const before = (await inForce()) as unknown[]
      expect(before.length).toBeGreaterThanOrEqual(families)

      // As other rules would have counted them.
      await prisma.$executeRaw`UPDATE case_terms SET by_default = NOT by_default`
      await prisma.$executeRaw`UPDATE families SET terms_mark = '0'`
      for (let round = 0; round < kills; round += 1) {
        await begin('recount-terms')
        await begin('late-notices')
        await pause(dice.below(900))
        await two.kill(round, { replace: round < kills - 1 })
      }
      await expect.poll(() => unmarked('0'), { timeout: 90_000, interval: 250 }).toBe(0)
      expect(await inForce()).toEqual(before)
      expect(await prisma.caseTerm.count({ where: { replacedAt: { not: null } } })).toBe(before.length)
    },
    150_000 + kills * 10_000,
  )
})
