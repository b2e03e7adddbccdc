import { expect, test } from 'vitest'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { cellsOf, quarter, read, sheetOf } from '#test/support/registers.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

type Code = 'crimea' | 'novgorod' | 'chelyabinsk' | 'nyagan'

/** A centre with a curator and a way to accept families. */
const openCentre = async (region: Code, territory: string) => {
  const world = await openWorld({ region, at: '2026-11-25T07:00:00Z' })
  await world.staff('Ирина', [territory], 'curator')
  const key = await keyOf(world)
  const curatorId = await staffIdOf(world, 'Ирина')
  const accept = async (name: string, stage: string, where = territory) => {
    const made = await key.post('/families', { territory: where, curatorId, level: 'crisis', stage })
    const path = `/families/${(made.body as { id: string }).id}`
    await key.post(`${path}/members`, { role: 'parent', name })
    return path
  }
  return { world, key, accept }
}

const done = (key: ApiClient, path: string, kind: string, on: string) =>
  key.post(`${path}/events`, { kind, on })

test('Crimea: the quarterly analysis by kind and by the result of each help (9 (10), 1)', async () => {
  const { world, key, accept } = await openCentre('crimea', 'simferopol')
  const path = await accept('Ольга', 'activities')
  const on = (day: string) => ({ when: { kind: 'once', on: day } as const })
  const ids = await publish(
    key,
    path,
    aPlan([
      anActivity('papers', { kind: 'legal', ...on('2026-11-24') }),
      anActivity('flat', { kind: 'other', ...on('2026-11-23') }),
      anActivity('camp', { kind: 'social', ...on('2026-11-25') }),
      anActivity('talk', { kind: 'psychological', ...on('2026-11-25') }),
    ]),
  )
  const result = (code: string, body: object) =>
    key.post(`${path}/activities/${ids[code]}/results`, { on: '2026-11-25', ...body })
  await result('papers', { result: 'not-possible' })
  await result('papers', { result: 'received', on: '2026-11-24' })
  await result('flat', { result: 'no-right', on: '2026-11-23', toldOn: '2026-11-24' })
  await result('camp', { result: 'not-possible' })

  const rows = await read(key, 'help')
  expect(rows.rows.map(({ code }) => code)).toEqual([
    ...['social', 'psychological', 'pedagogical', 'medical', 'legal', 'other'],
  ])
  const none = { received: 0, 'no-right': 0, 'not-possible': 0, 'no-result': 0 }
  expect(await cellsOf(key, 'help')).toMatchObject({
    social: { ...none, 'not-possible': 1 },
    psychological: { ...none, 'no-result': 1 },
    medical: none,
    // The last result holds.
    legal: { ...none, received: 1 },
    other: { ...none, 'no-right': 1 },
  })
  const book = await sheetOf(world, key, 'help')
  expect(book.slice(0, 3).map((row) => row[0])).toEqual([
    'Ежеквартальный анализ эффективности социального сопровождения',
    'Основание: 9 (10)',
    'За период с 01.10.2026 по 31.12.2026',
  ])
  expect(book[3]?.slice(7)).toEqual([
    ...['Помощь получена', 'Сообщено, что права нет', 'Сообщено, что невозможно', 'Итог не записан'],
  ])
  expect(book[9]).toEqual([6, 'Иная помощь', 0, 1, 0, 0, 0, 0, 1, 0, 0])
  expect((await read(key, 'help', 'from=2026-07-01&until=2026-09-30')).rows[4]?.cells).toMatchObject(none)
  expect((await read(key, 'families')).rows).toMatchObject([{ cells: { name: 'Ольга', closed: null } }])
})

test('Novgorod: the journal (3.5.1), the passport of the territory (3.2), the expected results (6)', async () => {
  const { world, key, accept } = await openCentre('novgorod', 'veliky-novgorod')
  const path = await accept('Ольга', 'contract')
  await key.post(`${path}/members`, { role: 'minor', name: 'Даша' })
  await key.post(`${path}/members`, { role: 'minor', name: 'Кирилл' })
  for (const code of ['large-family', 'disabled-child'])
    await key.post(`${path}/needs`, { kind: 'category', code, since: '2026-11-01' })
  expect(await done(key, path, 'contract', '2026-11-25')).toMatchObject({ status: 201 })
  expect(await key.post(`${path}/facts`, { fact: 'newborn-given-up', on: '2026-11-24' })).toMatchObject({
    status: 201,
  })
  // Not counted here: Stavropol's text asks for it.
  expect(await key.post(`${path}/facts`, { fact: 'rights-lost', on: '2026-11-24' })).toMatchObject({
    status: 422,
  })

  expect((await read(key, 'journal')).rows).toMatchObject([
    {
      label: '1',
      cells: {
        ...{ number: 1, name: 'Ольга', contract: '2026-11-25', 'ipss-approved': null },
        categories: ['disabled-child', 'large-family'],
      },
    },
  ])
  const passport = await cellsOf(key, 'territories')
  expect(passport['veliky-novgorod']).toMatchObject({
    ...{ families: 1, minors: 2, 'large-family': 1, 'disabled-child': 1, 'single-parent': 0 },
    curators: ['Ирина'],
  })
  expect(await cellsOf(key, 'results')).toMatchObject({
    'disabled-helped': { before: 0, now: 1, change: 1 },
    'newborns-given-up': { before: 0, now: 1, change: 1 },
    informed: { before: null, now: null, change: null },
  })
  const book = await sheetOf(world, key, 'territories')
  expect(book[0]?.[0]).toBe('Социальный паспорт территории')
  const columns = book[3] ?? []
  expect(columns.slice(0, 4)).toEqual(['№ п/п', 'Территория', 'Семей', 'Детей'])
  expect(columns.at(-1)).toBe('Кураторы')
  const ours = book.find((row) => row.at(-1) === 'Ирина')
  expect(ours?.[columns.indexOf('Многодетная семья')]).toBe(1)
  const journal = await sheetOf(world, key, 'journal')
  expect(JSON.stringify(journal)).toMatch(/Журнал учёта семей[\s\S]*Договор о взаимодействии/)
  expect(JSON.stringify([book, journal])).not.toMatch(/ИПСС/)
  // A neighbour of the same region sees its own territories, and none of this family.
  const elsewhere = await keyOf(world, { territories: ['other'] })
  expect((await read(elsewhere, 'territories')).rows.map(({ code }) => code)).not.toContain('veliky-novgorod')
  expect((await read(elsewhere, 'journal')).rows).toEqual([])
})

test('Chelyabinsk: personal files, and who is looked after later (3.2.1)', async () => {
  const { world, key, accept } = await openCentre('chelyabinsk', 'chelyabinsk')
  const path = await accept('Ольга', 'agreement')
  await accept('Вера', 'activities')
  await done(key, path, 'contract', '2026-11-25')
  const closing = { to: 'closed', reason: 'goals-reached', contactAfter: true }
  expect(await key.post(`${path}/transition`, closing)).toMatchObject({ status: 200 })
  expect((await read(key, 'families')).rows).toMatchObject([
    { cells: { name: 'Ольга', contract: '2026-11-25', closed: '2026-11-25', closing: 'goals-reached' } },
    { cells: { name: 'Вера', closed: null, closing: null } },
  ])
  await key.post(`${path}/looks`, { on: '2026-11-25', how: 'same' })
  const looked = { name: 'Ольга', looks: 1, 'last-look': '2026-11-25', how: 'same' }
  expect((await read(key, 'after-support')).rows).toMatchObject([{ cells: looked }])
  const book = await sheetOf(world, key, 'after-support')
  expect(book[0]?.[0]).toBe('Пост-сопровождение семей')
  expect(book[4]?.slice(-4)).toEqual(['Цели достигнуты', 1, new Date('2026-11-25T00:00:00Z'), 'Так же'])
  expect((await read(key, 'help')).rows).toHaveLength(5)
  // What is recorded late of an earlier day is not the last one.
  world.clock.set('2026-12-21T07:00:00Z')
  await key.post(`${path}/looks`, { on: '2026-12-21', how: 'good' })
  await key.post(`${path}/looks`, { on: '2026-12-14', how: 'same' })
  expect((await read(key, 'after-support')).rows).toMatchObject([
    { cells: { looks: 3, 'last-look': '2026-12-21', how: 'good' } },
  ])
})

test('Nyagan: its families and the five kinds of help, as the text names no register', async () => {
  const { world, key, accept } = await openCentre('nyagan', 'nyagan')
  const path = await accept('Ольга', 'status')
  await key.post(`${path}/needs`, { kind: 'category', code: 'large-family', since: '2026-11-20' })
  expect((await read(key, 'families')).rows).toMatchObject([
    { cells: { name: 'Ольга', categories: ['large-family'] } },
  ])
  expect((await read(key, 'help')).rows.map(({ code }) => code)).toEqual([
    ...['medical', 'psychological', 'pedagogical', 'legal', 'social'],
  ])
  expect((await key.get('/registers', { 'accept-language': 'en' })).body).toMatchObject({
    items: [
      { name: 'Register of families under support', clause: 'product' },
      { name: 'Register of help by kind', clause: 'product' },
    ],
  })
  expect((await sheetOf(world, key, 'families', quarter))[1]?.[0]).toMatch(/по умолчанию/)
})
