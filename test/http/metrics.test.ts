import { expect, test } from 'vitest'
import { readScrape } from '#test/support/alert-rules.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld, type World } from '#test/support/world.ts'

const token = 'a-token-of-the-tests'

const scrape = (world: World, authorization?: string) =>
  fetch(`${world.app().url}/metrics`, authorization === undefined ? {} : { headers: { authorization } })

test('without settings there are no metrics', async () => {
  expect((await scrape(await openWorld())).status).toBe(404)
})

test('metrics are for whoever has the token', async () => {
  const world = await openWorld({ metrics: { token } })
  for (const given of [undefined, '', 'Bearer', `Bearer ${token}x`, token, `Basic ${token}`]) {
    const answer = await scrape(world, given)
    expect([given, answer.status]).toEqual([given, 401])
    expect(await answer.text()).not.toContain('ryadom_')
  }
  const answer = await scrape(world, `Bearer ${token}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
})

test('on a port of their own they are there only', async () => {
  const world = await openWorld({ metrics: { port: 0 } })
  expect((await scrape(world)).status).toBe(404)
  const line = world.lines.find((one) => one.includes('"metrics.listening"')) ?? '{}'
  const { url } = JSON.parse(line) as { url: string }
  const answer = await fetch(`${url}/metrics`)
  expect(await answer.text()).toContain('ryadom_dependency_up{dependency="database"} 1')
  expect((await fetch(`${url}/requests`)).status).toBe(404)
})

test('what happened is counted, and no label names anybody', async () => {
  const world = await openWorld({ metrics: { token } })
  await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga, 'Да, сейчас')
  const text = await (await scrape(world, `Bearer ${token}`)).text()
  const series = readScrape(text)
  const value = (key: string) => series.get(key)?.value
  expect(value('ryadom_waiting{what="urgent"}')).toBe(1)
  expect(value('ryadom_waiting{what="request"}')).toBe(0)
  expect(value('ryadom_promises_open')).toBe(1)
  expect(value('ryadom_update_seconds_count{kind="message",result="done"}')).toBeGreaterThan(1)
  expect(value('ryadom_update_seconds_count{kind="callback_query",result="again"}')).toBe(0)
  expect(value('ryadom_sends_total{method="editMessageText",result="ok"}')).toBeGreaterThan(1)
  expect(value('ryadom_jobs_total{queue="staff-card",result="completed"}')).toBeGreaterThan(0)
  const accounts = world.telegram.people().map(({ id }) => String(id))
  for (const secret of [number, 'Ольга', 'Анна', '+7900', ...accounts]) expect(text).not.toContain(secret)
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/)
  // A closed set: what a label may say is a code of ours.
  const said = [...series.values()].filter(({ name }) => name.startsWith('ryadom_'))
  const labels = said.flatMap(({ labels }) => Object.entries(labels)).filter(([name]) => name !== 'le')
  for (const [name, is] of labels) expect(`${name}=${is}`).toMatch(/^\w+=[\w-]+$/)
})
