import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { erase } from '#features/erasure/erase.ts'
import { keyOf } from '#test/support/api.ts'
import { atDesk } from '#test/support/console.ts'
import { letter, of } from '#test/support/desk.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openOffice } from '#test/support/office.ts'
import { jpegOf } from '#test/support/pictures.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

type Desk = Awaited<ReturnType<typeof atDesk>>

const openFile = (world: World, desk: Desk, path: string) =>
  fetch(new URL(path, world.app().url), { headers: { cookie: desk.cookie() } })

/** The words of a PDF, and how many pages it has. */
const pdfOf = async (world: World, desk: Desk, path: string) => {
  const answer = await openFile(world, desk, path)
  expect(answer.status, path).toBe(200)
  const document = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()))
  const { text, totalPages } = await extractText(document, { mergePages: true })
  return { text: text.replace(/\s+/g, ' '), pages: totalPages }
}

const audited = async ({ database }: World, action: string) =>
  database.prisma.auditEntry.count({ where: { action } })

test('a paper request at the desk: printed from what was said, signed once, in the registry, and with the family', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true })
  await world.staff('Анна', ['leninsky'])
  await world.staff('Ирина', ['leninsky'], 'curator')
  const key = await keyOf(world)
  const { prisma } = world.database
  const request = of(await key.post('/requests', letter))
  const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
  const at = `/console/requests/${request.id}`
  expect((await desk.get(at)).text).toContain(`${at}/papers`)

  const application = await pdfOf(world, desk, `${at}/papers/application`)
  expect(application.pages).toBe(1)
  for (const words of [
    'Заявление о социальном сопровождении',
    request.number,
    'Пётр Ковалёв',
    'ул. Мира, 5',
    'троих детей',
    'Ленинский район',
    'подпись',
  ])
    expect(application.text).toContain(words)
  const health = await pdfOf(world, desk, `${at}/papers/special-categories`)
  expect(health.pages).toBe(1)
  expect(health.text).toContain('Подписью на этом листе даю согласие')

  const consent = await pdfOf(world, desk, `${at}/papers/personal-data`)
  expect(consent.text).toContain('Подписью на этом листе и датой рядом с ней')
  expect(consent.text).not.toContain('Кнопкой')
  const [, version, printed] = / · (2026-\d\d-\d\d) · SHA-256 ([0-9a-f]{16})/.exec(consent.text) ?? []

  const signed = { signedOn: '2026-11-23', kinds: 'personal-data' }
  for (const signedOn of ['2026-11-25', '1999-01-01']) {
    const refused = await desk.send(`${at}/papers`, { ...signed, signedOn })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('Такого дня подписи быть не может')
    expect(refused.text).toMatch(/value="personal-data" checked/)
  }
  expect((await desk.send(`${at}/papers`, signed)).status).toBe(303)
  expect((await desk.send(`${at}/papers`, signed)).status).toBe(303)
  const jpeg = jpegOf(200, 300)
  const sent = await desk.sendFile(`${at}/papers`, 'scan', jpeg, { ...signed, kinds: 'support-request' })
  expect(sent.status).toBe(303)
  const text = await desk.sendFile(`${at}/papers`, 'scan', Buffer.from('no picture'), signed)
  expect(text.status).toBe(422)
  expect(await prisma.consent.findMany({ orderBy: { kind: 'asc' } })).toMatchObject([
    {
      kind: 'personal-data',
      channel: 'paper',
      how: 'paper',
      requestId: request.id,
      staffId: expect.any(String),
    },
    { kind: 'support-request', signedOn: new Date('2026-11-23T00:00:00Z'), paperId: expect.any(String) },
  ])
  expect(await audited(world, 'consents.printed')).toBe(3)
  // What is recorded is the sheet that was printed, and not what the bot shows.
  const row = await prisma.consent.findFirstOrThrow({ where: { kind: 'personal-data' } })
  expect([row.version, row.textHash.slice(0, 16)]).toEqual([version, printed])
  const registry = await desk.get(`${at}/papers`)
  expect(registry.text).toMatch(/Подпись от 23 ноября\. Записано [^<]*: Анна/)
  const [, scan = ''] = /href="([^"]+\/scans\/[^"]+)"/.exec(registry.text) ?? []
  const kept = await openFile(world, desk, scan)
  expect(kept.headers.get('content-type')).toContain('image/jpeg')
  expect(
    Buffer.from(await kept.arrayBuffer())
      .subarray(0, 2)
      .toString('hex'),
  ).toBe('ffd8')
  expect(JSON.stringify(await prisma.paperScan.findFirst())).toContain('"content":"v2.')

  // The family of the request has what its applicant signed.
  await key.post(`/requests/${request.id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const outcome = { to: 'closed', outcome: 'support-agreed', curatorId: await staffIdOf(world, 'Ирина') }
  const { familyId } = (await key.post(`/requests/${request.id}/transition`, outcome)).body as {
    familyId: string
  }
  const curator = await atDesk(world, await staffIdOf(world, 'Ирина'))
  const consents = await curator.get(`/console/families/${familyId}/consents`)
  expect(consents.text).toMatch(/Пётр Ковалёв[\s\S]*Просьба о сопровождении/)
  const office = await openOffice(world)
  const now = world.clock.now()
  await office.does((tx, deps) => erase(tx, deps, { of: { family: familyId }, ground: 'order', by: {}, now }))
  expect((await curator.get(`/console/families/${familyId}/consents`)).text).not.toContain('Пётр')
  expect((await openFile(world, curator, scan.replace(at, `/console/families/${familyId}`))).status).toBe(404)
  expect(
    await prisma.person.findFirstOrThrow({ where: { requests: { some: { id: request.id } } } }),
  ).toMatchObject({
    erasedAt: now,
  })
})

test('health without a signature: staff read «Нужна подпись», help goes on, and a signature ends it', async () => {
  const { world, key, curator, path, familyId, member } = await openWithFamily({ inside: true })
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const desk = await atDesk(world, await staffIdOf(world, 'Ирина'))
  const card = `/console/families/${familyId}`
  expect((await desk.get(card)).text).not.toContain('Нужна подпись')
  const need = { kind: 'circumstance', code: 'self-harm', foundBy: 'family' }
  expect(await key.post(`${path}/needs`, need)).toMatchObject({ status: 201 })
  const other = { kind: 'circumstance', code: 'young-offender', foundBy: 'other' }
  expect(await key.post(`${path}/needs`, other)).toMatchObject({ status: 201 })

  expect((await desk.get(card)).text).toMatch(
    /Нужна подпись\.<\/b> Записаны сведения о здоровье[\s\S]*не останавливается/,
  )
  await curator.byHand(`-.f-card.${familyId}`)
  expect(curator.text()).toContain('Нужна подпись')
  const needs = await desk.get(`${card}/needs`)
  expect(needs.text).toContain(
    'здоровье: особая категория, нужна подпись на бумаге (152-ФЗ, ст. 10, ч. 2, п. 1)',
  )
  expect(needs.text).toContain('правонарушения: сведения о судимости – только если так велит закон')

  // Of a parent's papers nothing tells what the family's case says.
  const printed = await pdfOf(world, desk, `${card}/members/${olga.memberId}/papers/application`)
  expect(printed.text).not.toMatch(/вредит|законом|Даша/)
  const bad = await desk.send(`${card}/consents`, {
    ...{ member: dasha.memberId, kinds: 'special-categories', signedOn: '2026-11-25' },
    children: dasha.memberId,
  })
  expect(bad.text).toContain('За этого ребёнка подписать нельзя')
  const signed = { member: olga.memberId, kinds: 'special-categories', signedOn: '2026-11-25' }
  expect((await desk.send(`${card}/consents`, { ...signed, children: dasha.memberId })).status).toBe(303)
  expect((await desk.get(card)).text).not.toContain('Нужна подпись')
  expect((await desk.get(`${card}/consents`)).text).toContain('за ребёнка: Даша')
  expect(await audited(world, 'consents.changed')).toBe(1)
  await olga.say('/mydata')
  await olga.play([['Мои согласия', /Сведения о здоровье/]])
})

test('the authority of a representative is missing until somebody has seen the paper; who and which stands in the registry', async () => {
  const { world, familyId, member } = await openWithFamily({ inside: true })
  const { memberId } = await member('representative', 'Вера')
  const desk = await atDesk(world, await staffIdOf(world, 'Ирина'))
  const card = `/console/families/${familyId}`
  expect((await desk.get(card)).text).toContain('Нужна бумага представителя')
  const check = {
    member: memberId,
    paper: 'guardianship',
    details: '№ 12 от 01.10.2026',
    seenOn: '2026-11-26',
  }
  const early = await desk.send(`${card}/consents/authority`, check)
  expect(early.status).toBe(422)
  expect(early.text).toContain('№ 12 от 01.10.2026')
  expect((await desk.send(`${card}/consents/authority`, { ...check, seenOn: '2026-11-25' })).status).toBe(303)
  expect((await desk.get(card)).text).not.toContain('Нужна бумага представителя')
  expect((await desk.get(`${card}/consents`)).text).toMatch(
    /Решение органа опеки, № 12 от 01\.10\.2026\. <span class="why">Смотрели [^<]*: Ирина/,
  )
  const [row] = await world.database.prisma.representativeCheck.findMany()
  expect(row?.details).toMatch(/^v2\./)
})
