import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import { openWithFamily } from '#test/support/family.ts'
import { problem } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

type Item = { id: string; code: string; main: boolean; holds: boolean; until: string | null }
const items = (answer: { body: unknown }) => (answer.body as { items: Item[] }).items
const item = (answer: { body: unknown }) => answer.body as Item

test('a family from before the bot gets its categories at the desk: one main, ended, corrected, each a row', async () => {
  const world = await openWorld({ at: '2026-11-25T07:00:00Z', region: 'novgorod' })
  const key = await keyOf(world)
  const [territory = '', other = ''] = (
    (await key.get('/territories')).body as { items: { code: string }[] }
  ).items.map(({ code }) => code)
  const made = await key.post('/families', { territory })
  const path = `/families/${item(made).id}/needs`
  const add = (body: object) => key.post(path, { kind: 'category', ...body })
  expect(items(await key.get(path))).toEqual([])
  const large = item(await add({ code: 'large-family', since: '2026-09-01' }))
  const single = item(await add({ code: 'single-parent', foundBy: 'survey' }))
  expect([large.main, single.main]).toEqual([true, false])
  // Twice is once.
  expect(item(await add({ code: 'large-family' })).id).toBe(large.id)
  expect(item(await key.post(`${path}/${single.id}/main`, {}))).toMatchObject({ main: true })
  await key.post(`${path}/${single.id}/main`, {})
  expect(items(await key.get(path)).filter(({ main }) => main)).toMatchObject([{ id: single.id }])
  expect(items(await key.get(`${path}?on=2026-10-01`))).toMatchObject([
    { id: large.id, main: true },
    { id: single.id, main: false, holds: false },
  ])

  const end = { until: '2026-11-20' }
  expect(await key.post(`${path}/${large.id}/end`, end)).toMatchObject({
    body: { until: '2026-11-20', holds: false, versions: [{ until: null }, { until: '2026-11-20' }] },
  })
  expect(await key.post(`${path}/${large.id}/end`, end)).toMatchObject({ status: 200 })
  expect(await key.post(`${path}/${large.id}/end`, {})).toMatchObject(problem('already-closed', 409))
  // It comes again.
  expect(item(await add({ code: 'large-family' })).id).not.toBe(large.id)
  const reason = 'Метка: третий ребёнок родился в октябре'
  expect(await key.patch(`${path}/${large.id}`, { since: '2026-10-05', reason })).toMatchObject({
    status: 200,
    body: { since: '2026-10-05', versions: [{}, {}, { reason, apiKeyId: key.keyId }] },
  })
  expect(await key.patch(`${path}/${single.id}`, { withdrawn: true, reason })).toMatchObject({
    body: { withdrawn: true, holds: false, main: false },
  })
  const { prisma } = world.database
  expect(await prisma.caseNeed.count()).toBe(6)
  expect(await prisma.mainCategory.count()).toBe(1)
  expect(JSON.stringify(await prisma.caseNeed.findMany())).not.toMatch(/Метка|large-family/)
  expect(await prisma.auditEntry.count({ where: { action: 'family.needs-changed' } })).toBe(7)

  for (const [body, pointer] of [
    [{ code: 'large-family', since: '2026-11-26' }, '#/since'],
    // Chelyabinsk's, and no word at all.
    [{ kind: 'circumstance', code: 'life-threatening-conflict' }, '#/code'],
    [{ code: 'no-such-code' }, '#/code'],
  ] as const)
    expect(await add(body), pointer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } })
  expect(await key.patch(`${path}/${large.id}`, { until: null, reason })).toMatchObject(
    problem('already-open', 409),
  )
  expect(await key.patch(`${path}/${large.id}`, { since: '2026-10-05', reason })).toMatchObject({
    status: 422,
  })
  const elsewhere = await keyOf(world, { territories: [other] })
  for (const answer of [
    await elsewhere.get(path),
    await elsewhere.post(path, { kind: 'category', code: 'large-family' }),
    await elsewhere.post(`${path}/${large.id}/end`, {}),
    await elsewhere.patch(`${path}/${large.id}`, { withdrawn: true, reason }),
  ])
    expect(answer).toMatchObject(problem('not-found', 404))
})

test('what a teenager said with the request becomes the first rows at acceptance', async () => {
  const { world, key, path } = await openWithDasha()
  expect(items(await key.get(`${path}/needs`))).toMatchObject([
    { kind: 'circumstance', code: 'child-adaptation', since: '2026-11-24', foundBy: 'family', holds: true },
  ])
  expect(await world.database.prisma.auditEntry.count({ where: { action: 'family.needs' } })).toBe(1)
})

test('after the end of support a mistake can still be corrected, and nothing else', async () => {
  const { key, path } = await openWithFamily()
  const { id } = item(await key.post(`${path}/needs`, { kind: 'circumstance', code: 'no-work' }))
  await key.post(`${path}/transition`, { to: 'closed' })
  expect(await key.post(`${path}/needs/${id}/end`, {})).toMatchObject(problem('already-closed', 409))
  const wrong = { withdrawn: true, reason: 'Записано не в ту семью' }
  expect(await key.patch(`${path}/needs/${id}`, wrong)).toMatchObject({ status: 200 })
})
