import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { letter, of, openDesk } from '#test/support/desk.ts'
import { openWithRequest, problem, pushes, shown, staffIdOf } from '#test/support/submitted.ts'
import { jsonWithoutIds } from '#test/support/texts.ts'
import { timePasses } from '#test/support/waiting.ts'

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
      history: [{ kind: 'submitted', apiKeyId: key.keyId }, { kind: 'assigned' }],
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
  // Nobody may call: that they met is what keeps the promise.
  await anna.byHand(`-.card.${id}`)
  await anna.tap('Поговорили лично')
  expect(shown(await key.get(`/requests/${id}`)).history.at(-1)).toMatchObject({ kind: 'called' })
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
    // They are stored in the clear, and name nobody.
    [{ helpKinds: ['social', 'ivan-petrov'] }, '#/helpKinds'],
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
  expect(jsonWithoutIds(await prisma.correction.findMany())).not.toMatch(/Зимина|Мать|Новая|928/)
  await anna.play([
    ['/find', 'find'],
    [{ words: 'Зимина' }, /Нашлось: 1/],
  ])
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await elsewhere.patch(`${path}/contact`, one)).toMatchObject(problem('not-found', 404))
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
