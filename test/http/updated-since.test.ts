import { expect, test } from 'vitest'
import type { ApiClient } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { staffIdOf } from '#test/support/submitted.ts'

type Page = { items: { id: string }[]; nextCursor: string | null }

test('updatedSince: every kind of change moves what a client sees, and pages hold', async () => {
  const family = await openWithFamily()
  const { world, key, path, curatorId } = family
  const { prisma } = world.database
  const now = async () => {
    const [row] = await prisma.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`
    return (row?.at ?? new Date()).toISOString()
  }
  const idsIn = async (list: string, since: string) => {
    const url = `${list}?updatedSince=${encodeURIComponent(since)}`
    return ((await key.get(url)).body as Page).items.map(({ id }) => id)
  }
  /** Does it, and looks whether exactly this item of the list has moved. */
  const moves = async (what: string, list: string, id: string, deed: () => Promise<unknown>) => {
    const since = await now()
    expect(await idsIn(list, since), what).toEqual([])
    await deed()
    expect(await idsIn(list, since), what).toEqual([id])
  }
  const done = (answer: Awaited<ReturnType<ApiClient['get']>>) =>
    expect([200, 201, 202, 204], JSON.stringify(answer.body)).toContain(answer.status)

  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  const { id } = await prisma.request.findUniqueOrThrow({ where: { number } })
  const request = `/requests/${id}`
  const staffId = await staffIdOf(world, 'Анна')
  const revision = async () => `"${((await key.get(request)).body as { revision: number }).revision}"`
  const step = async (verb: string, body?: unknown) =>
    done(await key.post(`${request}/${verb}`, body, { 'if-match': await revision() }))
  await moves('claim', '/requests', id, () => step('claim', { staffId }))
  await moves('note', '/requests', id, async () =>
    done(await key.post(`${request}/notes`, { text: 'Позвонить вечером' })),
  )
  await moves('stage', '/requests', id, () => step('transition', { to: 'home-survey' }))

  const familyId = path.split('/').at(-1) ?? ''
  const familyRevision = async () => `"${((await key.get(path)).body as { revision: number }).revision}"`
  await moves('level', '/families', familyId, async () =>
    done(await key.patch(path, { level: 'basic' }, { 'if-match': await familyRevision() })),
  )
  let memberId = ''
  await moves('member', '/families', familyId, async () => {
    const added = await key.post(`${path}/members`, { role: 'parent', name: 'Игорь' })
    done(added)
    const { id: newest } = await prisma.familyMember.findFirstOrThrow({
      where: { familyId },
      orderBy: { addedAt: 'desc' },
    })
    memberId = newest
  })
  await moves('safety fact', '/families', familyId, async () =>
    done(await key.post(`${path}/members/${memberId}/safety`, { fact: 'no-calls' })),
  )

  const visits = `${path}/visits`
  let visit = ''
  const since = await now()
  const planned = await key.post(visits, {
    staffId: curatorId,
    startsAt: '2026-12-03T00:00:00Z',
    purpose: 'regular',
    audience: 'family',
  })
  done(planned)
  expect(planned.body).toMatchObject({ warnings: ['night'] })
  visit = (planned.body as { id: string }).id
  expect(await idsIn(visits, since)).toEqual([visit])
  await moves('move', visits, visit, async () => {
    const moved = await key.patch(
      `${visits}/${visit}`,
      { startsAt: '2026-12-03T12:00:00Z' },
      { 'if-match': '*' },
    )
    done(moved)
    expect(moved.body).toMatchObject({ warnings: [] })
  })

  await moves('absence', '/staff', staffId, async () =>
    done(
      await key.post(`/staff/${staffId}/absences`, {
        from: '2026-12-10T00:00:00Z',
        until: '2026-12-12T00:00:00Z',
      }),
    ),
  )
  const made = await key.post('/webhooks', { url: 'https://1.1.1.1/ryadom' })
  const endpoint = (made.body as { id: string }).id
  await moves('pause', '/webhooks', endpoint, async () => done(await key.post(`/webhooks/${endpoint}/pause`)))

  // What only the product looks at moves nothing.
  const quiet = await now()
  await prisma.$executeRaw`UPDATE requests SET clock_at = now(), event_sequence = event_sequence + 1`
  await prisma.$executeRaw`UPDATE families SET clock_at = now(), event_sequence = event_sequence + 1`
  expect([await idsIn('/requests', quiet), await idsIn('/families', quiet)]).toEqual([[], []])

  // A change between two pages adds to the second one, and shifts nothing out of it.
  for (const nth of [1, 2, 3])
    done(
      await key.post('/families', {
        territory: 'leninsky',
        stage: 'registered',
        appliedAt: `2026-11-0${nth}T09:00:00Z`,
      }),
    )
  const all = `/families?updatedSince=${encodeURIComponent(quiet)}&limit=2`
  const first = (await key.get(all)).body as Page
  done(await key.patch(`/families/${first.items[0]?.id}`, { level: 'crisis' }, { 'if-match': '*' }))
  const second = (await key.get(`${all}&cursor=${first.nextCursor}`)).body as Page
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null])
  expect(new Set([...first.items, ...second.items].map((one) => one.id)).size).toBe(3)
})
