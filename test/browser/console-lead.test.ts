import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const comeIn = async (context: BrowserContext, page: Page, id: number) => {
  const opened = context.waitForEvent('page')
  await phoneOf(page, id).root.getByRole('link', { name: 'Рабочее место' }).click()
  const desk = await opened
  await desk.waitForURL(/\/console$/)
  return desk
}

/** What axe finds, and what is wider than a phone. */
const faultsOf = async (page: Page): Promise<string[]> => {
  const found = await violations(page)
  await page.setViewportSize({ width: 360, height: 740 })
  const wide = await page.evaluate<number>(`document.documentElement.scrollWidth - innerWidth`)
  await page.setViewportSize({ width: 1024, height: 740 })
  return [...found, ...(wide > 0 ? [`${wide} px too wide`] : [])]
}

test('the pages of a supervisor: no fault that axe finds, no wider than a phone, and one by keyboard alone', async () => {
  const page = await open(app.url)
  const elena = await comeIn(page.context(), page, 5_000_005)
  const base = new URL(elena.url()).origin
  await elena.goto(`${base}/console/staff`)
  const irina = await elena.getByRole('link', { name: 'Ирина' }).getAttribute('href')
  // One of each kind: the whole check must not grow for those that are built alike.
  const pages = [
    ...['/console/board', '/console/staff', '/console/staff/absences', `${irina}`, `${irina}/edit`],
    ...[`${irina}/leaving?to=evenly`, '/console/settings', '/console/settings/words'],
    ...['/console/settings/keys/new', '/console/settings/audit'],
  ]
  const faults: Record<string, string[]> = {}
  for (const path of pages) {
    expect((await elena.goto(`${base}${path}`))?.status(), path).toBe(200)
    const found = await faultsOf(elena)
    if (found.length > 0) faults[path] = found
  }
  expect(faults).toEqual({})

  await elena.goto(`${base}${irina}/edit`)
  await elena.getByLabel('всегда на месте').focus()
  await elena.keyboard.press('ArrowDown')
  await elena.keyboard.press('Tab')
  expect(await elena.evaluate<string>(`document.activeElement.getAttribute('name')`)).toBe('mon')
  await elena.keyboard.type('9:00–13:00, 14-18')
  await elena.keyboard.press('Enter')
  await elena.getByText('пн 9:00–13:00, 14:00–18:00').waitFor()
  await page.context().close()
})
