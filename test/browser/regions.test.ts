import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserForTests, phoneOf } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

const olga = 5_000_001
// While a world ends and the next one begins nobody answers.
const open = browserForTests(
  /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/,
)
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const choose = async (page: Page, region: string) => {
  await Promise.all([
    page.waitForEvent('load', { timeout: 90_000 }),
    page.getByLabel('Регион, по правилам').selectOption({ label: region }),
  ])
  await page.locator('.phone').first().waitFor()
}

test('the page opens the world of another region at the same address; the one before stays as it was left', async () => {
  const page = await open(app.url)
  const select = page.getByLabel('Регион, по правилам')
  const shown = async () => (await select.locator('option:checked').textContent()) ?? ''
  await expect.poll(shown).toBe('Ставропольский край')
  expect(await select.locator('option').count()).toBe(5)
  await phoneOf(page, olga).button('Начать').click()
  await phoneOf(page, olga).message('Здравствуйте').waitFor()

  await choose(page, 'Нягань')
  await expect.poll(shown).toBe('Нягань')
  const phone = phoneOf(page, olga)
  await phone.button('Начать').click()
  await phone.message('Здравствуйте').waitFor()
  expect(await readFile(join(app.dataDir, 'sandbox-region'), 'utf8')).toBe('stavropol nyagan\n')

  await choose(page, 'Ставропольский край')
  await phoneOf(page, olga).message('Здравствуйте').waitFor()
}, 180_000)
