import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { minorAnswers, minorSubmits, submitAsParent } from '#test/support/intake.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const looks = async ({ database: { prisma } }: World) =>
  prisma.auditEntry.findMany({
    where: { action: 'request.flags' },
    select: { staffId: true, apiKeyId: true, requestId: true },
    orderBy: { id: 'asc' },
  })

test('whoever is shown that a minor asks, or that home is unsafe, is in the audit: once a day, in the bot and the API', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const annaId = await staffIdOf(world, 'Анна')
  await submitAsParent(world.person({ firstName: 'Ольга' }))
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  const { id } = await world.database.prisma.request.findFirstOrThrow({ where: { applicant: 'minor' } })
  const bot = { staffId: annaId, apiKeyId: null, requestId: id }
  // The card that came by itself is a look; the queue and the card again are the same one.
  await expect.poll(() => looks(world), { timeout: 30_000 }).toEqual([bot])
  await anna.byHand('-.queue.')
  await anna.byHand(`-.card.${id}`)
  expect(await looks(world)).toEqual([bot])

  const [list, one] = [await keyOf(world), await keyOf(world)]
  const api = (apiKeyId: string) => ({ staffId: null, apiKeyId, requestId: id })
  await list.get('/requests')
  await list.get('/requests')
  await one.get(`/requests/${id}`)
  expect(await looks(world)).toEqual([bot, api(list.keyId), api(one.keyId)])

  world.clock.forward(25 * 60 * 60_000)
  await one.get(`/requests/${id}`)
  expect(await looks(world)).toEqual([bot, api(list.keyId), api(one.keyId), api(one.keyId)])
  const { items } = (await list.get(`/audit?action=request.flags&requestId=${id}`)).body as {
    items: unknown[]
  }
  expect(items).toHaveLength(4)
})

test('a key of another territory looks at nothing, and is in no audit', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  await world.person().play([...minorAnswers('Да, можно'), ...minorSubmits])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const stranger = await keyOf(world, { territories: ['oktyabrsky'] })
  await stranger.get('/requests')
  expect((await stranger.get(`/requests/${id}`)).status).toBe(404)
  expect(await looks(world)).toEqual([])
})
