import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { erase } from '#features/erasure/erase.ts'
import { atDesk, stoodOn } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { copyOf } from '#test/support/my-data.ts'
import { openOffice } from '#test/support/office.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'

const received = (number: string, more: Record<string, string> = {}) => ({
  ...{ kind: 'access', source: 'letter', receivedOn: '2026-11-24', number, asker: 'self' },
  ...{ name: 'Ольга П.', answerTo: 'почтой', words: 'Прошу показать, что обо мне хранится.' },
  ...more,
})

type Desk = Awaited<ReturnType<typeof atDesk>>

/** Sends a form of a request's page as it is drawn now. */
const act = async (desk: Desk, at: string, what: string, fields: Record<string, string> = {}) =>
  desk.send(`${at}/${what}`, { ...stoodOn((await desk.get(at)).text), ...fields })

const openDesk = async () => {
  const opened = await openWithRequest({ atOnce: true, inside: true })
  const { world } = opened
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const desk = await atDesk(world, await staffIdOf(world, 'Елена'))
  return { ...opened, desk }
}

test('a paper request: written down with its term, blocked between, answered on paper, closed with what was done', async () => {
  const { world, desk, number, olga } = await openDesk()
  const made = await desk.send('/console/data-requests/new', received(number))
  expect(made.status).toBe(303)
  const at = (made.headers.get('location') ?? '').replace(/\?.*$/, '')
  expect(at).toMatch(/^\/console\/data-requests\/[0-9a-f-]{36}$/)
  const card = await desk.get(at)
  expect(card.text).toMatch(/Узнать, что хранится/)
  expect(card.text).toContain('Прошу показать, что обо мне хранится.')
  // The registry of their consents stands beside it: kind, version, way.
  expect(card.text).toMatch(/Обработка персональных данных<\/b>, 2026-11-26/)
  // Ten working days after Tuesday, 24 November.
  expect(card.text).toMatch(/до вторника, 8 декабря/)

  const { personId } = await world.database.prisma.request.findUniqueOrThrow({ where: { number } })
  const person = () => world.database.prisma.person.findUniqueOrThrow({ where: { id: personId } })
  expect((await act(desk, at, 'restrict')).status).toBe(303)
  expect((await person()).restrictedSince).not.toBeNull()
  await olga.play([['/settings', /Уведомлений нет/]])
  expect((await act(desk, at, 'answer', { answer: 'Хранится вот что.', outcome: 'done' })).status).toBe(303)
  expect((await person()).restrictedSince).toBeNull()
  const paper = await fetch(new URL(`${at}/answer.pdf`, world.app().url), {
    headers: { cookie: desk.cookie() },
  })
  expect(paper.status).toBe(200)
  expect(
    Buffer.from(await paper.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  expect((await desk.get('/console/data-requests?show=closed')).text).toContain('Исполнено')
  expect((await desk.send(`${at}/answer`, { answer: 'Ещё.', outcome: 'done' })).status).not.toBe(303)
})

test('a withdrawal on paper works as the tap would, and says who wrote it down', async () => {
  const { world, desk, key, number, path } = await openDesk()
  const made = await desk.send('/console/data-requests/new', received(number, { kind: 'withdrawal' }))
  const at = (made.headers.get('location') ?? '').replace(/\?.*$/, '')
  expect((await act(desk, at, 'withdraw')).status).toBe(303)
  expect(await key.get(path)).toMatchObject({ body: { status: 'withdrawn' } })
  const withdrawals = await world.database.prisma.consentWithdrawal.findMany()
  expect(withdrawals).toHaveLength(3)
  for (const one of withdrawals) expect(one).toMatchObject({ how: 'paper', staffId: expect.any(String) })
  expect((await desk.get(at)).text).toContain('Данные уничтожатся в срок')
  expect((await act(desk, at, 'answer', { answer: 'Рано.', outcome: 'done' })).status).toBe(409)
})

test('an overdue one stands on «Мой день»; curators and other territories see nothing', async () => {
  const { world, desk, number } = await openDesk()
  await world.staff('Ирина', ['leninsky'], 'curator')
  await world.staff('Павел', ['oktyabrsky'], 'supervisor')
  const made = await desk.send('/console/data-requests/new', received(number))
  const at = (made.headers.get('location') ?? '').replace(/\?.*$/, '')
  expect((await desk.get('/console')).text).not.toContain('id="data-requests"')
  const [curator, foreign] = [
    await atDesk(world, await staffIdOf(world, 'Ирина')),
    await atDesk(world, await staffIdOf(world, 'Павел')),
  ]
  for (const one of [curator, foreign]) expect((await one.get(at)).status).toBe(404)
  expect((await foreign.get('/console/data-requests')).text).toContain('Запросов нет')
  expect((await foreign.send('/console/data-requests/new', received(number))).status).not.toBe(303)
  await world.database.prisma.dataRequest.updateMany({ data: { dueAt: new Date('2026-11-23T12:00:00Z') } })
  expect((await desk.get('/console')).text).toMatch(/id="data-requests"[\s\S]*Просрочено/)
})

test('a number of nobody, and a day to come, come back with what was typed', async () => {
  const { desk, number } = await openDesk()
  const nobody = await desk.send('/console/data-requests/new', received('2026-999999'))
  expect(nobody.status).toBe(422)
  expect(nobody.text).toContain('Такого номера нет')
  expect(nobody.text).toContain('Прошу показать')
  const later = await desk.send('/console/data-requests/new', received(number, { receivedOn: '2026-12-24' }))
  expect(later.status).toBe(422)
})

test('an act of destruction is a paper for administrators, and names nobody', async () => {
  const { world, desk, olga, number } = await openDesk()
  const { prisma } = world.database
  const { personId } = await prisma.request.findUniqueOrThrow({ where: { number } })
  const office = await openOffice(world)
  const now = world.clock.now()
  await office.does((tx, deps) =>
    erase(tx, deps, { of: { person: personId }, ground: 'request', by: {}, now }),
  )
  expect((await desk.get('/console/data-requests')).text).not.toContain('Акты об уничтожении')
  expect((await desk.get('/console/data-requests/acts')).status).toBe(404)

  await prisma.staffMember.updateMany({ where: { name: 'Елена' }, data: { administers: true } })
  expect((await desk.get('/console/data-requests')).text).toContain('/console/data-requests/acts')
  const acts = await desk.get('/console/data-requests/acts')
  expect(acts.text).toMatch(/№ 1<\/a>[\s\S]*данные одного человека · по просьбе самого человека/)
  const [, href = ''] = /href="(\/console\/data-requests\/acts\/[^"]+)"/.exec(acts.text) ?? []
  const paper = await fetch(new URL(href, world.app().url), { headers: { cookie: desk.cookie() } })
  expect(paper.headers.get('content-type')).toContain('application/pdf')
  const document = await getDocumentProxy(new Uint8Array(await paper.arrayBuffer()))
  const { text } = await extractText(document, { mergePages: true })
  expect(text).toMatch(/Акт об уничтожении персональных данных № 1[\s\S]*Выгрузка из журнала/)
  await olga.say('/mydata')
  expect(olga.text()).not.toContain(number)
})

test('a supervisor prints the copy and proves anew who they are; intake, and an adult for a teenager, get none', async () => {
  const { world, desk, olga, number } = await openDesk()
  const intake = await atDesk(world, await staffIdOf(world, 'Анна'))
  const made = await desk.send('/console/data-requests/new', received(number))
  const at = (made.headers.get('location') ?? '').replace(/\?.*$/, '')
  expect((await intake.get(at)).text).toContain('Копию печатает руководитель')
  expect((await intake.get(`${at}/copy.json`)).status).toBe(404)
  const copy = await desk.get(`${at}/copy.json`)
  expect(copy.status).toBe(200)
  const [theirs, own] = [JSON.parse(copy.text), JSON.parse(await copyOf(olga))]
  expect(theirs.requests).toEqual(own.requests)
  expect(theirs.consents).toEqual(own.consents)
  expect((await desk.get(at)).text).toContain('сделана копия данных')

  await world.database.prisma.consoleSession.updateMany({
    data: { confirmedAt: new Date('2026-11-23T00:00:00Z') },
  })
  const again = await desk.get(`${at}/copy.pdf`)
  expect(again.headers.get('location')).toContain('/console/confirm?to=')

  await world.database.prisma.request.updateMany({ data: { applicant: 'minor' } })
  const other = await desk.send('/console/data-requests/new', received(number, { asker: 'representative' }))
  const of = (other.headers.get('location') ?? '').replace(/\?.*$/, '')
  expect((await desk.get(of)).text).toContain('Это данные подростка')
})

test('two decide on one request at once: the second is told what the first has done, and decides knowing it', async () => {
  const { world, desk, number } = await openDesk()
  const intake = await atDesk(world, await staffIdOf(world, 'Анна'))
  const made = await desk.send('/console/data-requests/new', received(number))
  const at = (made.headers.get('location') ?? '').replace(/\?.*$/, '')
  const [first, second] = [await desk.get(at), await intake.get(at)]
  expect((await desk.send(`${at}/restrict`, stoodOn(first.text))).status).toBe(303)

  const answer = { answer: 'Хранится вот что.', outcome: 'done' }
  const clash = await intake.send(`${at}/answer`, { ...answer, ...stoodOn(second.text) })
  expect(clash.status).toBe(409)
  expect(clash.text).toMatch(/запись изменилась[\s\S]*Данные: <b>заблокированы/)
  expect(clash.text).toContain('Хранится вот что.')
  const row = () => world.database.prisma.dataRequest.findFirstOrThrow()
  expect(await row()).toMatchObject({ closedAt: null, restrictedAt: expect.any(Date) })

  expect((await intake.send(`${at}/answer`, { ...answer, ...stoodOn(clash.text) })).status).toBe(303)
  expect(await row()).toMatchObject({ outcome: 'done', restrictedAt: null })
  const late = await desk.send(`${at}/unrestrict`, stoodOn(first.text))
  expect(late.status).toBe(409)
  expect(late.text).toMatch(/Ответ на запрос: <b>Исполнено/)
})

test('a letter names the member whom its number means, and what was typed survives what a colleague has done', async () => {
  const { world, curatorId, familyId, path, member } = await openWithFamily({ inside: true })
  await world.staff('Анна', ['leninsky'])
  const [anna, elena] = [
    await atDesk(world, await staffIdOf(world, 'Анна')),
    await atDesk(world, await staffIdOf(world, 'Елена')),
  ]
  const irina = await atDesk(world, curatorId)
  await member('parent', 'Светлана')
  const { memberId } = await member('minor', 'Тимур')
  const { number } = await world.database.prisma.family.findUniqueOrThrow({ where: { id: familyId } })
  const signed = { member: memberId, kinds: 'personal-data', signedOn: '2026-11-23' }
  expect((await irina.send(`/console${path}/consents`, signed)).status).toBe(303)
  const made = await anna.send('/console/data-requests/new', received(`${number}-2`, { kind: 'withdrawal' }))
  const at = (made.headers.get('location') ?? '').replace(/\?.*$/, '')
  const drawn = (await elena.get(at)).text
  expect(drawn).toMatch(new RegExp(`Семья № ${number}</a>: <b>подросток</b>, ${number}-2`))

  expect((await act(anna, at, 'withdraw')).status).toBe(303)
  const answer = { answer: 'Согласие отозвано, данные уничтожим.', outcome: 'done' }
  const late = await elena.send(`${at}/answer`, { ...stoodOn(drawn), ...answer })
  expect(late).toMatchObject({ status: 409, text: expect.stringContaining('Всё, что вы написали, здесь') })
  expect(late.text).toMatch(/<label>Ответ<(input|textarea)[^>]*Согласие отозвано, данные уничтожим/)
})
