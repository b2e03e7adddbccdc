import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { violations } from './axe.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const irina = 5_000_006

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

/** The console, opened with the link that the bot gives. */
const atDesk = async (): Promise<Page> => {
  const page = await open(app.url, { timezoneId: 'Europe/Moscow', viewport: { width: 1024, height: 900 } })
  const phone = phoneOf(page, irina)
  await phone.message('Вы на связи').first().waitFor()
  await play(phone, [
    [{ words: '/desk' }, 'Рабочее место'],
    ['Открыть в браузере', 'Открыть рабочее место'],
  ])
  const address = await phone.root.getByRole('link', { name: 'Открыть рабочее место' }).getAttribute('href')
  await page.goto(address ?? '')
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.getByRole('heading', { name: 'Мой день' }).waitFor()
  return page
}

const first = async (page: Page, from: string, selector: string): Promise<string> => {
  await page.goto(new URL(from, app.url).href)
  return (await page.locator(selector).first().getAttribute('href')) ?? ''
}

test('families, visits and the calendar: without a violation, on a phone, by keyboard, and by dragging', async () => {
  const page = await atDesk()
  onTestFinished(() => page.context().close())
  const family = await first(page, '/console/families', 'a[href^="/console/families/"]')
  const visit = await first(page, `${family}/visits`, 'a[href^="/console/visits/"]')
  const pages = [
    '/console/families',
    ...['', '/people', '/talk', '/case', '/needs', '/timeline', '/level'].map((part) => `${family}${part}`),
    `${family}/close?reason=other`,
    `${family}/visits/new?date=2026-11-26&time=15:30&count=4`,
    visit,
    `${visit}/move?date=2026-11-27&time=10:00`,
    '/console/calendar',
  ]
  for (const [nth, path] of pages.entries()) {
    // Each in one of the two colour schemes, so that both are looked at.
    await page.emulateMedia({ colorScheme: nth % 2 === 0 ? 'light' : 'dark' })
    await page.goto(new URL(path, app.url).href)
    expect([path, await violations(page)]).toEqual([path, []])
    await page.setViewportSize({ width: 360, height: 800 })
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    expect([path, wide]).toEqual([path, 360])
    await page.setViewportSize({ width: 1024, height: 900 })
  }

  await page.goto(new URL('/console/calendar?date=2026-11-26', app.url).href)
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
})
