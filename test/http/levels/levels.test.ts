import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openWithRequest, problem, staffIdOf } from '#test/support/submitted.ts'

const reason = 'Метка: бабушка забрала детей к себе'

test('signs propose their highest level with the clause; another one needs a word why, and each decision is a row', async () => {
  const { world, key, path } = await openWithFamily()
  const { prisma } = world.database
  const signs = ['basic-1', 'emergency-2']
  expect(await key.post(`${path}/level-proposal`, { signs })).toMatchObject({
    status: 200,
    body: { level: 'emergency', because: [{ sign: 'emergency-2', clause: '4.1' }] },
  })
  expect((await key.post(`${path}/level-proposal`, { signs: [] })).body).toEqual({ level: null, because: [] })
  const decide = (body: object) => key.post(`${path}/level`, body)
  expect(await decide({ signs, level: 'basic' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/reason' }] },
  })
  expect(await decide({ signs, level: 'basic', reason })).toMatchObject({
    status: 200,
    body: { proposed: 'emergency', level: 'basic', reason, signs },
  })
  await decide({ signs, level: 'basic', reason })
  expect(await decide({ signs, level: 'emergency' })).toMatchObject({ body: { reason: null } })
  expect((await key.get(path)).body).toMatchObject({ level: 'emergency' })
  expect(await decide({ signs: ['unheard-of'], level: 'basic' })).toMatchObject({ status: 422 })
  // The shorter way does not lead around the reason.
  expect(await key.patch(path, { level: 'crisis' }, { 'if-match': '*' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '#/level' }] },
  })
  expect((await key.get(`${path}/level-decisions`)).body).toMatchObject({
    items: [{ level: 'basic', reason }, { level: 'emergency' }],
  })
  expect(await prisma.levelDecision.count()).toBe(2)
  expect(JSON.stringify(await prisma.levelDecision.findMany())).not.toMatch(/Метка|emergency-2/)
  expect(await prisma.auditEntry.count({ where: { action: 'family.level-changed' } })).toBe(2)
  expect(await prisma.auditEntry.count({ where: { action: 'family.level' } })).toBe(1)
  const elsewhere = await keyOf(world, { territories: ['oktyabrsky'] })
  for (const answer of [
    await elsewhere.post(`${path}/level-proposal`, { signs }),
    await elsewhere.post(`${path}/level`, { signs, level: 'basic', reason }),
    await elsewhere.get(`${path}/level-decisions`),
  ])
    expect(answer).toMatchObject(problem('not-found', 404))
  await key.post(`${path}/transition`, { to: 'closed' })
  expect(await decide({ signs, level: 'emergency' })).toMatchObject(problem('already-closed', 409))
})

test('signs that were found before the acceptance go with it', async () => {
  const { world, key, path } = await openWithRequest()
  await key.post(`${path}/claim`, { staffId: await staffIdOf(world, 'Анна') })
  const accept = { to: 'closed', outcome: 'support-agreed', level: 'crisis', signs: ['crisis-4'] }
  const { level: _, ...open } = accept
  expect(await key.post(`${path}/transition`, open)).toMatchObject({ status: 422 })
  const { familyId } = (await key.post(`${path}/transition`, accept)).body as { familyId: string }
  expect((await key.get(`/families/${familyId}/level-decisions`)).body).toMatchObject({
    items: [{ signs: ['crisis-4'], proposed: 'crisis', level: 'crisis', reason: null }],
  })
})
