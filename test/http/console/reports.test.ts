import readWorkbook from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { auditOf } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

const report = '/console/reports/quarter/2026-Q4'
const hiddenOf = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

test('the quarter’s report: read, opened to its cases, handed in as it was seen, corrected, taken along', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2026-12-30T07:00:00Z', inside: true })
  const key = await keyOf(world)
  await world.staff('Елена', ['veliky-novgorod'], 'supervisor')
  await world.staff('Ирина', ['veliky-novgorod'], 'curator')
  const accept = async () => {
    const body = { territory: 'veliky-novgorod', appliedAt: '2026-12-01T05:00:00Z' }
    const { id } = (await key.post('/families', body)).body as { id: string }
    for (const kind of ['need-recognised', 'contract'])
      await key.post(`/families/${id}/events`, { kind, on: '2026-12-30', skip: 'urgent' })
    return id
  }
  const first = await accept()
  const staffId = await staffIdOf(world, 'Елена')
  const desk = await atDesk(world, staffId)
  expect((await desk.get('/console/reports')).text).toContain('/console/reports/quarter/2026-Q3')
  const page = await desk.get(report)
  expect(page.text).toMatch(/Проект: отчёт не сдан[\s\S]*до 30 декабря 2026/)
  expect(page.bytes.length).toBeLessThan(60_000)

  const rows = await desk.get(`${report}/rows/form.1.2?choice=all`)
  expect(rows.text).toContain(`href="/console/families/${first}"`)
  expect(await auditOf(world, staffId)).toContain('family.report')
  for (const row of ['indicators.99', '<b>', 'form.1.2%00'])
    expect((await desk.get(`${report}/rows/${encodeURIComponent(row)}`)).status).toBe(404)

  // Somebody else is recorded between the look and the button.
  const seen = hiddenOf((await desk.get(`${report}/hand-in?choice=all`)).text, 'seen')
  await accept()
  const moved = await desk.send(`${report}/hand-in`, { seen, choice: 'all' })
  expect(moved.headers.get('location')).toBe(`${report}/hand-in?choice=all&done=reportMoved`)
  const { handedInReport } = world.database.prisma
  expect(await handedInReport.count()).toBe(0)
  const again = hiddenOf((await desk.get(`${report}/hand-in?choice=all`)).text, 'seen')
  const once = crypto.randomUUID()
  for (let taps = 0; taps < 2; taps += 1)
    await desk.send(`${report}/hand-in`, { seen: again, choice: 'all' }, { once })
  expect(await handedInReport.findMany()).toMatchObject([{ number: 1, staffId, figures: { 'form.1.2': 2 } }])

  await key.post(`/families/${first}/transition`, { to: 'closed', reason: 'goals-reached' })
  const correction = await desk.get(`${report}/hand-in?choice=all`)
  expect(correction.text).toMatch(/1\.8: было 2, стало 1[\s\S]*Почему числа изменились/)
  const fields = { seen: hiddenOf(correction.text, 'seen'), choice: 'all' }
  const long = await desk.send(`${report}/correct`, { ...fields, reason: 'я'.repeat(501) })
  expect(long).toMatchObject({ status: 422, text: expect.stringContaining('я'.repeat(501)) })
  await desk.send(`${report}/correct`, { ...fields, reason: 'Семью <b>сняли</b>' })
  expect(await handedInReport.count()).toBe(2)
  expect((await desk.get(report)).text).toMatch(/Уточнение № 2/)

  const book = await desk.get(`${report}/file/xlsx?choice=all`)
  expect((await readWorkbook(book.bytes)).length).toBe(2)
  expect((await desk.get(`${report}/file/pdf`)).bytes.subarray(0, 5).toString()).toBe('%PDF-')
  world.clock.set('2026-12-30T07:45:00Z')
  expect((await desk.get(`${report}/file/pdf`)).headers.get('location')).toMatch(/^\/console\/confirm\?to=/)

  for (const period of ['2027-Q1', '2026-Q5', '<b>'])
    expect((await desk.get(`/console/reports/quarter/${encodeURIComponent(period)}`)).status).toBe(404)
  const curator = await atDesk(world, await staffIdOf(world, 'Ирина'))
  expect((await curator.get(report)).status).toBe(404)
  await world.staff('Мария', ['borovichi'], 'supervisor')
  const part = (await desk.get(report)).text
  expect(part).toContain('Это ваша часть')
  expect(part).not.toContain('/file/pdf')
  expect((await desk.get(`${report}/file/pdf`)).status).not.toBe(200)
})

test('a supervisor of a part opens the figures of their part, and confirms it', async () => {
  const world = await openWorld({ region: 'novgorod', at: '2026-12-30T07:00:00Z', inside: true })
  const key = await keyOf(world)
  await world.staff('Елена', ['veliky-novgorod'], 'supervisor')
  await world.staff('Мария', ['borovichi'], 'supervisor')
  for (const territory of ['veliky-novgorod', 'borovichi', 'borovichi']) {
    const body = { territory, appliedAt: '2026-12-01T05:00:00Z' }
    const { id } = (await key.post('/families', body)).body as { id: string }
    for (const kind of ['need-recognised', 'contract'])
      await key.post(`/families/${id}/events`, { kind, on: '2026-12-30', skip: 'urgent' })
  }
  const handed = () => world.database.prisma.handedInReport.findMany({ where: { period: '2026-Q4' } })
  const confirms = async (name: string, families: number, done: string) => {
    const desk = await atDesk(world, await staffIdOf(world, name))
    const row = (await desk.get(`${report}/rows/form.1.2?choice=all`)).text
    expect(row.match(/Семья № /g)).toHaveLength(families)
    const asked = (await desk.get(`${report}/hand-in?choice=all`)).text
    expect(asked).toContain('Подтвердить вашу часть?')
    const sent = await desk.send(`${report}/hand-in`, { seen: hiddenOf(asked, 'seen'), choice: 'all' })
    expect(sent.headers.get('location')).toContain(`done=${done}`)
  }
  await confirms('Елена', 1, 'reportPart')
  expect(await handed()).toEqual([])
  await confirms('Мария', 2, 'reportHandedIn')
  expect(await handed()).toMatchObject([{ number: 1, figures: { 'form.1.2': 3 } }])
})

test('registers: every figure opens to its families, and every look is audited', async () => {
  const { world, key, path, familyId, member } = await openWithFamily({ inside: true })
  await member('parent', '<b>Ольга</b>')
  await publish(
    key,
    path,
    aPlan([anActivity('talk', { kind: 'psychological', when: { kind: 'once', on: '2026-11-24' } })]),
  )
  const staffId = await staffIdOf(world, 'Елена')
  const desk = await atDesk(world, staffId)
  expect((await desk.get('/console/reports')).text).not.toContain('/quarter/')
  const families = await desk.get('/console/reports/registers/families')
  expect(families.text).toContain(`href="/console/families/${familyId}"`)
  expect(families.text).toContain('&lt;b&gt;Ольга&lt;/b&gt;')
  expect(await auditOf(world, staffId)).toEqual(expect.arrayContaining(['register.opened', 'family.names']))
  const help = await desk.get('/console/reports/registers/help?from=2026-11-01&until=2026-11-30')
  const figure = /href="(\/console\/reports\/registers\/help\/families[^"]*row=psychological[^"]*)"/.exec(
    help.text,
  )
  const opened = await desk.get((figure?.[1] ?? '').replaceAll('&amp;', '&'))
  expect(opened.text).toContain(`href="/console/families/${familyId}"`)
  const file = await desk.get(
    '/console/reports/registers/families/file/xlsx?from=2026-11-01&until=2026-11-30',
  )
  expect((await readWorkbook(file.bytes))[0]?.data.flat()).toContain('<b>Ольга</b>')

  // Of another territory nothing is told.
  await world.staff('Марк', ['shpakovsky'], 'supervisor')
  const elsewhere = await atDesk(world, await staffIdOf(world, 'Марк'))
  expect((await elsewhere.get('/console/reports/registers/families')).text).not.toContain(familyId)
  expect((await desk.get('/console/reports/registers/none')).status).toBe(404)
})
