import { expect, inject, test } from 'vitest'
import { type ApiAnswer, keyOf } from '../support/api.ts'
import { openTerritory } from '../support/centre.ts'
import { holdRequest } from '../support/locks.ts'
import { missing, problem } from '../support/submitted.ts'
import { openWorld, type WorldOptions } from '../support/world.ts'

const perMinute = 1_000_000

const open = async (options: WorldOptions = {}) => {
  const world = await openWorld({ api: { perMinute }, ...options })
  const territory = await openTerritory(world, 'leninsky')
  const path = `/requests/${(await territory.fresh(['requests'])).requests}`
  return { world, path, key: await keyOf(world) }
}

const many = (count: number, call: (index: number) => Promise<ApiAnswer>) =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)))

const statuses = (answers: readonly ApiAnswer[]) => [...new Set(answers.map(({ status }) => status))]

test('three hundred concurrent calls wait for the semaphore, and all succeed', {
  timeout: 120_000,
}, async () => {
  // How long the last of them waits is the machine's speed.
  const { world, path, key } = await open({ api: { perMinute, waitMs: 60_000 } })
  expect(statuses(await many(300, () => key.get(`${path}/details`)))).toEqual([200])
  expect(statuses(await many(300, () => key.get('/requests')))).toEqual([200])
  expect(statuses(await many(150, () => key.post(`${path}/notes`, { text: 'Звонили.' })))).toEqual([200])
  const once = (index: number) =>
    key.post(`${path}/notes`, { text: 'Писали.' }, { 'idempotency-key': `crowd-${index}` })
  expect(statuses(await many(300, once))).toEqual([200])
  expect(await world.database.prisma.requestEvent.count({ where: { kind: 'staff-note' } })).toBe(450)
})

const onServer = test.runIf(inject('database') === 'postgres')

onServer('a request that somebody holds for long may be asked for again', async () => {
  const { world, path, key } = await open({ noise: ['api.busy'] })
  const held = await holdRequest(world.database, path)
  const refused = await key.post(`${path}/notes`, { text: 'Звонили.' })
  await held.release()
  expect(refused).toMatchObject(problem('unavailable', 503))
  expect(refused.headers.get('retry-after')).toBe('1')
  expect((await key.post(`${path}/notes`, { text: 'Звонили.' })).status).toBe(200)
})

onServer('a key of another territory does not wait for a request: there is none for it', async () => {
  const { world, path } = await open()
  const stranger = await keyOf(world, { territories: ['oktyabrsky'] })
  const held = await holdRequest(world.database, path)
  const answers = [
    await stranger.post(`${path}/notes`, { text: 'Звонили.' }),
    await stranger.post(`${path}/messages`, { text: 'Здравствуйте.' }),
  ]
  await held.release()
  const nothing = await stranger.post(`/requests/${missing}/notes`, { text: 'Звонили.' })
  for (const answer of answers) expect([answer.status, answer.body]).toEqual([404, nothing.body])
})
