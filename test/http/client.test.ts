import { expect, test } from 'vitest'
import { keyOf } from '../support/api.ts'
import { checkClient } from '../support/client-types.ts'
import { submitAsParent } from '../support/intake.ts'
import { documentOf } from '../support/openapi.ts'
import { pushes } from '../support/submitted.ts'
import { openWorld } from '../support/world.ts'

type Story = {
  takeACase: (baseUrl: string, key: string, words: string) => Promise<Record<string, unknown>>
}
const story = new URL('./client/take-a-case.ts', import.meta.url)

/** Calls that the generated types must reject. */
const wrong = `import createClient from 'openapi-fetch'
import type { paths } from './schema.ts'

const { GET, PATCH, POST } = createClient<paths>({ baseUrl: '' })
await GET('/api/v1/requests', { params: { query: { colour: 'red' } } })
await GET('/api/v1/wishes')
await POST('/api/v1/staff', { body: { name: 'Anna', role: 'head', territories: ['leninsky'] } })
await PATCH('/api/v1/staff/{id}', { params: { path: { id: '' } }, body: { capacity: 5 } })
const { data } = await GET('/api/v1/requests/{id}', { params: { path: { id: '' } } })
console.log(data?.phone)
`

test('a client generated from the document handles a case with types throughout', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const document = await documentOf(world)
  const found = await checkClient(document, { 'take-a-case.ts': story, 'wrong.ts': wrong })
  const places = found.filter((line) => !line.startsWith(' ')).map((line) => line.split(',')[0])
  expect(places, found.join('\n')).toEqual([5, 6, 7, 8, 10].map((line) => `wrong.ts(${line}`))

  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  const key = await keyOf(world, {
    scopes: ['requests:read', 'requests:details', 'requests:write', 'messages:write', 'routing:read'],
    territories: ['leninsky'],
  })
  const { takeACase } = (await import(story.href)) as Story
  const told = await takeACase(world.app().url, key.token ?? '', 'Здравствуйте! Позвоню вам завтра.')
  expect(told).toEqual({
    number,
    assignee: 'Анна',
    routedBy: ['only'],
    choice: 'Анна',
    claimedBy: 'Анна',
    stale: '/api/problems/stale',
    phone: '+79001112233',
    sent: false,
    stage: 'home-survey',
    status: 'closed',
    history: ['submitted', 'assigned', 'claimed', 'answer', 'stage home-survey', 'closed support-agreed'],
  })
  // Claimed, answered, closed.
  await expect.poll(() => pushes(olga), { timeout: 30_000 }).toBe(3)
  await olga.play([
    ['/status', 'status'],
    ['Переписка', /Позвоню вам завтра/],
  ])
})
