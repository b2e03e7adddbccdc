import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { playAnswers } from '#test/support/results-page.ts'
import { elementsOf } from '#test/support/svg.ts'

const period = 'from=2026-06&until=2026-11'

test('every chart is available as SVG and PNG, in the requested language', async () => {
  const { world, curatorId } = await openWithFamily()
  await playAnswers(world, curatorId)
  const { token = '' } = await keyOf(world)
  const draw = (query: string, { key = token, ...headers }: Record<string, string> = {}) =>
    fetch(new URL(`/api/v1/surveys/after-visit/chart?${period}&${query}`, world.app().url), {
      headers: { authorization: `Bearer ${key}`, ...headers },
    })
  const charts = [
    'chart=overview',
    'chart=funnel',
    'chart=stopped',
    'chart=distribution&question=helped',
    'chart=trend&question=helped',
    'chart=breakdown&question=helped&by=territory',
    'chart=breakdown&question=helped&by=curator',
  ]
  for (const query of charts) {
    const answer = await draw(query)
    expect([answer.status, answer.headers.get('content-type')], query).toEqual([200, 'image/svg+xml'])
    const svg = await answer.text()
    expect(elementsOf(svg)[0]?.attributes).toMatchObject({ role: 'img' })
    expect(svg, query).toMatch(/data-mark="1:0"/)
    expect(svg).not.toMatch(/<script|<style|\sstyle=/)
  }
  const png = await draw('chart=overview&format=png')
  expect(png.headers.get('content-type')).toBe('image/png')
  expect([...new Uint8Array(await png.arrayBuffer()).subarray(1, 4)]).toEqual([...Buffer.from('PNG')])
  expect(await (await draw('chart=funnel', { 'accept-language': 'en' })).text()).toContain(
    'How many got to the end',
  )

  // Names of staff require `staff:read`.
  const byCurator = 'chart=breakdown&question=helped&by=curator'
  expect(await (await draw(byCurator)).text()).toContain('>Ирина<')
  const { token: nameless = '' } = await keyOf(world, { scopes: ['surveys:read'] })
  const without = await (await draw(byCurator, { key: nameless })).text()
  expect(without).not.toContain('Ирина')
  expect(without).toContain(`>${curatorId.slice(0, 8)}<`)

  const { token: elsewhere = '' } = await keyOf(world, { territories: ['shpakovsky'] })
  const few = await draw('chart=overview', { key: elsewhere })
  expect(few.status).toBe(200)
  expect(await few.text()).toMatch(/Ответили меньше пяти семей/)

  const wrong: [string, number][] = [
    ['chart=pie', 422],
    ['chart=trend', 422],
    ['chart=breakdown&question=helped', 422],
    ['chart=trend&question=no-such', 404],
    ['chart=overview&format=gif', 422],
    ['chart=overview&level=crisis&helpKind=legal', 422],
  ]
  for (const [query, status] of wrong) {
    const refused = await draw(query)
    expect(refused.status, query).toBe(status)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
  }
})
