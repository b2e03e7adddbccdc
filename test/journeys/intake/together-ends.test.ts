import { expect, test } from 'vitest'
import { erase } from '#features/erasure/erase.ts'
import { storedAccount } from '#test/support/accounts.ts'
import { minorAnswers, minorSubmits, parentAnswers } from '#test/support/intake.ts'
import { openOffice } from '#test/support/office.ts'
import { placesOf } from '#test/support/opened.ts'
import { answers, type Direction, news, openTogether, pushed } from '#test/support/together.ts'
import { openWorld } from '#test/support/world.ts'

/** Both are in. */
const joined = async (from: Direction) => {
  const opened = await openTogether(from)
  const { world, starter, of, payload } = opened
  const joiner = world.person(of.joiner)
  await answers(joiner, payload, { agrees: of.agrees, name: 'Кракозябра' })
  await starter.byHand('-.together.')
  await starter.tap('Да, это тот человек')
  await pushed(world)
  const personId = async (account: { id: number }) =>
    (await world.database.prisma.person.findUniqueOrThrow({ where: { account: storedAccount(account) } })).id
  return { ...opened, joiner, starterId: await personId(starter), joinerId: await personId(joiner) }
}

const jointIn = async ({ world }: { world: Awaited<ReturnType<typeof joined>>['world'] }) =>
  world.database.prisma.consent.findMany({ where: { how: 'joint' }, include: { withdrawal: true } })

test('whoever joined withdraws what they agreed to, knowing what ends; the request goes on', async () => {
  const opened = await joined('teenager')
  const { world, starter, joiner, requestId } = opened
  const [consent] = await jointIn(opened)
  await joiner.byHand(`-.my-consent.${consent?.id}`)
  await joiner.play([
    ['Отозвать согласие', /это закончится для обоих/],
    ['Отозвать', /Отозвано/],
  ])
  expect((await jointIn(opened))[0]?.withdrawal).not.toBeNull()
  await pushed(world)
  await starter.tap('Посмотреть')
  starter.sees(/Больше не вместе/)
  expect(await world.database.prisma.request.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({
    status: 'submitted',
  })
  expect(await world.database.prisma.consent.count({ where: { withdrawal: { isNot: null } } })).toBe(1)
})

test('a minor leaves: the adult is not woken, and sees it', async () => {
  const { world, starter, joiner } = await joined('teenager')
  const before = news(joiner)
  await starter.play([
    ['/status', /Согласие взрослого, который за тебя отвечает, есть/],
    ['Мы вместе', /Вы просите вместе/],
    ['Больше не вместе', /Уведомления об этом не придёт/],
    ['Больше не вместе', /Больше не вместе\s+Закончилось/],
  ])
  await pushed(world)
  expect(news(joiner)).toBe(before)
  await joiner.play([
    ['/menu', 'home'],
    ['Обращение вместе', /Больше не вместе/],
  ])
})

test('the request is withdrawn, and what was asked together with it', async () => {
  const opened = await joined('parent')
  const { world, starter, joiner } = opened
  await starter.play([
    ['/status', /./],
    ['Отозвать', /Отозвать обращение/],
    ['Да, отозвать', /Отозвано/],
  ])
  await pushed(world)
  await joiner.byHand('-.home.')
  await joiner.tap('Обращение вместе')
  joiner.sees(/Больше не вместе/)
  expect((await jointIn(opened))[0]?.withdrawal).not.toBeNull()
})

test('whoever joined erases themselves: the request and its words stay', async () => {
  const { world, starter, joiner, joinerId, requestId } = await joined('teenager')
  expect((await placesOf(world.database, 'Кракозябра')).length).toBeGreaterThan(0)
  await joiner.play([
    ['/mydata', 'my-data'],
    ['Удалить', /Удалить мои данные/],
    ['Удалить всё', /./],
  ])
  expect(await world.database.prisma.person.findUniqueOrThrow({ where: { id: joinerId } })).toMatchObject({
    erasedAt: expect.any(Date),
  })
  expect(await placesOf(world.database, 'Кракозябра')).toEqual([])
  await starter.byHand('-.together.')
  starter.sees(/Больше не вместе/)
  expect(await world.database.prisma.request.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({
    status: 'submitted',
  })
  expect((await placesOf(world.database, 'Даша')).length).toBeGreaterThan(0)
})

test('whoever asked is erased: what the other agreed to stays theirs', async () => {
  const opened = await joined('teenager')
  const { world, joiner, starterId, joinerId } = opened
  const office = await openOffice(world)
  const now = world.clock.now()
  await office.does((tx, deps) =>
    erase(tx, deps, { of: { person: starterId }, ground: 'request', by: {}, now }),
  )
  expect(await placesOf(world.database, 'Даша')).toEqual([])
  const row = await world.database.prisma.together.findFirstOrThrow()
  expect(row).toMatchObject({ status: 'left', starterName: null, joinerId, joinerName: expect.any(String) })
  expect(await jointIn(opened)).toMatchObject([{ personId: joinerId, withdrawal: null }])
  await joiner.byHand('-.home.')
  await joiner.tap('Обращение вместе')
  joiner.sees(/Больше не вместе/)
})

test('who joined begins a request of their own and drops it: what they joined stays', async () => {
  const { world, joiner, joinerId } = await joined('teenager')
  await joiner.play([...parentAnswers().slice(0, 4), ['/cancel', /Удалить начатое/], ['Да, удалить', /./]])
  expect(await world.database.prisma.consent.count({ where: { personId: joinerId } })).toBeGreaterThan(1)
})

test.each([
  ['stavropol', 'Ставрополь, Ленинский район', '12.03.2010', true],
  ['nyagan', 'Нягань', '12.03.2014', true],
  ['nyagan', 'Нягань', '12.03.2010', false],
] as const)(
  '%s: whether a parent’s agreement is asked goes by the region and the age',
  async (region, place, birthDate, asked) => {
    const world = await openWorld({ at: '2026-11-24T07:00:00Z', region })
    await world.staff('Анна', [])
    const dasha = world.person({ firstName: 'Даша' })
    await dasha.play([...minorAnswers('Да, можно', { birthDate, place }), ...minorSubmits])
    expect(/нужно ещё согласие мамы/.test(dasha.text())).toBe(asked)
  },
)
