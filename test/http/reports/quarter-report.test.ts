import { PNG } from 'pngjs'
import readWorkbook from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import { documentOf } from '#test/support/openapi.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { problem } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

type Figure = { row: string; words: string; figure: number | null; hidden: boolean }
type HandedIn = { number: number; figures: Figure[]; faults: string[]; reason: string | null }
type Report = {
  categories: string
  dueOn: string
  byItselfOn: string | null
  figures: Figure[]
  identities: { code: string; holds: boolean; left: number | null }[]
  handedIn: HandedIn[]
  changed: string[]
}

const idOf = ({ body }: { body: unknown }) => (body as { id: string }).id
const at = ({ figures }: { figures: Figure[] }, row: string) => figures.find((one) => one.row === row)?.figure
const faultsOf = ({ identities }: Report) => identities.filter(({ holds }) => !holds).map(({ code }) => code)
const year = '/reports/2026-Q4'

/** A family that was accepted by a contract on a day. */
const accepted = async (key: ApiClient, territory: string, on: string, categories: readonly string[]) => {
  const path = `/families/${idOf(await key.post('/families', { territory, appliedAt: `${on}T05:00:00Z` }))}`
  for (const kind of ['need-recognised', 'contract'])
    expect(await key.post(`${path}/events`, { kind, on, skip: 'urgent' })).toMatchObject({ status: 201 })
  for (const code of categories) await key.post(`${path}/needs`, { kind: 'category', code, since: on })
  return path
}

test('a quarter in Novgorod: counted, opened, handed in, corrected, and read back from its papers', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2026-09-21T07:00:00Z' })
  const key = await keyOf(world)
  const territories = (await key.get('/territories')).body as { items: { code: string }[] }
  const [here = '', there = ''] = territories.items.map(({ code }) => code)
  const first = await accepted(key, here, '2026-09-21', ['large-family', 'single-parent'])
  await accepted(key, there, '2026-09-21', [])
  // Asked for, and without a contract: not accepted yet.
  await key.post('/families', { territory: here })

  world.clock.set('2026-10-12T07:00:00Z')
  for (const _ of [1, 2, 3, 4, 5]) await accepted(key, here, '2026-10-12', ['large-family'])
  const mother = await accepted(key, here, '2026-10-12', ['mother-newborn'])
  await key.post(`${mother}/needs`, { kind: 'circumstance', code: 'giving-up-child' })
  const help = { kind: 'social' as const, catalogueCode: 'adult-employment' }
  const when = { kind: 'once', on: '2026-10-13' } as const
  const span = { from: '2026-10-12', until: '2027-03-31' }
  const { work } = await publish(key, first, aPlan([anActivity('work', { ...help, when })], span))
  world.clock.set('2026-11-16T07:00:00Z')
  expect(await key.patch(`${first}/activities/${work}`, { status: 'done' })).toMatchObject({ status: 200 })

  // One leaves better, and comes back within the quarter: twice under support, one family.
  const outcome = (kind: string, answer: boolean, on = '2026-11-16') =>
    key.post(`${first}/outcomes`, { kind, answer, on })
  expect(await outcome('better', false)).toMatchObject({ status: 201 })
  expect(await outcome('better', true)).toMatchObject({
    body: { items: [{ answer: false }, { answer: true }] },
  })
  await outcome('overcame', true)
  expect(await outcome('better', true, '2026-11-17')).toMatchObject(problem('event-future', 422))
  expect(await key.post(`${first}/transition`, { to: 'closed', reason: 'goals-reached' })).toMatchObject({
    status: 200,
  })
  world.clock.set('2026-12-07T07:00:00Z')
  const again = { appliedOn: '2026-12-01', acceptedOn: '2026-12-02' }
  expect(await key.post(`${first}/episodes`, again)).toMatchObject({ status: 201 })
  expect(await key.post(`${first}/events`, { kind: 'contract', on: '2026-12-03' })).toMatchObject({
    status: 201,
  })

  const read = async (query = '', by = key) => (await by.get(`${year}${query}`)).body as Report
  const report = await read()
  expect(report).toMatchObject({
    categories: 'all',
    dueOn: '2026-12-30',
    byItselfOn: '2027-01-01',
    handedIn: [],
  })
  expect(report.figures).toHaveLength(46)
  expect(report.figures.find(({ row }) => row === 'form.1.4.8')?.words).toBe('семей с одним родителем')
  const wanted = {
    ...{
      'form.1.1': 2,
      'form.1.2': 7,
      'form.1.3': 9,
      'form.1.4': 9,
      'form.1.7': 1,
      'form.1.7.1': 1,
      'form.1.8': 8,
    },
    ...{
      'form.1.4.6': 6,
      'form.1.4.8': 1,
      'form.1.4.7': 1,
      'form.1.4.9': 1,
      'form.1.5.5': 1,
      'form.1.6.1': 1,
    },
    ...{
      'indicators.1': 8,
      'indicators.1.4': 1,
      'indicators.2': 1,
      'indicators.2.5': 1,
      'indicators.3': 12.5,
    },
  }
  expect(Object.fromEntries(Object.keys(wanted).map((row) => [row, at(report, row)]))).toEqual(wanted)
  expect(faultsOf(report)).toEqual([])
  // The main category is the one that began first: one row for each family.
  expect(at(await read('?categories=main'), 'form.1.4.8')).toBe(0)

  // The headers that the document declares, which the other tests of it see in Stavropol, where there is no report.
  const declared =
    (await documentOf(world)).paths['/api/v1/reports/{period}']?.get?.responses['200']?.headers ?? {}
  const { headers } = await key.get(year)
  for (const name of Object.keys(declared)) expect(headers.has(name), name).toBe(true)

  // A key of one territory sees its own; who may open no case sees nothing of few, nor what reveals them.
  const nearby = await keyOf(world, { territories: [there] })
  expect(at(await read('', nearby), 'form.1.3')).toBe(1)
  const blind = await keyOf(world, { scopes: ['reports:read'] })
  // From day to day a running quarter would tell by subtraction.
  for (const ask of ['', '/file?format=pdf', '/file?number=1', '/picture'])
    expect(await blind.get(`${year}${ask}`), ask).toMatchObject(problem('invalid-input', 422))
  const today = world.clock.now()
  world.clock.set('2027-01-11T07:00:00Z')
  const hidden = await read('', blind)
  const shown = hidden.figures.filter((one) => !one.hidden && one.figure !== 0).map(({ row }) => row)
  expect(shown).not.toEqual(expect.arrayContaining(['form.1.7']))
  for (const row of ['form.1.1', 'form.1.2', 'form.1.3', 'form.1.7', 'form.1.4.8', 'indicators.3'])
    expect(
      hidden.figures.find((one) => one.row === row),
      row,
    ).toMatchObject({ figure: null, hidden: true })
  expect(hidden.identities[0]).toMatchObject({ holds: true, left: null })
  world.clock.set(today.toISOString())

  // Every figure opens to its cases, and each of them is in the audit.
  const open = (row: string, by = key, more = '') => by.get(`${year}/rows/${row}/cases${more}`)
  const page = (await open('form.1.4.6', key, '?limit=4')).body as { items: object[]; nextCursor: string }
  const rest = (await open('form.1.4.6', key, `?limit=4&cursor=${page.nextCursor}`)).body as typeof page
  expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([4, 2, null])
  expect((await open('form.1.3')).body).toMatchObject({
    items: [{ count: 2 }, ...Array(7).fill({ count: 1 })],
  })
  expect((await open('form.1.3', nearby)).body).toMatchObject({ items: [{ territory: there }] })
  expect(await world.database.prisma.auditEntry.count({ where: { action: 'family.report' } })).toBe(15)
  expect(await open('form.1.3', blind)).toMatchObject(problem('scope-missing', 403))
  for (const row of ['indicators.3', 'form.9.9'])
    expect(await open(row)).toMatchObject(problem('not-found', 404))
  expect(await key.get('/reports/2026-Q5')).toMatchObject(problem('not-found', 404))

  // Handed in on the last working day; frozen from then on.
  const handIn = (by = key, body = {}) => by.post(`${year}/hand-in`, body)
  expect(await handIn()).toMatchObject(problem('event-future', 422))
  expect(await key.post(`${year}/corrections`, { reason: 'Рано' })).toMatchObject(problem('not-found', 404))
  world.clock.set('2026-12-30T07:00:00Z')
  expect(await handIn(nearby)).toMatchObject(problem('not-allowed', 409))
  // Two at once: one of them does.
  const both = (await Promise.all([handIn(), handIn()])).toSorted((one, other) => one.status - other.status)
  expect(both[0]).toMatchObject({ status: 201, body: { number: 1, faults: [], byItself: false } })
  expect(both[1]).toMatchObject(problem('already-closed', 409))
  const correct = (reason: string, more = {}) => key.post(`${year}/corrections`, { reason, ...more })
  expect(await correct('Ничего не изменилось')).toMatchObject(problem('not-allowed', 409))
  await accepted(key, here, '2026-12-29', ['large-family'])
  const reason = 'Метка: договор принесли 30 декабря'
  expect((await read()).changed).toEqual(expect.arrayContaining(['form.1.2', 'form.1.8']))
  const [corrected, other] = (await Promise.all([correct(reason), correct(reason)])).toSorted(
    (one, two) => one.status - two.status,
  )
  expect(corrected).toMatchObject({ status: 201, body: { number: 2, reason } })
  expect(other).toMatchObject({ status: 409 })
  const after = await read()
  expect(after.handedIn.map((one) => at(one, 'form.1.8'))).toEqual([8, 9])
  expect(after.changed).toEqual([])
  expect(JSON.stringify(await world.database.prisma.handedInReport.findMany())).not.toMatch(/Метка/)

  // What is recorded late about the last quarter breaks the next one's beginning, which has to be seen.
  world.clock.set('2027-04-02T07:00:00Z')
  expect((await read('', blind)).handedIn[1]).toMatchObject({ reason: null })
  await accepted(key, here, '2026-12-31', [])
  const next = (await key.get('/reports/2027-Q1')).body as Report
  expect([next.dueOn, faultsOf(next)]).toEqual(['2027-04-02', ['continuity']])
  expect(await key.post('/reports/2027-Q1/hand-in', {})).toMatchObject(problem('report-faults', 409))
  expect(await key.post('/reports/2027-Q1/hand-in', { acceptFaults: true })).toMatchObject({
    body: { faults: ['continuity'] },
  })

  // The papers, cell by cell.
  const file = async (query: string, by = key) => {
    const answer = await fetch(new URL(`/api/v1${year}/${query}`, world.app().url), {
      headers: { authorization: `Bearer ${by.token}` },
    })
    expect(answer.status, query).toBe(200)
    return new Uint8Array(await answer.arrayBuffer())
  }
  const sheets = await readWorkbook(Buffer.from(await file('file?number=1')))
  const handed = after.handedIn[0]?.figures ?? []
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['Отчет', 'Индикаторы'])
  for (const [place, table] of ['form', 'indicators'].entries()) {
    const cells = (sheets[place]?.data ?? []).filter(
      ([number]) => typeof number === 'string' && /^\d/.test(number),
    )
    const figures = handed.filter(({ row }) => row.startsWith(table))
    expect(cells).toEqual(
      figures.map(({ row, words, figure }) => [row.replace(`${table}.`, ''), words, figure]),
    )
  }
  expect(sheets[0]?.data.flat()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^Отчет .+ о работе по социальному сопровождению семей с детьми за IV квартал 2026 года$/,
      ),
      'Сдан 30 декабря 2026',
      'Семья учтена в каждой из своих категорий.',
    ]),
  )
  const pdf = await extractText(await getDocumentProxy(await file('file?format=pdf&number=1')))
  const text = pdf.text.join(' ').replace(/\s+/g, ' ')
  for (const { row, words, figure } of handed)
    expect(text, row).toContain(`${row.replace(/^\w+\./, '')} ${words} ${String(figure).replace('.', ',')}`)
  const draft = await extractText(await getDocumentProxy(await file('file?format=pdf', blind)))
  expect(draft.text.join(' ')).toMatch(/Проект: отчёт не сдан[\s\S]*скрыто/)

  const svg = Buffer.from(await file('picture')).toString()
  expect(svg).toMatch(/дек[\s\S]*Приняты за месяц/)
  expect(Buffer.from(await file('picture', blind)).toString()).toContain('скрыто')
  expect(PNG.sync.read(Buffer.from(await file('picture?format=png'))).width).toBe(1000)
})
