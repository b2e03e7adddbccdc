import { expect, test } from 'vitest'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import { openWithFamily } from '#test/support/family.ts'
import { expectJobsDone } from '#test/support/invariants.ts'
import { dataScreensOf } from '#test/support/my-data.ts'
import { openOffice } from '#test/support/office.ts'
import { told } from '#test/support/plan.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'
import type { World } from '#test/support/world.ts'

const day = 24 * 60 * 60_000

/** The job that destroys what is due. */
const runErasures = async (world: World): Promise<void> => {
  const office = await openOffice(world)
  await office.does(async (tx, { enqueue }) => enqueue(tx, 'due-erasures', {}))
  await expectJobsDone(world.database)
}

test('what nothing obliges to keep is erased at once; the rest is named with its reason', async () => {
  const { world, key, olga, anna, number, path } = await openWithRequest()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Удалить', new RegExp(`Обращение № ${number} останется, пока его рассматривают`)],
  ])
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Удалить всё')
  await anna.tap('Взять')
  const decision = { reason: 'Помощь не нужна.' }
  const closing = { to: 'closed', outcome: 'not-needed', decision }
  expect(await key.post(`${path}/transition`, closing)).toMatchObject({ status: 200 })
  await told(world)
  await olga.play([
    ['/mydata', 'my-data'],
    ['Удалить', /Сотрётся всё и сразу/],
    ['Ничего не удалять', 'my-data'],
    ['Удалить', 'my-data-erase'],
    // The chat is cleared a moment later.
    ['Удалить всё', /Стёрто|Здравствуйте\. Это бот/],
  ])
  expect(await world.database.prisma.destructionAct.findMany()).toMatchObject([
    { ground: 'request', kind: 'person' },
  ])
  expect(await world.database.prisma.dataRequest.findMany()).toMatchObject([
    { kind: 'erasure', source: 'bot', outcome: 'done' },
  ])
  expect(await world.database.prisma.consent.count()).toBe(3)
  await olga.play([['/mydata', /В центре о вас ничего не хранится/]])
})

test('what somebody asked to be corrected goes with the rest, and nobody is left to answer', async () => {
  const { world, olga } = await openWithRequest()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Исправить', 'my-data-correct'],
    [{ words: 'Телефон не 8 900, а 8 928 111 22 33' }, /Записано/],
    ['Мои согласия', 'my-consents'],
    ['3. Мои данные', 'my-consent'],
    ['Отозвать согласие', 'consent-withdraw'],
    ['Отозвать', /Отозвано/],
    ['/mydata', 'my-data'],
    ['Удалить', /Сотрётся всё и сразу/],
    ['Удалить всё', /Стёрто|Здравствуйте\. Это бот/],
  ])
  const { prisma } = world.database
  expect(await prisma.dataRequest.findMany({ where: { closedAt: null } })).toEqual([])
  const [asked] = await prisma.dataRequest.findMany({ where: { kind: 'correction' } })
  expect(asked).toMatchObject({ outcome: 'done', content: null })
})

test('after a withdrawal the data go by their term, and not before', async () => {
  const { world, olga } = await openWithRequest()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['3. Мои данные', 'my-consent'],
    ['Отозвать согласие', 'consent-withdraw'],
    ['Отозвать', /Отозвано/],
  ])
  world.clock.forward(27 * day)
  await runErasures(world)
  expect(await world.database.prisma.destructionAct.count()).toBe(0)
  world.clock.forward(2 * day)
  await runErasures(world)
  expect(await world.database.prisma.destructionAct.findMany()).toMatchObject([{ ground: 'withdrawal' }])
  expect(await world.database.prisma.dataRequest.findMany()).toMatchObject([{ outcome: 'done' }])
})

test('a consent that was withdrawn before everything was erased asks nobody for an answer any more', async () => {
  const { world, olga } = await openWithRequest()
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['2. Просьба о помощи', 'my-consent'],
    ['Отозвать согласие', 'consent-withdraw'],
    ['Отозвать', /Отозвано/],
    ['/mydata', 'my-data'],
    ['Удалить', 'my-data-erase'],
    ['Удалить всё', /Стёрто|Здравствуйте\. Это бот/],
  ])
  expect(await world.database.prisma.dataRequest.findMany({ orderBy: { number: 'asc' } })).toMatchObject([
    { kind: 'withdrawal', outcome: 'done' },
    { kind: 'erasure', outcome: 'done' },
  ])
})

test('a teenager’s data are not gone with one tap: they stop being used, and go by their term', async () => {
  const { world, dasha, familyId, key } = await openWithDasha()
  await dasha.play([
    ['/mydata', 'my-data'],
    ['Удалить', /Семья № \d+: останется, пока идёт сопровождение/],
  ])
  expect((await key.post(`/families/${familyId}/transition`, { to: 'closed' })).status).toBe(200)
  await told(world)
  await dasha.play([
    ['/mydata', 'my-data'],
    ['Удалить', /кнопку мог нажать кто-то другой/],
    ['Удалить всё', /больше не используются/],
  ])
  expect(await world.database.prisma.dataRequest.findMany()).toMatchObject([
    { kind: 'erasure', source: 'bot', closedAt: null },
  ])
  expect(await world.database.prisma.destructionAct.count()).toBe(0)
  const term = /до четверга, 24 декабря|до 24 декабря/
  dasha.sees(term)

  // Asked for once is enough: a second look, days later, names the same day, and how to change one's mind.
  world.clock.forward(3 * day)
  const old = dasha.messages().length
  await dasha.play([
    ['/mydata', term],
    ['Удалить', /Уже сделано[\s\S]*попроси о помощи снова/],
  ])
  dasha.sees(term)
  expect(dasha.messages().length).toBeGreaterThan(old)
  expect(dasha.buttons(dasha.card()).map(({ text }) => text)).not.toContain('Удалить всё')
  expect(await world.database.prisma.dataRequest.count()).toBe(1)
})

test('a parent is erased, a teenager of the same family is not, and the reverse', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Слова Ольги' }, /./],
  ])
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Слова Даши' }, /./],
  ])
  await told(world)
  const before = await dataScreensOf(dasha)
  await olga.play([
    ['/mydata', 'my-data'],
    ['Мои согласия', 'my-consents'],
    ['1. Мои данные', 'my-consent'],
    ['Отозвать согласие', 'consent-withdraw'],
    ['Отозвать', /Отозвано/],
  ])
  world.clock.forward(29 * day)
  await runErasures(world)
  expect(await world.database.prisma.destructionAct.count()).toBe(1)
  // What is hers is where it was; what is gone is nobody's any more.
  expect(await dataScreensOf(dasha)).toEqual(before)
  await dasha.play([['/messages', /Слова Даши/]])
  expect(dasha.allText()).not.toContain('Слова Ольги')
  expect(await staffIdOf(world, 'Ирина')).toBeTruthy()
})
