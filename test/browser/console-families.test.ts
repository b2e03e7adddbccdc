import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { browserForTests } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [elena, irina] = [5_000_005, 5_000_006]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const deskOf = async (id: number): Promise<Page> => {
  const look = { timezoneId: 'Europe/Moscow', viewport: { width: 1024, height: 900 } }
  const page = await open(`${app.url}/sandbox/people/${id}/desk`, look, undefined, 'main')
  await page.waitForURL(/\/console$/)
  return page
}

const at = (page: Page, path: string): string => new URL(path, page.url()).href

const first = async (page: Page, from: string, selector: string): Promise<string> => {
  await page.goto(at(page, from))
  return (await page.locator(selector).first().getAttribute('href')) ?? ''
}

const looksAtAll = process.env.TEST_LONG === '1'

/**
 * Nothing that axe finds, and nothing wider than a phone. In the check of those only that are asked for something: the others are
 * looked at by the walk of `console.test.ts`.
 */
const look = async (page: Page, paths: readonly string[]): Promise<void> => {
  const looked = paths.filter((path) => looksAtAll || path.includes('?'))
  expect(looked).not.toEqual([])
  for (const [nth, path] of looked.entries()) {
    // Each in one of the two colour schemes, so that both are looked at.
    await page.emulateMedia({ colorScheme: nth % 2 === 0 ? 'light' : 'dark' })
    expect((await page.goto(at(page, path)))?.status(), path).toBe(200)
    expect([path, await violations(page)]).toEqual([path, []])
    await page.setViewportSize({ width: 360, height: 800 })
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect([path, wide]).toEqual([path, 360])
    await page.setViewportSize({ width: 1024, height: 900 })
  }
}

test('families, visits and the calendar: without a violation, on a phone, by keyboard, and by dragging', async () => {
  const page = await deskOf(irina)
  const family = await first(page, '/console/families', 'a[href^="/console/families/"]')
  const visit = await first(page, `${family}/visits`, 'a[href^="/console/visits/"]')
  await look(page, [
    '/console/families',
    ...['', '/people', '/talk', '/case', '/needs', '/timeline', '/level'].map((part) => `${family}${part}`),
    `${family}/close?reason=other`,
    `${family}/visits/new?date=2026-11-26&time=15:30&count=4`,
    visit,
    `${visit}/move?date=2026-11-27&time=10:00`,
    '/console/calendar',
  ])

  await page.goto(at(page, '/console/calendar?date=2026-11-26'))
  const dragged = page.locator('[data-visit]').first()
  const friday = page.locator('[data-day="2026-11-27"]')
  const [from, to] = [await dragged.boundingBox(), await friday.boundingBox()]
  if (!from || !to) throw new Error('nothing to drag')
  await page.mouse.move(from.x + 20, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(to.x + 30, to.y + (to.height * 3) / 14 + 10, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('heading', { name: 'Перенести визит' }).waitFor()
  expect(page.url()).toContain('/move?date=2026-11-27&time=10:00')
  // Nothing is saved yet; by keyboard it is.
  await page.getByRole('button', { name: 'Перенести' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Визит перенесён').waitFor()
  await expect.poll(() => page.locator('main').textContent()).toContain('В пятницу, 27 ноября, в 10:00')
  await page.context().close()
})

test('the pages of a supervisor: no fault that axe finds, no wider than a phone, and one by keyboard alone', async () => {
  const page = await deskOf(elena)
  await page.goto(at(page, '/console/staff'))
  const member = await page.getByRole('link', { name: 'Ирина' }).getAttribute('href')
  // One of each kind: the whole check must not grow for those that are built alike.
  await look(page, [
    ...['/console/board', '/console/staff', '/console/staff/absences', `${member}`, `${member}/edit`],
    ...[`${member}/leaving?to=evenly`, '/console/settings', '/console/settings/words'],
    ...['/console/settings/keys/new', '/console/settings/audit'],
  ])

  await page.goto(at(page, `${member}/edit`))
  await page.getByLabel('всегда на месте').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  expect(await page.evaluate<string>(`document.activeElement.getAttribute('name')`)).toBe('mon')
  await page.keyboard.type('9:00–13:00, 14-18')
  await page.keyboard.press('Enter')
  await page.getByText('пн 9:00–13:00, 14:00–18:00').waitFor()
  await page.context().close()
})
