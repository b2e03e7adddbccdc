import { describe, expect, test } from 'vitest'
import { storedAccount } from '#test/support/accounts.ts'
import { keyOf } from '#test/support/api.ts'
import { rowsOf } from '#test/support/rows.ts'
import {
  answers,
  type Direction,
  directions,
  minutePasses,
  news,
  openTogether,
  payloadIn,
  pushed,
} from '#test/support/together.ts'

const names = Object.keys(directions) as Direction[]
const day = 24 * 60 * 60 * 1000

describe.each(names)('a %s asks, and the other joins', (from) => {
  test('by the link, from an own account; both see it, and so do staff', async () => {
    const { world, anna, starter, of, payload, number, requestId } = await openTogether(from)
    const joiner = world.person(of.joiner)
    await starter.play([['/status', /./]])
    expect(starter.buttons(starter.card()).map(({ text }) => text)).toContain('Вместе: ждём ответа')

    await joiner.start(payload)
    joiner.sees(of.asked)
    joiner.sees(/до вторника, 8 декабря|8 декабря/)
    // Not a word of the other's answers.
    expect(joiner.allText()).not.toMatch(/не выходит из комнаты|трудно среди людей|2026-0/)
    await joiner.tap('Дальше')
    for (const label of of.agrees) await joiner.tap(label)
    joiner.sees(/Как (вас|тебя) назвать/)
    expect(await world.database.prisma.person.count({ where: { account: storedAccount(joiner) } })).toBe(0)
    await joiner.say(of.joiner.firstName)
    joiner.sees(/Ответ отправлен[\s\S]*8 декабря/)

    await pushed(world)
    expect(news(starter)).toBe(1)
    expect(starter.allText().match(new RegExp(of.joiner.firstName, 'g'))).toBeNull()
    await starter.tap('Посмотреть')
    starter.sees(new RegExp(`назвался так: ${of.joiner.firstName}`))
    await anna.byHand(`-.card.${requestId}`)
    expect(anna.text()).toContain('Вместе: ответили, ждём подтверждения')
    await anna.byHand(`-.contact.${requestId}`)
    expect(anna.allText()).not.toContain(of.joiner.firstName)
    await starter.play([
      ['Да, это тот человек', new RegExp(`Вы просите вместе[\\s\\S]*${of.joiner.firstName}`)],
    ])
    await pushed(world)
    await joiner.tap('Посмотреть')
    joiner.sees(new RegExp(`Вы просите вместе[\\s\\S]*${of.starter.firstName}[\\s\\S]*${number}`))

    await anna.byHand(`-.card.${requestId}`)
    expect(anna.text()).toMatch(/Вместе: присоединились 24 ноября/)
    expect(anna.text()).not.toContain(of.joiner.firstName)
    // How they are called is a part of the contact, which is audited.
    await anna.byHand(`-.contact.${requestId}`)
    expect(anna.allText()).toContain(`Вместе просит: ${of.joiner.firstName}. Имя дано в боте и не проверено`)
    const key = await keyOf(world)
    expect((await key.get(`/requests/${requestId}`)).body).toMatchObject({
      together: { status: 'joined', agreed: from === 'teenager' },
    })
    const consents = await world.database.prisma.consent.findMany({
      where: { person: { account: storedAccount(joiner) } },
      orderBy: { kind: 'asc' },
    })
    expect(consents.map(({ kind, how, requestId: of }) => ({ kind, how, of }))).toEqual(
      from === 'teenager'
        ? [
            { kind: 'personal-data', how: 'tap', of: null },
            { kind: 'support-request', how: 'joint', of: requestId },
          ]
        : [
            { kind: 'minor-agreement', how: 'joint', of: requestId },
            { kind: 'personal-data', how: 'tap', of: null },
          ],
    )
    // Their own pages say how it was given, and the receipt does.
    await joiner.play([
      ['/mydata', 'my-data'],
      ['Мои согласия', /./],
    ])
    await joiner.byHand(`-.my-consent.${consents.find(({ how }) => how === 'joint')?.id}`)
    joiner.sees(/Дано вместе, родителем и подростком/)
  })

  test('or says no, without a reason; nothing is kept of them', async () => {
    const { world, anna, starter, of, payload, requestId } = await openTogether(from)
    const before = await rowsOf(world.database)
    const joiner = world.person(of.joiner)
    await joiner.start(payload)
    await joiner.play([['Отказаться', /причину никто не спросит/]])
    const after = await rowsOf(world.database)
    expect({ ...after, processed_updates: 0, pushes: 0 }).toEqual({
      ...before,
      processed_updates: 0,
      pushes: 0,
    })
    await pushed(world)
    // A parent is not woken by a child's «no».
    expect(news(starter)).toBe(from === 'teenager' ? 1 : 0)
    await starter.play([['/status', /./]])
    const { id } = await world.database.prisma.together.findFirstOrThrow()
    await starter.byHand(`-.together.${id}`)
    starter.sees(/По ссылке отказались/)
    await anna.byHand(`-.card.${requestId}`)
    expect(anna.text()).toMatch(/Вместе: отказ, 24 ноября/)
  })

  test('or nobody does: it ends on its last day for both', async () => {
    const { world, anna, starter, of, payload, requestId } = await openTogether(from)
    world.clock.forward(14 * day - 60_000)
    await minutePasses(world)
    const joiner = world.person(of.joiner)
    await joiner.start(payload)
    joiner.sees(of.asked)
    world.clock.forward(60_000)
    await joiner.play([['Дальше', /Срок этой ссылки прошёл/]])
    await minutePasses(world)
    await pushed(world)
    expect(news(starter)).toBe(1)
    await starter.tap('Посмотреть')
    starter.sees(/Срок прошёл/)
    await anna.byHand(`-.card.${requestId}`)
    expect(anna.text()).toMatch(/Вместе: срок вышел 8 декабря/)
    // Another may be asked.
    await starter.play([
      ['Сделать новую ссылку', /Как назвать/],
      ['Без имени', /Ждём ответа/],
    ])
    expect(payloadIn(starter)).not.toBe(payload)
    await joiner.start(payloadIn(starter))
    joiner.sees(/Кто-то из семьи просит помощи/)
  })

  test('or the answer waits for whoever does not confirm it, and ends for both', async () => {
    const { world, starter, of, payload } = await openTogether(from)
    const joiner = world.person(of.joiner)
    await answers(joiner, payload, { agrees: of.agrees, name: 'Кто-то' })
    await pushed(world)
    const confirm = starter.messages().length
    world.clock.forward(14 * day)
    await minutePasses(world)
    await pushed(world)
    expect(starter.messages().length).toBeGreaterThan(confirm)
    await joiner.tap('Посмотреть')
    joiner.sees(/Подтверждения не было/)
    await starter.tap('Посмотреть')
    starter.sees(/Срок прошёл/)
    expect(await world.database.prisma.consent.count({ where: { how: 'joint' } })).toBe(0)
  })
})

test('a link that was called back lets nobody in, before and after an answer', async () => {
  const { world, starter, of, payload } = await openTogether('teenager')
  const joiner = world.person(of.joiner)
  await joiner.start(payload)
  await starter.play([['Отозвать ссылку', /Ссылка отозвана/]])
  await joiner.play([['Дальше', /Эту ссылку отозвали/]])
  expect(await world.database.prisma.together.findFirst()).toMatchObject({
    status: 'called-back',
    token: null,
  })

  await starter.play([
    ['Сделать новую ссылку', /Как назвать/],
    ['Даша', /Ждём ответа/],
  ])
  await answers(joiner, payloadIn(starter), { agrees: of.agrees, name: 'Марина' })
  await pushed(world)
  // The teenager changes their mind about it: the adult is told when they look, and no sooner.
  const before = news(joiner)
  await starter.byHand(`-.together.`)
  await starter.play([['Нет, не тот', /не тот человек/]])
  await pushed(world)
  expect(news(joiner)).toBe(before)
  await joiner.play([
    ['/menu', 'home'],
    ['Обращение вместе', /Подтверждения не было/],
  ])
})

test('a link works once, for one account that is not the own one and not of staff, and for whom it was made', async () => {
  const { world, anna, starter, of, payload } = await openTogether('teenager')
  const [marina, other, child] = [
    world.person(of.joiner),
    world.person(),
    world.person({ firstName: 'Лиза' }),
  ]
  await starter.start(payload)
  starter.sees(/Это твоя ссылка/)
  await anna.start(payload)
  anna.sees(/Эта ссылка для семьи/)
  await child.play(directions.teenager.submits)
  await child.start(payload)
  child.sees(/Эта ссылка для взрослого/)
  await answers(marina, payload, { agrees: of.agrees, name: 'Марина' })
  for (const late of [other, child]) {
    await late.start(payload)
    late.sees(/уже ответили, она работает один раз/)
  }
  await marina.start(payload)
  marina.sees(/Ответ отправлен/)
  await other.start('w_AAAAAAAAAAAAAAAAAAAAAA')
  other.sees(/Такой ссылки нет/)
})

test('a link that was forwarded: a stranger gets no further than a name, and is forgotten', async () => {
  const { world, starter, of, payload } = await openTogether('teenager')
  const stranger = world.person({ firstName: 'Чужой' })
  await answers(stranger, payload, { agrees: of.agrees, name: 'Мама' })
  await stranger.play([['/menu', 'home']])
  expect(stranger.allText()).not.toMatch(/\d{4}-\d{6}/)
  await starter.byHand('-.together.')
  starter.sees(/назвался так: Мама[\s\S]*бот его не проверяет/)
  await starter.play([['Нет, не тот', /не тот человек/]])
  expect(await world.database.prisma.consent.count({ where: { how: 'joint' } })).toBe(0)
  expect(stranger.allText()).not.toMatch(/\d{4}-\d{6}/)
  world.clock.forward(31 * day)
  const { deleteExpiredData } = await import('#src/workers/retention.ts')
  const { createLog } = await import('#core/log.ts')
  await deleteExpiredData(world.appDatabase, world.clock.now(), createLog('silent'))
  expect(await world.database.prisma.together.count()).toBe(0)
  expect(await world.database.prisma.person.count({ where: { account: storedAccount(stranger) } })).toBe(0)
})
