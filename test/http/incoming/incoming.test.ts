import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { problem } from '#test/support/submitted.ts'
import { jsonWithoutIds } from '#test/support/texts.ts'
import { openWorld } from '#test/support/world.ts'

const school = {
  source: 'municipal-body',
  receivedOn: '2026-11-20',
  from: 'Метка: школа № 5, классный руководитель, о Маше',
  words: 'Метка: девочка с сентября не ходит на уроки',
  territory: 'leninsky',
}
const of = (answer: { body: unknown }) => answer.body as { id: string; number: number }

test('a message is written down: sealed, audited, scoped, without a request and without a term; then it is settled', async () => {
  const { world, key, path, familyId } = await openWithFamily()
  const { prisma } = world.database
  const once = { 'idempotency-key': 'school-1' }
  const made = await key.post('/incoming', school, once)
  expect(made).toMatchObject({
    status: 201,
    body: {
      source: 'municipal-body',
      receivedOn: '2026-11-20',
      urgent: false,
      familyId: null,
      confirmed: true,
    },
  })
  const { id } = of(made)
  expect(of(await key.post('/incoming', school, once)).id).toBe(id)
  expect(await prisma.incomingAppeal.count()).toBe(1)
  // Only an application starts terms (Stavropol 6.8).
  expect(await prisma.request.count()).toBe(0)
  expect(jsonWithoutIds(await prisma.incomingAppeal.findMany())).not.toMatch(/Метка|Маш/)
  expect(jsonWithoutIds((await key.get('/incoming')).body)).not.toMatch(/Метка/)
  expect((await key.get(`/incoming/${id}`)).body).toMatchObject({ from: school.from, words: school.words })

  const settle = (body: object) => key.post(`/incoming/${id}/outcome`, body)
  expect(await settle({ outcome: 'family', familyId })).toMatchObject({ status: 200, body: { familyId } })
  await settle({ outcome: 'family', familyId })
  const reason = 'Метка: семья уехала в августе'
  expect(await settle({ outcome: 'unconfirmed', reason })).toMatchObject({ body: { confirmed: false } })
  const last = await settle({ outcome: 'unconfirmed', reason })
  expect(last.body).toMatchObject({ history: [{ outcome: 'family' }, { outcome: 'unconfirmed' }] })
  expect((await key.get(`/incoming/${id}`)).body).toMatchObject({ unconfirmed: reason })
  expect((await key.get(`/incoming?familyId=${familyId}`)).body).toMatchObject({ items: [{ id }] })
  expect((await key.get('/incoming?state=open')).body).toMatchObject({ items: [], nextCursor: null })
  expect(jsonWithoutIds((await key.get(path)).body)).not.toMatch(/Метка|municipal/)

  const audit = await prisma.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })
  expect(audit.map(({ action }) => action)).toEqual([
    ...[
      'incoming.registered',
      'incoming.details',
      'incoming.changed',
      'incoming.changed',
      'incoming.details',
    ],
  ])

  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  for (const answer of [
    await elsewhere.get(`/incoming/${id}`),
    await elsewhere.post(`/incoming/${id}/outcome`, { outcome: 'unconfirmed', reason }),
    await elsewhere.post('/incoming', { ...school, territory: 'oktyabrsky', familyId }),
  ])
    expect(answer).toMatchObject(problem('not-found', 404))
  expect((await elsewhere.get('/incoming')).body).toMatchObject({ items: [] })
  expect(await elsewhere.post('/incoming', school)).toMatchObject({ status: 422 })
})

test('words of danger open an urgent request at once; what cannot be is refused by its field', async () => {
  const { world, key, familyId, curator } = await openWithFamily()
  const words = 'Соседка слышит, как отчим бьёт девочку.'
  const made = await key.post('/incoming', { ...school, words, familyId })
  expect(made).toMatchObject({ status: 201, body: { urgent: true, familyId } })
  const { requestId } = made.body as { requestId: string }
  expect((await key.get(`/requests/${requestId}`)).body).toMatchObject({ urgent: true, kind: 'message' })
  await expect.poll(() => curator.allText(), { timeout: 30_000 }).toMatch(/Срочно.*сообщение о вашей семье/)
  for (const [changes, pointer] of [
    [{ receivedOn: '2026-11-26' }, '#/receivedOn'],
    [{ receivedOn: '2025-11-01' }, '#/receivedOn'],
    // Novgorod's, not Stavropol's.
    [{ source: 'portal' }, '#/source'],
    [{ source: 'unheard-of' }, '#/source'],
    // Its own way is the request, because it starts the terms.
    [{ source: 'application' }, '#/source'],
    [{ territory: 'nowhere' }, '#/territory'],
    [{ from: ' ' }, '#/from'],
  ] as const)
    expect(await key.post('/incoming', { ...school, ...changes }), pointer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer }] },
    })
  const { id } = of(made)
  expect(await key.post(`/incoming/${id}/outcome`, { outcome: 'unconfirmed' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/reason' }] },
  })
  expect(await world.database.prisma.incomingAppeal.count()).toBe(1)
})

test('Novgorod has sources of its own', async () => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z', region: 'novgorod' })
  const key = await keyOf(world)
  const [territory = ''] = ((await key.get('/territories')).body as { items: { code: string }[] }).items.map(
    ({ code }) => code,
  )
  for (const source of ['portal', 'family-ambulance', 'child-helpline', 'trust-mail'])
    expect(await key.post('/incoming', { ...school, source, territory })).toMatchObject({ status: 201 })
  expect(await key.post('/incoming', { ...school, territory })).toMatchObject({ status: 422 })
})
