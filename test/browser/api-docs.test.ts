import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApi, routesOf } from '../support/openapi.ts'
import { browserForTests } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

const open = browserForTests(undefined, 'h1')
let app: RunningApp

beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

test('the API page shows every operation and loads nothing from other hosts', async () => {
  const document = (await (await fetch(new URL('/api/openapi.json', app.url))).json()) as OpenApi
  const asked: string[] = []
  const page = await open(new URL('/api/docs/', app.url).href, {}, async (fresh) => {
    fresh.on('request', (request) => asked.push(request.url()))
  })
  await page.getByRole('heading', { name: 'Ryadom staff API', level: 1 }).waitFor()
  const sidebar = page.locator('aside').first()
  const tags = new Set(routesOf(document).flatMap(({ operation }) => operation.tags))
  expect(tags.size).toBeGreaterThan(3)
  for (const tag of tags) {
    const first = routesOf(document).find(({ operation }) => operation.tags.includes(tag))
    const link = sidebar.getByText(first?.operation.summary ?? '', { exact: true })
    if (!(await link.isVisible())) await sidebar.getByText(tag, { exact: true }).click()
    await link.waitFor()
  }
  // To ask for each of them, the page would search all of its thousands of elements each time.
  const shown = await page.evaluate<string[]>(
    `[...document.querySelectorAll('aside:first-of-type *')].map((one) => one.textContent.trim())`,
  )
  expect(shown).toEqual(expect.arrayContaining(routesOf(document).map(({ operation }) => operation.summary)))
  await sidebar.getByText('Creates a staff member and returns a link to join the bot').click()
  await page.getByRole('heading', { name: /^Creates a staff member/ }).waitFor()
  expect(asked).toContain(new URL('/api/openapi.json', app.url).href)
  expect(asked.filter((url) => !url.startsWith(app.url) && !/^(data|blob):/.test(url))).toEqual([])
})
