import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createDice } from '#test/support/dice.ts'
import { effort, seedFrom } from '#test/support/effort.ts'
import { sealVisitContent, sealDoorCode } from '#features/visits/visit-content.ts'
import { scheduleReminders } from '#features/visits/reminder-times.ts'
import { insertFamily } from '#storage/families/families.ts'
import { insertMember } from '#storage/families/family-members.ts'
import { createPerson } from '#storage/people.ts'
import { setQuietHours } from '#storage/pushes/push-settings.ts'
import { insertVisit } from '#storage/visits/visits.ts'
import { missHeartbeatsSoon } from '../support/dead-jobs.ts'
import { onServer, openOutside, sealer } from '../support/outside.ts'
import { staffIdByName } from '../support/pushes.ts'
import { startTwo } from '../support/two-instances.ts'

/** How many families are reminded at once, and how often an instance dies meanwhile. */
const families = effort('FAMILIES', { check: 30, full: 60 })
const kills = effort('KILLS', { check: 1, full: 4 })
const seed = seedFrom('KILLS_SEED')

describe.runIf(onServer)(
  'a wave of reminders at two instances, of which one after the other is killed',
  () => {
    test(`is recorded as sent once for each of them, and reaches everybody (seed ${seed})`, async () => {
      const dice = createDice(seed)
      const world = await openOutside({ mode: 'webhook' })
      await missHeartbeatsSoon(world.database)
      const { database } = world
      const { prisma } = database
      const two = await startTwo(world)
      await world.staff('Ирина', ['leninsky'])
      const staffId = await staffIdByName(database, 'Ирина')

      const now = world.clock.now()
      const people = Array.from({ length: families }, () => world.person())
      for (const chat of people) {
        // Whoever has opened the bot may be written to; of nobody anything is kept before that.
        await chat.start()
        await database.transaction(async (tx) => {
          const person = await createPerson(tx, sealer, {
            account: `telegram:${chat.id}`,
            language: 'ru',
            address: 'adult',
          })
          await setQuietHours(tx, person.id, { from: '00:00', until: '00:00' })
          const family = await insertFamily(tx, {
            region: 'stavropol',
            territory: 'leninsky',
            requestId: null,
            curatorId: staffId,
            level: 'basic',
            stage: 'activities',
            appliedAt: now,
            createdAt: now,
          })
          const memberId = randomUUID()
          await insertMember(tx, {
            id: memberId,
            familyId: family.id,
            role: 'parent',
            name: sealer.seal('Ольга', `family_members.name.${memberId}`),
            addedAt: now,
            personId: person.id,
            joinedAt: now,
          })
          const id = randomUUID()
          const startsAt = new Date(now.getTime() + 3 * 60 * 60_000)
          const visit = await insertVisit(tx, {
            id,
            familyId: family.id,
            staffId,
            startsAt,
            endsAt: new Date(startsAt.getTime() + 60 * 60_000),
            purpose: 'regular',
            audience: 'family',
            memberIds: [],
            content: sealVisitContent(sealer, id, { place: null, note: null }),
            doorCode: sealDoorCode(sealer, { id, version: 0 }, '1234'),
            seriesId: null,
            createdAt: now,
          })
          await scheduleReminders(tx, visit, now)
        })
      }
      // The moment of all of them comes at once, and both instances look: twice, as after a heartbeat that was missed.
      await prisma.visitReminder.updateMany({ data: { dueAt: new Date(now.getTime() - 1000) } })
      const look = () => prisma.$executeRaw`
      INSERT INTO pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, heartbeat_seconds)
      SELECT 'visit-reminders', '{}', 35, 1, true, 10 FROM generate_series(1, 2)`
      await look()
      for (let kill = 0; kill < kills; kill += 1) {
        await pause(dice.below(900))
        await two.kill(kill, { replace: kill < kills - 1 })
        await look()
      }

      const sent = () => prisma.push.count({ where: { status: 'sent' } })
      await expect.poll(sent, { timeout: 90_000, interval: 250 }).toBe(families)
      expect(await prisma.push.count()).toBe(families)
      expect(await prisma.visitReminder.count({ where: { dispatchedAt: null } })).toBe(0)
      for (const chat of people) expect(chat.allText()).toMatch(/Напоминание: .* – встреча/)
      // What a killed sender had sent and not recorded comes once more: to nobody more often than one has died.
      const times = people.map((chat) => (chat.allText().match(/Напоминание/g) ?? []).length)
      expect(Math.max(...times)).toBeLessThanOrEqual(1 + kills)
    }, 240_000)
  },
)
