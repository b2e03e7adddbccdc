import { describe, expect, inject, test } from 'vitest'
import { clientOf, keyOf } from '../support/api.ts'
import { takeDown } from '../support/outage.ts'
import { openWorld } from '../support/world.ts'

const withoutDatabase = [
  'api.busy',
  'api.failed',
  'health.down',
  'jobs.due-poll-failed',
  'jobs.error',
  'jobs.warning',
  'database.connection-lost',
  'leader-lock.connection-lost',
  'leader-lock.not-taken',
]

// What asks the database fails without it; what does not ask is answered as ever.
describe.runIf(inject('database') === 'postgres')('limits come before work', () => {
  test('wrong keys over the limit ask the database a few times a second at most; a known key is not held up', async () => {
    const world = await openWorld({ api: { perMinute: 20 }, noise: withoutDatabase })
    const url = () => world.app().url
    const key = await keyOf(world)
    expect(await key.get('/requests')).toMatchObject({ status: 200 })
    const database = await takeDown(world.database)
    const guess = async (nth: number) => (await clientOf(url, `ryadom_wrong${nth}`).get('/requests')).status
    const statuses = await Promise.all(Array.from({ length: 100 }, (_, nth) => guess(nth)))
    const asked = statuses.filter((status) => status !== 429).length
    expect(asked).toBeLessThan(50)
    await database.bringBack()
    await expect.poll(async () => (await key.get('/requests')).status, { timeout: 10_000 }).toBe(200)
  })

  test('many who ask whether the product is ready share one look at its dependencies', async () => {
    const world = await openWorld({ noise: withoutDatabase })
    const database = await takeDown(world.database)
    const ask = async () => (await fetch(`${world.app().url}/health/ready`)).status
    const statuses = await Promise.all(Array.from({ length: 50 }, ask))
    expect(new Set(statuses)).toEqual(new Set([503]))
    const looks = world.lines.filter((line) => line.includes('"health.down"'))
    expect(looks.length).toBeLessThan(10)
    await database.bringBack()
    await expect.poll(ask, { timeout: 10_000 }).toBe(200)
  })
})
