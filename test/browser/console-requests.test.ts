import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { browserForTests } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

const anna = 5_000_003
// What does not fit in a form comes back with a status that the browser logs.
const open = browserForTests(/status of 422/)
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

/** Violations that axe finds, and that the page is wider than a phone. */
const faults = async (page: Page): Promise<string[]> => {
  const found = await violations(page)
  const width = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 800 })
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
  if (width) await page.setViewportSize(width)
  return [...found, ...(wide > 360 ? [`${wide} points wide`] : [])]
}

/** Of what the walk of `console.test.ts` looks at, too. */
const faultsAgain = async (page: Page): Promise<string[]> =>
  process.env.TEST_LONG === '1' ? faults(page) : []

test('a call is written down by keyboard, taken, and what is being typed survives what others do', async () => {
  const viewport = { width: 1024, height: 800 }
  const page = await open(`${app.url}/sandbox/people/${anna}/desk`, { viewport }, undefined, 'main')
  const context = page.context()
  await page.waitForURL(/\/console$/)

  await page.getByRole('link', { name: 'Обращения' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/requests$/)
  expect(await faultsAgain(page)).toEqual([])
  await page.getByRole('link', { name: 'Новое обращение' }).press('Enter')
  expect(await faultsAgain(page)).toEqual([])
  await page.getByRole('link', { name: 'Срочный звонок' }).press('Enter')
  await page.getByLabel('Кто и где?').fill('Лесная, 5, вторая квартира')
  await page.getByLabel('Территория').selectOption({ index: 1 })
  await page.getByLabel('Что происходит?').fill('Кричат и плачут <b>дети</b>')
  await page.getByLabel('Телефон').fill('12')
  await page.getByRole('button', { name: 'Передать как срочное' }).press('Enter')
  await page.getByText('Номер не разобрать').waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByLabel('Телефон').fill('8 928 000 00 00')
  await page.getByRole('button', { name: 'Передать как срочное' }).press('Enter')
  await page.getByRole('button', { name: 'Взять' }).press('Enter')
  await page.getByText('Взято вами').waitFor()
  expect(await page.locator('blockquote').innerText()).toBe('Кричат и плачут <b>дети</b>')
  expect(await faults(page)).toEqual([])

  // Somebody else, here another tab, writes a note: the page draws itself anew around what is being typed.
  const other = await context.newPage()
  await other.goto(page.url())
  await page.getByLabel('Заметка.').fill('Не отправлено')
  await other.getByLabel('Заметка.').fill('Соседка ждёт у подъезда')
  await other.getByRole('button', { name: 'Записать' }).click()
  await page.locator('.talk').getByText('Соседка ждёт у подъезда').waitFor()
  expect(await page.getByLabel('Заметка.').inputValue()).toBe('Не отправлено')
  expect(await page.evaluate('document.activeElement?.id')).toBe('jot')
  await other.close()

  const card = page.url().replace(/\?.*/, '')
  await page.goto(`${card}/contact`)
  expect(await faultsAgain(page)).toEqual([])
  for (const path of ['stage', 'decide?outcome=support-agreed']) {
    await page.goto(`${card}/${path}`)
    expect(await faults(page), path).toEqual([])
  }
  await page.getByText('Признаки уровня').click()
  await page.getByRole('checkbox').last().check()
  await page.getByRole('button', { name: 'Проверить' }).click()
  await page.getByText('По признакам предлагается').waitFor()
  expect(await faults(page)).toEqual([])
  await context.close()
})
