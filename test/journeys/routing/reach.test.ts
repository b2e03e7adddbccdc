import { expect, test } from 'vitest'
import { minorAnswers, submitAsParent } from '#test/support/intake.ts'
import { expectJobsDone } from '#test/support/invariants.ts'
import { openOffice, soon } from '#test/support/office.ts'
import { openWorld, type World } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

const latestReason = async ({ database }: World) =>
  (await database.prisma.routingDecision.findFirstOrThrow({ orderBy: { id: 'desc' } })).reason

test('a request from before any staff joined is shown to the first who joins', async () => {
  const world = await openWorld({ at: tuesday })
  const number = await submitAsParent(world.person())
  const anna = await world.staff('Анна', ['leninsky'])
  await expect.poll(() => anna.text()).toMatch(`Заявление ${number}`)
})

test('the only specialist of a territory cannot pass a request on, and learns why', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toMatch(number)
  await anna.tap('Взять')
  const answer = await anna.tap('Передать')
  expect(answer).toMatchObject({ text: expect.stringMatching(/Передать некому/) })
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ status: 'claimed' })
})

test('a supervisor sees the requests of their territories and no others', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const far = await world.staff('Пётр', ['shpakovsky'], 'supervisor')
  const near = await world.staff('Нина', ['leninsky'], 'supervisor')
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toMatch(number)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await far.byHand(`-.details.${id}`)
  expect(far.allText()).not.toMatch(number)
  await near.play([['/queue', new RegExp(number)]])
})

test('when a specialist has blocked the bot, the supervisors are told that a request waits', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  world.telegram.block(anna.id)
  await submitAsParent(world.person())
  await expect.poll(() => nina.allText()).toMatch(/не дошло: Анна не получает сообщений/)
})

const assignee = ({ database }: World, number: string) =>
  database.prisma.request.findUniqueOrThrow({ where: { number }, include: { assignedTo: true } })

test('staff who blocked the bot are skipped until they return, and all others get their turn', async () => {
  const world = await openWorld({ at: tuesday })
  const office = await openOffice(world)
  const anna = await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  world.telegram.block(anna.id)
  const number = await submitAsParent(world.person(), 'Да, сейчас')
  const holder = async () => (await assignee(world, number)).assignedTo?.name
  await expect.poll(() => vera.allText(), soon).toContain(number)
  expect(await holder()).toBe('Вера')
  const { id: staffId } = await office.member('Анна')
  // Twice round: Vera has it every time, and a new card of it; nobody waits for Anna.
  for (let step = 1; step <= 2; step += 1) {
    const before = vera.card().message_id
    await office.later(15, 'escalation')
    await expect.poll(() => vera.card().message_id, soon).toBeGreaterThan(before)
    expect(await holder()).toBe('Вера')
    expect(await latestReason(world)).toMatchObject({ others: [{ id: staffId, why: 'unreachable' }] })
  }
  const second = await submitAsParent(world.person())
  expect((await assignee(world, second)).assignedTo?.name).toBe('Вера')
  // One alert, however many cards.
  expect(nina.allText().match(/Анна не получает сообщений/g)).toHaveLength(1)

  world.telegram.unblock(anna.id)
  await anna.play([['/queue', new RegExp(number)]])
  expect(await office.member('Анна')).toMatchObject({ unreachableSince: null })
  const third = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(third)
})

test('staff who return get unassigned requests', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  world.telegram.block(anna.id)
  const number = await submitAsParent(world.person())
  await expect.poll(() => nina.allText(), soon).toMatch(/→ всем/)
  expect((await assignee(world, number)).assignedToId).toBeNull()
  // The next one is not even tried: the supervisor has its card at once.
  const second = await submitAsParent(world.person())
  await expect.poll(() => nina.allText(), soon).toContain(second)
  world.telegram.unblock(anna.id)
  await anna.say('/menu')
  await expect.poll(() => anna.allText(), soon).toContain(number)
  await expect.poll(async () => (await assignee(world, second)).assignedTo?.name, soon).toBe('Анна')
})

test('a supervisor who blocked the bot causes no alert if nothing has moved', async () => {
  const world = await openWorld({ at: tuesday })
  const lena = await world.staff('Елена', ['leninsky'], 'supervisor')
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  world.telegram.block(lena.id)
  const number = await submitAsParent(world.person())
  await expect.poll(() => nina.allText(), soon).toContain(number)
  await expectJobsDone(world.database)
  expect(nina.allText()).not.toMatch(/заблокирован/)
})

test('a family’s message is not lost if the assignee has blocked the bot: another one gets the request', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text(), soon).toMatch(number)
  await anna.tap('Взять')
  await expect.poll(() => olga.text(), soon).toMatch(/новое сообщение/)
  const vera = await world.staff('Вера', ['leninsky'])
  world.telegram.block(anna.id)
  await olga.play([
    ['/status', 'status'],
    ['Дописать', 'note'],
    [{ words: 'Он пришёл снова.' }, /./],
  ])
  await expect
    .poll(() => nina.allText(), soon)
    .toMatch(new RegExp(`К обращению ${number} дописали, но Анна не получает`))
  await expect.poll(() => vera.text(), soon).toMatch(/Дописано: 1 раз/)
  expect(await assignee(world, number)).toMatchObject({ status: 'submitted', assignedTo: { name: 'Вера' } })
  await expect.poll(() => olga.allText().match(/новое сообщение/g)?.length, soon).toBe(2)
})

test('a withdrawal that does not reach the assignee is reported to a supervisor', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text(), soon).toMatch(number)
  await anna.tap('Взять')
  await expect.poll(() => olga.text(), soon).toMatch(/новое сообщение/)
  world.telegram.block(anna.id)
  await olga.play([
    ['/status', 'status'],
    ['Отозвать', 'withdraw'],
    ['Да, отозвать', /Отозвано/],
  ])
  await expect.poll(() => nina.allText(), soon).toMatch(new RegExp(`${number} отозвано семьёй, но Анна`))
  expect(await assignee(world, number)).toMatchObject({ status: 'withdrawn' })
})

test('a missed deadline is no longer promised', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await submitAsParent(olga)
  world.clock.set('2026-12-20T09:00:00Z')
  await olga.play([['/status', /решение обещали до вторника, 1 декабря, его ещё нет\. Это наша задержка/]])
  expect(olga.text()).not.toMatch(/Дальше/)
})

test('a wrong date of birth at the summary deletes nothing', async () => {
  const world = await openWorld({ at: tuesday })
  const dasha = world.person()
  await dasha.play([
    ...minorAnswers('Нет, это небезопасно'),
    ['Изменить ответ', 'change'],
    ['Дата рождения', 'question.birthDate'],
    [{ words: '12.03.2021' }, /Дата верная/],
    ['Исправить дату', 'question.birthDate'],
    [{ words: '12.03.2012' }, 'summary'],
  ])
})

test('a story that a specialist has read is removed from the chat', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toMatch(number)
  await anna.play([
    ['Ответы', 'case.details'],
    ['Своими словами', /не выходит из комнаты/],
  ])
  expect(anna.card()).toMatchObject({ has_protected_content: true })
  await anna.play([['Меню', 'home']])
  expect(anna.allText()).not.toMatch(/не выходит из комнаты/)
})
