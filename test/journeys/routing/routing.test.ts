import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { minorAnswers, minorSubmits, parentAnswers, submitAsParent } from '#test/support/intake.ts'
import { soon } from '#test/support/office.ts'
import { jobStates, makeDue } from '#test/support/rows.ts'
import { noRoom, openWorld, type World } from '#test/support/world.ts'
import { storedAccount } from '#test/support/accounts.ts'

// Who gets the card of a new request, and how the reason is shown.
const tuesday = '2026-11-24T09:00:00Z'

const cardOf = (chat: Chat, number: string) => expect.poll(() => chat.allText(), soon).toContain(number)
const latest = async ({ database }: World) =>
  database.prisma.routingDecision.findFirstOrThrow({ orderBy: { id: 'desc' } })

test('the next request goes to the one with fewer; the other sees it in the queue, and may claim it', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'])
  const first = await submitAsParent(world.person())
  await cardOf(anna, first)
  expect(anna.text()).toMatch(/Ждёт специалиста\.\n→ Анна: нагрузка равная, выбор по списку/)

  const second = await submitAsParent(world.person())
  await cardOf(vera, second)
  expect(vera.text()).toMatch(/→ Вера: меньше открытых дел: 0/)
  const members = await world.database.prisma.staffMember.findMany({ orderBy: { id: 'asc' } })
  expect(await latest(world)).toMatchObject({
    trigger: 'submitted',
    staffId: members[1]?.id,
    reason: { by: 'more-open', figure: 0, others: [{ id: members[0]?.id, why: 'more-open', figure: 1 }] },
  })
  expect(anna.allText()).not.toContain(second)
  expect(vera.allText()).not.toContain(first)

  await anna.play([
    ['/queue', new RegExp(`${second} ·.*\n→ Вера: меньше открытых дел`)],
    [second, 'case'],
  ])
  // Whoever it was not given to may take it, and has nothing to pass on.
  expect(anna.buttons(anna.card()).map(({ text }) => text)).not.toContain('Передать')
  const { id } = await world.database.prisma.request.findFirstOrThrow({ where: { number: second } })
  await anna.byHand(`-.pass.${id}`)
  expect(anna.allText()).not.toMatch(/Почему передаёте/)
  await anna.play([
    ['/queue', 'queue'],
    [second, 'case'],
    ['Взять', /Взято вами/],
  ])
  await expect.poll(() => vera.allText()).toMatch(/Взято: Анна/)
})

test('full specialists get nothing; if all are full, all specialists and supervisors are notified', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', { capacity: 1 })
  const vera = await world.staff('Вера', ['leninsky'], 'intake', { capacity: 1 })
  const boris = await world.staff('Борис', ['oktyabrsky'], 'intake')
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  await cardOf(anna, await submitAsParent(world.person()))
  await cardOf(vera, await submitAsParent(world.person()))
  const third = await submitAsParent(world.person())
  for (const chat of [anna, vera, boris, nina]) {
    await cardOf(chat, third)
    expect(chat.text()).toMatch(/→ всем: сейчас некому направить/)
  }
  expect(await latest(world)).toMatchObject({ staffId: null, reason: { by: 'nobody' } })
  // Somebody of another territory helps out; their colleague of a third one still sees what became of it.
  await boris.play([
    ['Ответы', 'case.details'],
    ['‹ К карточке', 'case'],
    ['Взять', /Взято вами/],
  ])
  for (const chat of [anna, vera, nina]) await expect.poll(() => chat.allText()).toMatch(/Взято: Борис/)
})

test('once it is assigned, those who only helped out see the card, but not its content', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', noRoom)
  const boris = await world.staff('Борис', ['oktyabrsky'])
  const number = await submitAsParent(world.person())
  for (const chat of [anna, boris]) await cardOf(chat, number)
  const details = boris.dataOf('Ответы')
  const card = boris.card()
  await anna.tap('Взять')
  const now = () => boris.messages().find(({ message_id }) => message_id === card.message_id)
  await expect.poll(() => now()?.text).toMatch(/Взято: Анна/)
  expect(now()?.reply_markup).toBeUndefined()
  await boris.byHand(details, card.message_id)
  expect(boris.allText()).not.toMatch(/: ответы/)
})

test('a family gets a specialist who speaks its language', async () => {
  const world = await openWorld({ at: tuesday })
  await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'], 'intake', { languages: ['ru', 'en'] })
  const olga = world.person()
  await olga.play(parentAnswers())
  await world.database.prisma.person.updateMany({
    where: { account: storedAccount(olga) },
    data: { language: 'en' },
  })
  await olga.play([['Отправить', /./]])
  await expect.poll(() => vera.text()).toMatch(/→ Вера: говорит на языке семьи/)
})

test('a minor gets a specialist trained for minors', async () => {
  const world = await openWorld({ at: tuesday })
  await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'], 'intake', { minorsTrained: true })
  const dasha = world.person()
  await dasha.play([...minorAnswers('Да, можно'), ...minorSubmits])
  await expect.poll(() => vera.text()).toMatch(/→ Вера: есть подготовка для работы с детьми/)
})

/** Nobody works at night. */
const office = { tue: ['09:00', '18:00'] as [string, string], wed: ['09:00', '18:00'] as [string, string] }

test('an ordinary card waits for duty hours', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', { dutyHours: office })
  const number = await submitAsParent(world.person())
  expect(await jobStates(world.database, 'staff-card')).toEqual(['created'])
  const [job] = await world.database.prisma.$queryRaw<{ hours: number }[]>`
    SELECT extract(epoch FROM start_after - created_on)::float / 3600 AS hours
    FROM pgboss.job WHERE name = 'staff-card'`
  // From 22:00 to 09:00 in Moscow, the second of the submission aside.
  expect(job?.hours).toBeGreaterThan(10.9)
  expect(job?.hours).toBeLessThanOrEqual(11)
  expect(anna.allText()).not.toContain(number)
  await makeDue(world.database, 'staff-card')
  await cardOf(anna, number)
})

test('an urgent card does not wait, and goes to those on duty', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake', { dutyHours: office })
  const vera = await world.staff('Вера', ['leninsky'])
  const first = await submitAsParent(world.person(), 'Да, сейчас')
  await cardOf(vera, first)
  expect(vera.text()).toMatch(/→ Вера: сейчас на работе/)
  await world.database.prisma.staffMember.updateMany({ where: { name: 'Вера' }, data: noRoom })
  const second = await submitAsParent(world.person(), 'Да, сейчас')
  await cardOf(anna, second)
})

test('unassigned requests go to new staff within their capacity', async () => {
  const world = await openWorld({ at: tuesday })
  const numbers = [await submitAsParent(world.person()), await submitAsParent(world.person(), 'Да, сейчас')]
  const anna = await world.staff('Анна', ['leninsky'], 'intake', { capacity: 1 })
  await cardOf(anna, numbers[1] ?? '')
  expect(await latest(world)).toMatchObject({ trigger: 'returned', reason: { by: 'only' } })
  expect(anna.allText()).not.toContain(numbers[0])
  // The urgent one took the room; the other waits for anybody, and is in the queue.
  await anna.play([['/queue', new RegExp(numbers[0] ?? '')]])
})

test('concurrent requests are spread evenly', async () => {
  const world = await openWorld({ at: tuesday })
  for (const name of ['Анна', 'Вера', 'Борис']) await world.staff(name, ['leninsky'])
  const people = Array.from({ length: 6 }, () => world.person())
  for (const chat of people) await chat.play(parentAnswers())
  await Promise.all(people.map((chat) => chat.tap('Отправить')))
  const shares = await world.database.prisma.request.groupBy({ by: ['assignedToId'], _count: true })
  expect(shares.map(({ _count }) => _count)).toEqual([2, 2, 2])
})

test('a supervisor reads why each of the others does not have it; of a complaint nobody else does', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const night = { tue: ['20:00', '23:00'] as [string, string] }
  await world.staff('Вера', ['leninsky'], 'intake', { dutyHours: night })
  await world.staff('Борис', ['oktyabrsky'])
  await world.staff('Глеб', ['oktyabrsky'])
  await world.staff('Зоя', ['leninsky'])
  const { prisma } = world.database
  const zoya = await prisma.staffMember.findFirstOrThrow({ where: { name: 'Зоя' } })
  await prisma.staffAbsence.create({
    data: {
      staffId: zoya.id,
      from: new Date('2026-11-23T09:00:00Z'),
      until: new Date('2026-11-30T09:00:00Z'),
    },
  })
  await prisma.staffMember.create({
    data: { name: 'Олег', role: 'intake', territories: ['leninsky'], active: true },
  })
  const olga = world.person()
  const number = await submitAsParent(olga)
  await cardOf(anna, number)
  const { id } = await prisma.request.findFirstOrThrow()
  await nina.byHand(`-.card.${id}`)
  const lines = nina.text().split('\n')
  for (const line of [
    'Почему не другие:',
    '– Борис, Глеб: другая территория',
    '– Зоя: сейчас отсутствует',
    '– Вера: сейчас не на работе',
    '– Олег: ещё не в боте',
  ])
    expect(lines).toContain(line)
  expect(anna.allText()).not.toMatch(/Почему не другие/)
  await olga.play([
    ['/status', 'status'],
    [{ words: 'не доверяю Анне, она рассказала мужу' }, /Анна этого не видит/],
  ])
  await nina.byHand(`-.card.${id}`)
  expect(nina.text()).toMatch(/– Анна: есть жалоба, поэтому не видит/)
  await anna.byHand(`-.card.${id}`)
  expect(anna.allText()).not.toMatch(/жалоб/)
})
