import { expect, test } from 'vitest'
import { adultSubmits, parentAnswers, submitAsParent } from '#test/support/intake.ts'
import { noRoom, openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

const withdraws = [
  ['/status', 'status'],
  ['Отозвать', 'withdraw'],
  ['Нет, оставить', 'status'],
  ['Отозвать', 'withdraw'],
  ['Да, отозвать', /Отозвано/],
] as const

test('a family withdraws its request before it is claimed: staff are notified, and the card changes', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', noRoom)
  const vera = await world.staff('Вера', ['leninsky'], 'intake', noRoom)
  const olga = world.person()
  const number = await submitAsParent(olga)
  for (const chat of [anna, vera]) await expect.poll(() => chat.text()).toContain(number)
  const card = anna.card()

  await olga.play(withdraws)
  expect(olga.text()).toMatch(/Сейчас: отозвано/)
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ status: 'withdrawn' })
  for (const chat of [anna, vera]) {
    await expect.poll(() => chat.allText()).toMatch(`Обращение ${number} отозвано`)
    await expect.poll(() => chat.allText()).toMatch(/Отозвано. Писать и звонить не нужно/)
  }
  const changed = anna.messages().find(({ message_id }) => message_id === card.message_id)
  expect(changed?.reply_markup).toBeUndefined()

  // An old button no longer claims it.
  expect(await anna.byHand(anna.dataOf('Взять', card), card.message_id)).toMatchObject({
    text: expect.stringMatching(/отозвано/),
  })
  await anna.play([['/queue', /Никто не ждёт/]])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({
    status: 'withdrawn',
    claimedById: null,
  })
})

test('a family withdraws its request after it was claimed: only its assignee is notified', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', noRoom)
  const vera = await world.staff('Вера', ['leninsky'], 'intake', noRoom)
  const olga = world.person()
  const number = await submitAsParent(olga)
  for (const chat of [anna, vera]) await expect.poll(() => chat.text()).toContain(number)
  await anna.tap('Взять')
  await expect.poll(() => vera.allText()).toMatch(/Взято: Анна/)

  await olga.play(withdraws)
  await expect.poll(() => anna.allText()).toMatch(`Обращение ${number} отозвано`)
  for (const chat of [anna, vera]) {
    await expect.poll(() => chat.allText()).toMatch(/Отозвано. Писать и звонить не нужно/)
  }
  expect(vera.allText()).not.toMatch(`Обращение ${number} отозвано`)
  const events = await world.database.prisma.requestEvent.findMany({ orderBy: { id: 'asc' } })
  expect(events.map(({ kind }) => kind)).toEqual(['submitted', 'claimed', 'withdrawn'])
})

test('after a withdrawal the family may ask again, with new consents and a new number', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await submitAsParent(olga)
  await olga.play([
    ...withdraws,
    ['Попросить о помощи', 'question.applicant'],
    ...parentAnswers().slice(2),
    ...adultSubmits,
  ])
  expect(olga.text()).toMatch(/Обращение 2026-000002/)
  const requests = await world.database.prisma.request.findMany({
    orderBy: { number: 'asc' },
    include: { consents: true },
  })
  expect(requests.map(({ status }) => status)).toEqual(['withdrawn', 'submitted'])
  // Each request has the consents that it was made with, and keeps them.
  for (const { consents } of requests) {
    expect(consents.map(({ kind }) => kind).sort()).toEqual([
      'data-sharing',
      'personal-data',
      'support-request',
    ])
  }
})

test('a second tap on «withdraw» from an old card is no second withdrawal', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await submitAsParent(olga)
  await olga.play([['Отозвать', 'withdraw']])
  const card = olga.card()
  const yes = olga.dataOf('Да, отозвать')
  for (let tap = 0; tap < 5; tap += 1) void world.telegram.tap(olga.id, card.message_id, yes)
  await olga.settle()
  olga.sees(/Отозвано|отозвано/)
  expect(await world.database.prisma.requestEvent.count({ where: { kind: 'withdrawn' } })).toBe(1)
})
