import { expect, test } from 'vitest'
import { type ApiClient, keyOf } from '#test/support/api.ts'
import { letter, of, openDesk } from '#test/support/desk.ts'
import { missing, problem, staffIdOf } from '#test/support/submitted.ts'

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
