import { describe, expect, test } from 'vitest'
import { long } from '../support/effort.ts'
import type { Instance } from '../support/instances.ts'
import { holdRequest, waitingForLocks } from '../support/locks.ts'
import { onServer, openOutside, type Outside } from '../support/outside.ts'
import { beginTogether } from '../support/together.ts'

/** Kills the process while it waits in the middle of a transaction, and starts another one. */
const killedAmid = async (
  world: Outside,
  { instance, requestId, act }: { instance: Instance; requestId: string; act: () => void },
): Promise<Instance> => {
  const lock = await holdRequest(world.database, requestId)
  act()
  await expect.poll(() => waitingForLocks(world.database), { timeout: 30_000 }).toBeGreaterThan(0)
  await instance.kill()
  await lock.release()
  await expect.poll(() => waitingForLocks(world.database), { timeout: 30_000 }).toBe(0)
  return world.start()
}

/** That a dead process's update comes again by polling as well, `kill.test.ts` shows in the check. */
const modes = long ? (['webhook', 'polling'] as const) : (['webhook'] as const)

describe.runIf(onServer)('asking together', () => {
  test.each(modes)(
    '(%s) kill -9 amid the answer and amid the confirmation: nothing is half done, and each is done once after the start',
    async (mode) => {
      const world = await openOutside({ mode })
      let instance = await world.start()
      world.board.route = () => (instance.alive() ? instance.port : null)
      await world.staff('Анна', ['leninsky'])
      const { starter, requestId, of, payload } = await beginTogether(world, 'teenager')
      const { prisma } = world.database
      const row = () => prisma.together.findFirstOrThrow()
      const joint = () => prisma.consent.count({ where: { how: 'joint' } })

      const joiner = world.person(of.joiner)
      await joiner.start(payload)
      await joiner.tap('Дальше')
      for (const label of of.agrees) await joiner.tap(label)
      const persons = await prisma.person.count()
      instance = await killedAmid(world, {
        ...{ instance, requestId },
        act: () => world.telegram.sendText(joiner.id, of.joiner.firstName),
      })
      await expect.poll(async () => (await row()).status, { timeout: 60_000 }).toBe('answered')
      expect(await prisma.person.count()).toBe(persons + 1)
      // Of what they agreed to, only the consent to know them stands yet.
      const { joinerId } = await row()
      expect(await prisma.consent.count({ where: { personId: joinerId ?? '' } })).toBe(1)
      expect(await joint()).toBe(0)
      await expect.poll(() => joiner.allText(), { timeout: 30_000 }).toMatch(/Ответ отправлен/)

      const { revision } = await row()
      await expect.poll(() => starter.text(), { timeout: 30_000 }).toMatch(/новое сообщение/)
      await starter.tap('Посмотреть')
      const { message_id: card } = starter.card()
      const yes = starter.dataOf('Да, это тот человек')
      instance = await killedAmid(world, {
        ...{ instance, requestId },
        act: () => world.telegram.tap(starter.id, card, yes),
      })
      await expect.poll(async () => (await row()).status, { timeout: 60_000 }).toBe('joined')
      expect((await row()).revision).toBe(revision + 1)
      expect(await joint()).toBe(1)
      await expect.poll(() => starter.allText(), { timeout: 30_000 }).toMatch(/Вы просите вместе/)
      expect(await prisma.failedUpdate.count()).toBe(0)
    },
    240_000,
  )
})
