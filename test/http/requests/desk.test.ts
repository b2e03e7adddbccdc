import { expect, test } from 'vitest'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import { openOffice } from '#test/support/office.ts'
import { missing, openWithRequest, problem, pushes, shown, staffIdOf } from '#test/support/submitted.ts'
import { timePasses } from '#test/support/waiting.ts'
import { openWorld } from '#test/support/world.ts'

const letter = {
  source: 'letter',
  receivedAt: '2026-11-20T09:00:00+03:00',
  ground: 'consent',
  applicant: 'parent',
  territory: 'leninsky',
  words: 'Прошу помочь: один воспитываю троих детей.',
  contact: { name: 'Пётр Ковалёв', phone: '+79281112233', address: 'ул. Мира, 5, кв. 7', safeToCall: 'no' },
}

const of = (answer: { body: unknown }) => answer.body as { id: string; number: string }

/** Every state and word of it that staff of the bot see. */
const openDesk = async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  return { world, anna, key: await keyOf(world), office: await openOffice(world) }
}

test('a letter becomes a request like all others: routed, due by its own date, found by name, and answered outside the bot', async () => {
  const { world, anna, key } = await openDesk()
  const once = { 'idempotency-key': 'letter-1' }
  const made = await key.post('/requests', letter, once)
  expect(made).toMatchObject({
    status: 201,
    body: {
      source: 'letter',
      urgent: false,
      status: 'submitted',
      assignee: { name: 'Анна' },
      submittedAt: '2026-11-20T06:00:00.000Z',
      representativeConsent: 'not-needed',
      history: [
        { kind: 'submitted', apiKeyId: key.keyId },
        { kind: 'assigned' },
      ],
    },
  })
  const { id, number } = of(made)
  expect(made.headers.get('location')).toBe(`/api/v1/requests/${id}`)
  expect(made.headers.get('etag')).toBe('"0"')
  expect(of(await key.post('/requests', letter, once)).id).toBe(id)
  const inTime = await key.post('/requests', { ...letter, receivedAt: '2026-11-24T06:00:00Z' })
  expect((made.body as { dueAt: string }).dueAt < (inTime.body as { dueAt: string }).dueAt).toBe(true)

  const details = await key.get(`/requests/${id}/details`)
  expect(details.body).toMatchObject({
    answers: { ownWords: letter.words },
    contact: { ...letter.contact },
    urgentReasons: [],
    corrections: [],
  })
  const { prisma } = world.database
  const row = await prisma.request.findUniqueOrThrow({ where: { id } })
  expect(JSON.stringify(row)).not.toMatch(/Ковал|троих|Мира|9281112233/)
  expect(await prisma.auditEntry.findMany({ where: { action: 'request.registered' } })).toHaveLength(2)

  await expect.poll(() => anna.allText()).toContain(number)
  await anna.play([
    [`/find`, 'find'],
    [{ words: 'Ковалев' }, /Нашлось: 2/],
  ])
  await key.post(`/requests/${id}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  expect(await key.post(`/requests/${id}/messages`, { text: 'Здравствуйте' })).toMatchObject(
    problem('not-allowed', 409),
  )
})

test('words of danger, a reason of staff, a child and another family: what each changes, and what is refused', async () => {
  const { key } = await openDesk()
  const make = async (changes: object) => key.post('/requests', { ...letter, ...changes })
  const detailsOf = async (answer: { body: unknown }) =>
    (await key.get(`/requests/${of(answer).id}/details`)).body
  const heard = await make({ words: 'Муж бьёт меня и ребёнка.' })
  expect(heard).toMatchObject({ status: 201, body: { urgent: true } })
  const decided = await make({ urgent: { reason: 'Пришла в слезах, домой идти боится.' } })
  expect(decided).toMatchObject({ body: { urgent: true } })
  expect(await detailsOf(decided)).toMatchObject({
    urgentReasons: ['by-staff'],
    lines: [{ kind: 'staff-note', text: 'Пришла в слезах, домой идти боится.' }],
  })
  const child = await make({ applicant: 'minor', contact: { name: 'Даша' } })
  expect(child).toMatchObject({ body: { representativeConsent: 'unsafe' } })
  expect(await detailsOf(child)).toMatchObject({ contact: { parents: 'unsafe' } })
  const report = { source: 'organisation', ground: '152-fz-6-1-2', applicant: 'other-person' }
  expect(await make({ ...report, about: 'Семья Петровых, ул. Лесная, 3' })).toMatchObject({
    status: 201,
    body: { kind: 'message' },
  })
  for (const [changes, pointer] of [
    [report, '#/about'],
    [{ receivedAt: '2026-11-24T08:00:00Z' }, '#/receivedAt'],
    [{ receivedAt: '2025-11-01T08:00:00Z' }, '#/receivedAt'],
    [{ ground: '152-fz-6-1-6' }, '#/ground'],
    [{ territory: 'nowhere' }, '#/territory'],
    [{ contact: { phone: '8 928 111-22-33' } }, '#/contact/phone'],
  ] as const)
    expect(await make(changes), pointer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
})

test('a withdrawal on paper has its date and ground; an urgent one goes on as a safety check', async () => {
  const { world, key, path, olga } = await openWithRequest()
  const paper = { on: '2026-11-23', ground: 'Заявление матери от 23 ноября: помощь нашли в школе.' }
  expect(await key.post(`${path}/withdraw`, { ...paper, on: '2026-11-25' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/on' }] },
  })
  expect(await key.post(`${path}/withdraw`, {})).toMatchObject({ status: 422 })
  const calm = await key.post(`${path}/withdraw`, paper)
  expect(calm).toMatchObject({ status: 200, body: { status: 'withdrawn', safetyCheck: null } })
  expect(shown(calm).history.at(-1)).toMatchObject({ kind: 'withdrawn', detail: '2026-11-23' })
  expect((await key.get(`${path}/details`)).body).toMatchObject({
    lines: [{ kind: 'withdrawn', text: paper.ground }],
  })
  await olga.play([['/status', /./]])
  expect(olga.allText()).not.toContain('нашли в школе')
  const urgent = of(await key.post('/requests', { ...letter, urgent: { reason: 'Боится идти домой' } }))
  expect(await key.post(`/requests/${urgent.id}/withdraw`, paper)).toMatchObject({
    body: { status: 'withdrawn', safetyCheck: 'open' },
  })
  expect(world.app()).toBeDefined()
})

test('a correction is a row with what stood there before; the search and the card follow', async () => {
  const { world, key, anna, path } = await openWithRequest()
  const { prisma } = world.database
  const reason = 'Мать назвала новый номер на приёме'
  const one = { name: 'Ольга Петровна Зимина', phone: '+79283334455', address: 'ул. Новая, 1', reason }
  expect(await key.patch(`${path}/contact`, { reason })).toMatchObject({ status: 422 })
  expect(await key.patch(`${path}/contact`, one, { 'if-match': '"7"' })).toMatchObject(problem('stale', 412))
  const before = (await key.get(`${path}/details`)).body as { contact: { name: string; phone: string } }
  expect(await key.patch(`${path}/contact`, one, { 'if-match': '"0"' })).toMatchObject({
    status: 200,
    body: { revision: 1 },
  })
  expect((await key.get(`${path}/details`)).body).toMatchObject({
    contact: { name: one.name, phone: one.phone, address: one.address },
    corrections: [
      {
        fields: ['name', 'phone', 'address'],
        before: { name: before.contact.name, phone: before.contact.phone },
        reason,
        apiKeyId: key.keyId,
      },
    ],
  })
  // The same again changes nothing, and says so.
  expect(await key.patch(`${path}/contact`, one)).toMatchObject({ status: 422 })
  await key.patch(`${path}/contact`, { address: null, reason: 'Выехали' })
  const { contact } = (await key.get(`${path}/details`)).body as { contact: object }
  expect(contact).not.toHaveProperty('address')
  expect(await prisma.auditEntry.count({ where: { action: 'request.corrected' } })).toBe(2)
  expect(JSON.stringify(await prisma.correction.findMany())).not.toMatch(/Зимина|Мать|Новая|928/)
  await anna.play([
    ['/find', 'find'],
    [{ words: 'Зимина' }, /Нашлось: 1/],
  ])
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await elsewhere.patch(`${path}/contact`, one)).toMatchObject(problem('not-found', 404))
})

test('a family without Telegram: members, phones and addresses by hand, corrected, and shown to whoever has to act', async () => {
  const { world, key } = await openDesk()
  const ira = await world.staff('Ира', ['leninsky'], 'curator')
  const curatorId = await staffIdOf(world, 'Ира')
  const members = [
    { role: 'parent', name: 'Зоя Ильина', phone: '+79280000001', address: 'с. Дивное, ул. Степная, 2' },
    { role: 'minor', name: 'Миша' },
  ]
  const made = await key.post('/families', { territory: 'leninsky', curatorId, members })
  expect(made).toMatchObject({
    status: 201,
    body: { members: [{ role: 'parent', joinedAt: null }, { role: 'minor' }] },
  })
  const family = made.body as { id: string; number: number; revision: number; members: { id: string }[] }
  const path = `/families/${family.id}`
  const zoya = `${path}/members/${family.members[0]?.id}`
  const change = { phone: '+79280000002', address: null, reason: 'Сменила номер, переехали' }
  expect(await key.patch(zoya, change, { 'if-match': '"9"' })).toMatchObject(problem('stale', 412))
  expect(await key.patch(zoya, change, { 'if-match': `"${family.revision}"` })).toMatchObject({ status: 200 })
  expect((await key.get(`${path}/details`)).body).toMatchObject({
    members: [
      {
        name: 'Зоя Ильина',
        phone: '+79280000002',
        corrections: [{ fields: ['phone', 'address'], before: { phone: '+79280000001' } }],
      },
      { name: 'Миша', corrections: [] },
    ],
  })
  await ira.byHand('-.f-list.')
  await ira.play([
    [`Семья № ${family.number} · Зоя Ильина`, 'family-case'],
    ['Связаться', /./],
  ])
  await expect.poll(() => ira.allText()).toMatch(/Зоя Ильина\n\+79280000002/)
  const { prisma } = world.database
  expect(JSON.stringify(await prisma.familyMember.findMany())).not.toMatch(/Зоя|9280000|Степная/)
  expect(await prisma.auditEntry.count({ where: { action: 'family.corrected' } })).toBe(1)
  expect(await key.patch(`${path}/members/${missing}`, change)).toMatchObject(problem('not-found', 404))
})

test('work goes to another person or evenly, all or nothing, and what failed is named', async () => {
  const { world, anna, key } = await openDesk()
  await world.staff('Вера', ['leninsky'])
  const vera = await staffIdOf(world, 'Вера')
  const from = await staffIdOf(world, 'Анна')
  const ids: string[] = []
  for (let count = 0; count < 3; count += 1) {
    const { id } = of(await key.post('/requests', letter))
    await key.post(`/requests/${id}/assign`, { staffId: from })
    ids.push(id)
  }
  for (const name of ['Ира', 'Олег', 'Нина']) await world.staff(name, ['leninsky'], 'curator')
  const [ira, oleg, nina] = await Promise.all(['Ира', 'Олег', 'Нина'].map((name) => staffIdOf(world, name)))
  const families: string[] = []
  const visits: string[] = []
  for (let count = 0; count < 4; count += 1) {
    const { id } = of(await key.post('/families', { territory: 'leninsky', curatorId: ira }))
    families.push(id)
    const visit = { startsAt: `2026-12-0${count + 1}T09:00:00Z`, purpose: 'regular', audience: 'family' }
    visits.push(of(await key.post(`/families/${id}/visits`, visit)).id)
  }
  const give = (client: ApiClient, body: object) => client.post('/reassignments', body)
  const closed = of(await key.post('/requests', letter))
  await key.post(`/requests/${closed.id}/withdraw`, { on: '2026-11-24', ground: 'По заявлению' })
  const refused = await give(key, { staffId: from, handOverTo: vera, requests: [ids[0], closed.id, missing] })
  expect(refused).toMatchObject({
    ...problem('not-allowed', 409),
    body: {
      errors: [
        { pointer: '#/requests/1', detail: expect.stringContaining('already closed') },
        { pointer: '#/requests/2', detail: expect.stringContaining('does not exist') },
      ].toSorted((a, b) => (a.pointer < b.pointer ? -1 : 1)),
    },
  })
  expect((await key.get(`/requests/${ids[0]}`)).body).toMatchObject({ assignee: { id: from } })

  expect(await give(key, { staffId: from, handOverTo: 'evenly', requests: ids })).toMatchObject({
    status: 200,
    body: { requests: [{ staffId: vera }, { staffId: vera }, { staffId: vera }] },
  })
  await expect.poll(() => anna.allText()).toMatch(/передан/)
  const shared = await give(key, { staffId: ira, handOverTo: 'evenly', families, visits })
  const body = shared.body as Record<'families' | 'visits', { id: string; staffId: string }[]>
  expect(body.families.map(({ staffId }) => staffId).toSorted()).toEqual([oleg, oleg, nina, nina].toSorted())
  const curators = new Map(body.families.map(({ id, staffId }) => [id, staffId]))
  for (const { id, staffId } of body.visits)
    expect(staffId).toBe(curators.get(families[visits.indexOf(id)] ?? ''))

  const limited = await keyOf(world, { scopes: ['staff:write'] })
  expect(await give(limited, { staffId: vera, handOverTo: from, requests: ids })).toMatchObject(
    problem('scope-missing', 403),
  )
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await give(elsewhere, { staffId: vera, handOverTo: 'evenly', requests: ids })).toMatchObject({
    ...problem('not-allowed', 409),
    body: {
      errors: [{ pointer: '#/requests/0', detail: expect.stringContaining('does not exist') }, {}, {}],
    },
  })
})

test('nothing is ever sent to whoever wrote a letter, and the specialist is told when it is late', async () => {
  const { world, anna, key, office } = await openDesk()
  await key.post('/requests', letter)
  const sent = world.telegram.refused.length
  await timePasses(world, office, '2026-11-30T09:00:00Z')
  expect(world.telegram.refused).toHaveLength(sent)
  expect(pushes(anna)).toBe(0)
  expect(anna.allText()).toMatch(/2026-0000/)
})
