import { describe, expect, test } from 'vitest'
import type { Chat } from '../support/chat.ts'
import { openWithFamily } from '../support/family.ts'
import { parentAnswers, submitAsParent, upTo } from '../support/intake.ts'
import { anActivity, aPlan, publish } from '../support/plan.ts'
import { callsTo } from '../support/telegram-calls.ts'
import { openWorld, type World } from '../support/world.ts'

const untilTerritory = upTo(parentAnswers(), 'question.territory')

const drawnAgain = { timeout: 30_000 }
const jobs = (world: World, name: string, state: string) =>
  world.database.prisma.$queryRaw<
    unknown[]
  >`SELECT id FROM pgboss.job WHERE name = ${name} AND state::text = ${state}`
/** What is not done although it is due: that somebody else reads is told a minute after a receipt. */
const settledJobs = (world: World) =>
  world.database.prisma.$queryRaw<unknown[]>`
    SELECT id FROM pgboss.job WHERE name IN ('staff-card', 'family-notice') AND state::text <> 'completed'
      AND start_after <= now()`
const numbersShown = (chat: Chat) => chat.allText().match(/\d{4}-\d{6}/g) ?? []

describe('Telegram responds with a rate limit', () => {
  test.each(['editMessageText', 'sendMessage'] as const)(
    '(429 on %s): the answer is saved, the webhook does not wait, the screen is drawn later',
    async (method) => {
      const world = await openWorld({ mode: 'webhook' })
      const olga = world.person()
      await olga.play(untilTerritory)
      if (method === 'sendMessage') await olga.play([['/menu', 'home']])
      world.telegram.faults.failNext(method, 1, { code: 429, retryAfter: 2 })
      const begun = world.telegram.calls.length
      if (method === 'editMessageText') await olga.tap('Ставрополь, Ленинский район')
      else await olga.say('/help')
      // The update is complete although its card is not drawn yet, and the call was not retried.
      expect(world.telegram.calls.slice(begun).filter((call) => call.method === method)).toHaveLength(1)
      olga.sees(method === 'editMessageText' ? 'question.territory' : 'home')
      expect(await jobs(world, 'draw-screen', 'created')).toHaveLength(1)

      const wanted = method === 'editMessageText' ? 'question.circumstances' : 'help'
      await expect.poll(() => seen(olga, wanted), drawnAgain).toBe(true)
    },
  )

  test('(429 on a specialist’s card): the card is sent later, once', async () => {
    const world = await openWorld()
    const anna = await world.staff('Анна', ['leninsky'])
    const olga = world.person()
    await olga.play(parentAnswers())
    // The family's card is an edit, so the next message sent is the specialist's.
    world.telegram.faults.failNext('sendMessage', 2, { code: 429, retryAfter: 1 })
    await olga.tap('Отправить')
    olga.sees('status')
    await expect.poll(() => numbersShown(anna), drawnAgain).toEqual(numbersShown(olga))
  })
})

const seen = (chat: Chat, screen: string): boolean => {
  try {
    chat.sees(screen)
    return true
  } catch {
    return false
  }
}

describe('Telegram fails', () => {
  test.each([
    ['500', { code: 500 }],
    ['502', { code: 502 }],
    ['a broken connection', { code: 0 }],
  ])('(%s) the answer is saved and the screen is drawn later', async (_, failure) => {
    const world = await openWorld()
    const olga = world.person()
    await olga.play(untilTerritory)
    world.telegram.faults.failNext('editMessageText', 1, failure)
    await olga.tap('Ставрополь, Ленинский район')
    await expect.poll(() => seen(olga, 'question.circumstances'), drawnAgain).toBe(true)
    // The redrawn card is the live one and accepts the next answer.
    await olga.play([['Ребёнку трудно среди людей', /Отмечено: Ребёнку трудно среди людей/]])
  })

  test.each([
    ['500', { code: 500, afterApplying: true }],
    ['a broken connection', { code: 0, afterApplying: true }],
  ])('(%s, after carrying out the call) one request, one number', async (_, failure) => {
    const world = await openWorld({ noise: ['job.failed'] })
    const anna = await world.staff('Анна', ['leninsky'])
    const olga = world.person()
    await olga.play(parentAnswers())
    world.telegram.faults.failNext('editMessageText', 1, failure)
    world.telegram.faults.failNext('sendMessage', 1, failure)
    await olga.tap('Отправить')
    await expect.poll(() => new Set(numbersShown(olga)).size, drawnAgain).toBe(1)
    await expect.poll(() => new Set(numbersShown(anna)), drawnAgain).toEqual(new Set(numbersShown(olga)))
    await expect.poll(() => settledJobs(world), drawnAgain).toEqual([])
    expect(await world.database.prisma.request.count()).toBe(1)
    // Of two cards that show it, the newest one works.
    await anna.tap('Взять')
    anna.sees(/Взято вами/)
  })

  test('(down for a while) no input is lost', async () => {
    const world = await openWorld({ noise: ['polling.failed'] })
    const olga = world.person()
    await olga.play(upTo(parentAnswers(), 'question.children'))
    world.telegram.faults.down = true
    world.telegram.sendText(olga.id, '2014, 2018')
    expect(seen(olga, 'question.children')).toBe(true)
    world.telegram.faults.down = false
    await olga.settle()
    await expect.poll(() => seen(olga, 'question.safeContact'), drawnAgain).toBe(true)
  })
})

describe('a user blocks the bot', () => {
  test('a specialist: the job ends, another one gets the card, and nothing loops', async () => {
    const world = await openWorld()
    const anna = await world.staff('Анна', ['leninsky'])
    const boris = await world.staff('Борис', ['leninsky'])
    world.telegram.block(anna.id)
    const number = await submitAsParent(world.person())
    await expect.poll(() => boris.allText()).toContain(number)
    await expect.poll(() => settledJobs(world), drawnAgain).toEqual([])
    expect(
      callsTo(world.telegram, anna.id, 'sendMessage').filter(({ error }) => error?.code === 403),
    ).toHaveLength(1)
    await boris.tap('Взять')
    boris.sees(/Взято вами/)
  })

  test('the family: the notice ends, the specialist continues, and the family finds the answer on return', async () => {
    const world = await openWorld()
    const anna = await world.staff('Анна', ['leninsky'])
    const olga = world.person()
    const number = await submitAsParent(olga)
    await expect.poll(() => anna.allText()).toContain(number)
    world.telegram.block(olga.id)
    await anna.tap('Взять')
    await expect.poll(() => settledJobs(world), drawnAgain).toEqual([])
    expect(callsTo(world.telegram, olga.id).filter(({ error }) => error?.code === 403)).toHaveLength(1)
    world.telegram.unblock(olga.id)
    await olga.play([['/status', /занимается Анна/]])
  })
})

test('the emergency numbers are shown although Telegram rejects the card', async () => {
  const world = await openWorld()
  const olga = world.person()
  await olga.play(untilTerritory)
  world.telegram.faults.failNext('editMessageText', 1, { code: 429, retryAfter: 30 })
  expect(await olga.tap('Срочная помощь')).toMatchObject({ text: expect.stringContaining('112') })
})

test('a plan is shown without a rejected picture, a failed file is reported, and messages too old to delete are overwritten', async () => {
  const { world, key, path, curatorId, member, curator } = await openWithFamily({
    noise: ['picture.not-sent', 'telegram'],
  })
  const olga = await member('parent', 'Ольга')
  await publish(key, path, aPlan([anActivity('one')]))
  await expect.poll(() => olga.text()).toMatch(/^В плане есть новое/)
  const refused = { code: 400, description: 'Bad Request: IMAGE_PROCESS_FAILED' }
  world.telegram.faults.failNext('sendPhoto', 1, refused)
  await olga.play([['/plan', 'plan']])
  expect(olga.card().photo).toBeUndefined()
  await olga.play([
    ['/menu', 'home'],
    ['/plan', 'plan'],
  ])
  expect(olga.card().photo).toBeDefined()

  const visit = { staffId: curatorId, startsAt: '2026-12-03T12:00:00Z', minutes: 60, purpose: 'regular' }
  const made = await key.post(`${path}/visits`, { ...visit, audience: 'family' })
  await expect.poll(() => olga.text()).toMatch(/^Новая встреча/)
  await olga.byHand(`-.visit-ics.${(made.body as { id: string }).id}`)
  world.telegram.faults.failNext('sendDocument', 1, { code: 500 })
  await olga.tap('Только время')
  await expect.poll(() => olga.text()).toMatch(/^Не получилось отправить\. Попробуйте ещё раз\.\n/)
  await olga.play([['Только время', /^Файл – выше/]])

  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Можно перенести встречу?' }, /Отправлено/],
  ])
  await expect.poll(() => curator.text()).toMatch(/новое сообщение/)
  await curator.play([['Открыть', /перенести/]])
  world.clock.forward(49 * 3_600_000)
  await curator.play([['/menu', 'home']])
  expect(curator.allText()).not.toContain('перенести')
  expect(curator.messages().map(({ text }) => text)).toContain('…')
})
