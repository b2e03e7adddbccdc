import { expect, test } from 'vitest'
import type { Chat } from '../support/chat.ts'
import { openWithFamily } from '../support/family.ts'
import { anActivity, aPlan, publish } from '../support/plan.ts'
import { openDesk } from '../support/pushes.ts'
import { makeDue } from '../support/rows.ts'
import { callsTo } from '../support/telegram-calls.ts'
import { openWorld, type World } from '../support/world.ts'

const soon = { timeout: 10_000 }
const news = /^В плане есть новое/
const flooded = { code: 429, retryAfter: 10_072 }

/** Lets time pass, for the product's clock and for the queue. */
const pass = async (world: World, seconds: number, queue: 'push' | 'staff-alert') => {
  world.clock.forward(seconds * 1000)
  await makeDue(world.database, queue)
}
const sendsTo = (world: World, { id }: Chat) => callsTo(world.telegram, id, 'sendMessage').length

test('one chat’s long flood wait delays no other family, and the chat gets its news when it is over', async () => {
  const { world, key, path, member, another } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const other = await another()
  const petr = await member('parent', 'Пётр', other)
  world.telegram.faults.failNext('sendMessage', 1, flooded, olga.id)
  await publish(key, path, aPlan([anActivity('one')]))
  await expect.poll(() => callsTo(world.telegram, olga.id).at(-1)?.error?.code, soon).toBe(429)
  const tried = sendsTo(world, olga)

  await publish(key, other, aPlan([anActivity('one')]))
  await expect.poll(() => petr.text(), soon).toMatch(news)

  await pass(world, 60, 'push')
  await olga.settle()
  expect(sendsTo(world, olga)).toBe(tried)
  await pass(world, 10_072, 'push')
  await expect.poll(() => olga.text(), soon).toMatch(news)
})

test('a wait of the whole bot is tried again after a minute, whatever it asks for', async () => {
  const { world, key, member, another } = await openWithFamily()
  const families = await Promise.all(['А', 'Б', 'В', 'Г'].map(async () => another()))
  const parents: Chat[] = []
  for (const [n, family] of families.entries()) parents.push(await member('parent', `Ольга ${n}`, family))
  world.telegram.faults.failNext('sendMessage', 3, flooded)
  for (const family of families) await publish(key, family, aPlan([anActivity('one')]))
  const refusals = () => world.telegram.calls.filter(({ error }) => error?.code === 429).length
  await expect.poll(refusals, soon).toBe(3)
  for (const parent of parents) await parent.settle()

  for (let round = 0; round < 3; round += 1) {
    await pass(world, 61, 'push')
    for (const parent of parents) await parent.settle()
  }
  for (const parent of parents) parent.sees(news)
})

test('an alert reaches the other supervisors once, although one of them is flooded', async () => {
  const world = await openWorld()
  const vera = await world.staff('Вера', ['leninsky'], 'supervisor')
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const alerts = (chat: Chat) =>
    chat.messages().filter(({ text }) => /не удалось обработать/.test(text ?? '')).length
  world.telegram.faults.failNext('sendMessage', 1, flooded, vera.id)
  await world.database.prisma.$executeRaw`
    INSERT INTO pgboss.job (name, data) VALUES ('staff-alert', '{"kind": "quarantined", "updateId": "1"}')`
  await expect.poll(() => alerts(elena), soon).toBe(1)
  await pass(world, 60, 'staff-alert')
  await pass(world, 10_072, 'staff-alert')
  await expect.poll(() => alerts(vera), soon).toBe(1)
  expect(alerts(elena)).toBe(1)
})

test('a chat that fails for good does not use up another chat’s wait, nor the other way round', async () => {
  const family = await openWithFamily({ noise: ['job.failed', 'telegram'] })
  const { world } = family
  const [olga, petr] = [await family.member('parent', 'Ольга'), await family.member('parent', 'Пётр')]
  const desk = await openDesk(family)
  const visit = await desk.visit('2026-11-30T12:00:00Z')
  for (const one of [olga, petr]) await expect.poll(() => one.text(), soon).toMatch(/30 ноября/)
  await desk.settled()
  world.telegram.faults.failNext('editMessageText', 50, { code: 500 }, olga.id)
  world.telegram.faults.failNext('editMessageText', 1, { code: 429, retryAfter: 100 }, petr.id)
  await desk.move(visit, '2026-12-01T12:00:00Z')

  const jobs = () =>
    world.database.prisma.$queryRaw<{ state: string; retries: number }[]>`
      SELECT state::text, retry_count AS retries FROM pgboss.job
      WHERE name = 'visit-card-refresh' ORDER BY state, retry_count`
  await expect.poll(jobs, soon).toEqual([
    // The one that waits is a copy that has used up no attempt; the other one has failed.
    { state: 'completed', retries: 0 },
    { state: 'created', retries: 0 },
    { state: 'retry', retries: expect.any(Number) },
  ])
  world.clock.forward(101_000)
  await makeDue(world.database, 'visit-card-refresh')
  const retold = () => callsTo(world.telegram, petr.id, 'editMessageText').at(-1)?.error
  await expect.poll(retold, soon).toBeUndefined()
})
