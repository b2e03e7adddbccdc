import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { cellsOf, paperCellsOf, paperOf, quarter, read, sheetOf } from '#test/support/registers.ts'

test('Stavropol: families in need (6.23), services by kind (6.24), the eight results (8.2)', async () => {
  const { world, key, path, familyId, member, another } = await openWithFamily()
  await member('parent', 'Ольга')
  await member('minor', 'Даша')
  const ids = await publish(
    key,
    path,
    aPlan([
      anActivity('talk', { kind: 'psychological', when: { kind: 'once', on: '2026-11-24' } }),
      anActivity('school', { kind: 'pedagogical', when: { kind: 'once', on: '2026-11-25' } }),
      anActivity('papers', { kind: 'legal' }),
    ]),
  )
  for (const [code, on] of [
    ['talk', '2026-11-24'],
    ['school', '2026-11-25'],
  ])
    await key.post(`${path}/activities/${ids[String(code)]}/outcomes`, { on, happened: true })
  await key.post(`${path}/needs`, { kind: 'circumstance', code: 'family-in-danger', since: '2026-11-01' })
  await key.post(`${path}/facts`, { fact: 'rights-lost', on: '2026-08-10' })
  await key.post(`${path}/outcomes`, { kind: 'overcame', answer: true, on: '2026-11-20' })

  expect((await key.get('/registers', { 'accept-language': 'ru' })).body).toMatchObject({
    items: [
      {
        code: 'families',
        clause: '6.23',
        rows: 'cases',
        name: expect.stringMatching(/признанных нуждающимися/),
      },
      { code: 'help', clause: '6.24' },
      { code: 'results', clause: '8.2' },
    ],
  })
  const families = await read(key, 'families')
  expect(families.rows).toMatchObject([
    {
      code: familyId,
      cells: {
        ...{ name: 'Ольга', accepted: '2026-11-25', circumstances: ['family-in-danger'], level: 'crisis' },
        ...{ curator: 'Ирина', closed: null, territory: 'leninsky' },
      },
    },
  ])
  const help = await read(key, 'help')
  expect(help.rows.map(({ code, beside }) => [code, beside])).toEqual([
    ['medical', false],
    ['psychological', false],
    ['legal', false],
    ['social', false],
    ['pedagogical', true],
  ])
  const none = { families: 0, planned: 0, activities: 0, times: 0, cancelled: 0 }
  expect(await cellsOf(key, 'help')).toMatchObject({
    medical: none,
    psychological: { ...none, families: 1, activities: 1, times: 1 },
    legal: { ...none, planned: 1 },
    pedagogical: { ...none, families: 1, activities: 1, times: 1 },
  })
  expect(await cellsOf(key, 'results')).toEqual({
    satisfied: { before: null, now: null, change: null },
    'given-up': { before: 0, now: 0, change: 0 },
    'rights-lost': { before: 1, now: 0, change: -1 },
    // Nobody was under support in September.
    'in-danger': { before: 0, now: 1, change: 1 },
    abuse: { before: 0, now: 0, change: 0 },
    returned: { before: 0, now: 0, change: 0 },
    'in-crisis': { before: 0, now: 1, change: 1 },
    overcame: { before: 0, now: 1, change: 1 },
  })

  const book = await sheetOf(world, key, 'help')
  expect(book[0]?.[0]).toBe('Учёт услуг по социальному сопровождению по видам помощи')
  expect(book[1]?.[0]).toBe('Основание: 6.24')
  expect(book[2]?.[0]).toBe('За период с 01.10.2026 по 31.12.2026')
  expect(book[3]).toEqual([
    ...['№ п/п', 'Вид помощи', 'Семей', 'В плане', 'Мероприятий состоялось', 'Раз', 'Отменено'],
  ])
  expect(book[5]).toEqual([2, 'Психологическая', 1, 0, 1, 1, 0])
  expect(book[8]).toEqual([5, 'Кроме того: Педагогическая', 1, 0, 1, 1, 0])
  expect(book[9]?.[0]).toMatch(/Период не закончился/)
  const paper = await paperOf(world, key, 'help')
  expect(paper).toMatch(
    /Учёт услуг по социальному сопровождению по видам помощи Основание: 6\.24 За период с 01\.10\.2026 по 31\.12\.2026/,
  )
  expect(paper).toMatch(
    /2 Психологическая 1 0 1 1 0 .*5 Кроме того: Педагогическая 1 0 1 1 0 .*не закончился/,
  )
  expect(paper).toMatch(/Страница 1 из 1$/)
  const listed = await sheetOf(world, key, 'families')
  const columns = listed[3] ?? []
  const at = (name: string) => listed[4]?.[columns.indexOf(name)]
  expect([at('Семья (заявитель)'), at('Обстоятельства'), at('Куратор')]).toEqual([
    'Ольга',
    expect.stringMatching(/^Нахождение семьи в социально опасном положении/),
    'Ирина',
  ])
  expect(at('Принята')).toEqual(new Date('2026-11-25T00:00:00Z'))

  for (const column of ['constructor', 'change'])
    expect(
      await key.get(`/registers/results/families?${quarter}&row=in-danger&column=${column}`),
    ).toMatchObject({
      status: 422,
    })

  // Names only for whom they are: nobody else learns that there are such columns.
  const plain = await keyOf(world, { scopes: ['reports:read', 'families:read'] })
  // Which family it is that somebody harmed is more than that it has a number.
  expect(await plain.get(`/registers/results/families?${quarter}&row=in-danger&column=now`)).toMatchObject({
    status: 403,
  })
  expect(await plain.get(`/registers/results?${quarter}`)).toMatchObject({ status: 422 })
  const open = await read(plain, 'families')
  expect(open.columns.map(({ code }) => code)).not.toContain('name')
  expect(JSON.stringify(open)).not.toMatch(/Ольга|family-in-danger|Ирина/)
  // Another territory, and a family of it.
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect((await read(elsewhere, 'families')).rows).toEqual([])
  expect((await cellsOf(elsewhere, 'help')).psychological).toEqual(none)

  for (const query of [
    'from=2026-12-31&until=2026-10-01',
    'from=2026-12-01&until=2026-12-31',
    'from=2025-11-01&until=2026-11-01',
    'from=2026-10-01',
  ])
    expect(await key.get(`/registers/help?${query}`), query).toMatchObject({ status: 422 })
  for (const register of ['journal', 'unknown'])
    expect(await key.get(`/registers/${register}?${quarter}`)).toMatchObject({ status: 404 })
  // Each figure opens to its families, where the key reaches them.
  const behind = `/registers/help/families?${quarter}&row=psychological&column`
  expect((await key.get(`${behind}=families`)).body).toMatchObject({ items: [{ id: familyId, number: 1 }] })
  expect((await elsewhere.get(`${behind}=families`)).body).toEqual({ items: [] })
  for (const bad of ['=nothing', '=families&row=none', '=families&until=2026-01-01'])
    expect(await key.get(`${behind}${bad}`)).toMatchObject({ status: 422 })
  await another()
  expect((await read(key, 'families')).rows).toHaveLength(2)
  const audit = await world.database.prisma.auditEntry.findMany({ where: { apiKeyId: key.keyId } })
  expect(audit.filter(({ action }) => action === 'register.opened')).toHaveLength(9)
  expect(audit.filter(({ action }) => action === 'family.names').map((one) => one.familyId)).toContain(
    familyId,
  )
  // Counts of one family are hidden from whoever may not open it, and so are periods that overlap.
  // Of a quarter that goes on they would see each day's difference.
  const counter = await keyOf(world, { scopes: ['reports:read'] })
  expect(await counter.get(`/registers/families?${quarter}`)).toMatchObject({ status: 403 })
  expect(await counter.get(`/registers/help?${quarter}`)).toMatchObject({ status: 422 })
  expect(await counter.get(`${behind}=families`)).toMatchObject({ status: 403 })
  world.clock.set('2027-01-12T07:00:00Z')
  const guarded = await read(counter, 'help')
  expect(guarded.rows[1]).toMatchObject({
    cells: { families: null, times: null, cancelled: 0 },
    hidden: ['families', 'activities', 'times'],
  })
  expect((await read(counter, 'results')).rows[3]?.cells).toEqual({ before: 0, now: null, change: null })
  expect((await sheetOf(world, counter, 'help'))[5]?.[2]).toBe('меньше 5 семей')
  for (const query of ['from=2026-10-01&until=2026-11-30', 'from=2026-10-02&until=2026-12-31'])
    expect(await counter.get(`/registers/help?${query}`)).toMatchObject({ status: 422 })
})

test('a register of families on paper: each column in a cell of its family, in both languages, over pages', async () => {
  const { world, key, path, member, another } = await openWithFamily()
  await member('parent', 'Ольга')
  await key.post(`${path}/needs`, { kind: 'circumstance', code: 'family-in-danger', since: '2026-11-01' })
  for (let more = 0; more < 7; more += 1) await another()

  const [heads, first, ...rest] = await paperCellsOf(world, key, { register: 'families' })
  expect(heads?.flat()).toEqual(['№ п/п', 'Семья', 'Основания', 'Ход сопровождения', 'Окончание'])
  const [place, family, grounds, steps, end] = first ?? []
  expect(place).toEqual(['1'])
  expect(family?.join(' ')).toBe(
    'Семья №: 1 Семья (заявитель): Ольга Территория: Ставрополь, Ленинский район Куратор: Ирина',
  )
  expect(grounds?.join(' ')).toMatch(
    /^Обстоятельства: Нахождение семьи в социально опасном положении .* Уровень: кризисный$/,
  )
  expect(steps).toEqual([
    ...[
      'Заявление: 25.11.2026',
      'Принята: 25.11.2026',
      'Признана нуждающейся: –',
      'Договор о сопровождении: –',
    ],
  ])
  expect(end).toEqual(['Снята: –', 'Основание: –'])
  expect(rest.map(([number]) => number?.[0])).toEqual(['2', '3', '4', '5', '6', '7', '8'])
  // The same cells as in the workbook.
  const [, , , titles = [], ...listed] = await sheetOf(world, key, 'families')
  for (const [index, row] of [first, ...rest].entries())
    expect(row?.[1]?.join(' ')).toContain(`Семья №: ${listed[index]?.[titles.indexOf('Семья №')]}`)

  const [english, one] = await paperCellsOf(world, key, { register: 'families', language: 'en' })
  expect(english?.flat()).toEqual(['No.', 'Family', 'Grounds', 'Course of support', 'End'])
  expect(one?.[1]).toContain('Family (applicant): Ольга')
  expect(one?.[3]).toContain('Need recognised: –')
  // Without names and needs their cells are gone, not empty.
  const plain = await keyOf(world, { scopes: ['reports:read', 'families:read'] })
  const [plainHeads, unnamed] = await paperCellsOf(world, plain, { register: 'families' })
  expect(plainHeads?.flat()).toContain('Основания')
  expect(unnamed?.[1]?.join(' ')).toBe('Семья №: 1 Территория: Ставрополь, Ленинский район')
  expect(unnamed?.[2]).toEqual(['Уровень: кризисный'])
  const counter = await keyOf(world, { scopes: ['reports:read'] })
  expect(await counter.get(`/registers/families.pdf?${quarter}`)).toMatchObject({ status: 403 })
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await paperCellsOf(world, elsewhere, { register: 'families' })).toEqual([])
})

test('help that staff report before its last day counts on the day of the report', async () => {
  const { world, key, path } = await openWithFamily()
  const when = { kind: 'span', from: '2026-11-20', until: '2027-02-26' } as const
  const span = { from: '2026-11-20', until: '2027-03-31' }
  const { talk } = await publish(key, path, aPlan([anActivity('talk', { kind: 'legal', when })], span))
  const outcome = { on: '2026-11-24', happened: true }
  expect(await key.post(`${path}/activities/${talk}/outcomes`, outcome)).toMatchObject({ status: 200 })
  const timesIn = async (query: string) => (await cellsOf(key, 'help', query)).legal?.times
  expect(await timesIn(quarter)).toBe(1)
  world.clock.set('2027-03-01T07:00:00Z')
  expect(await timesIn(quarter)).toBe(1)
  expect(await timesIn('from=2027-01-01&until=2027-03-31')).toBe(0)
})
