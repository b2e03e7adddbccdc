import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf, pictured, soon } from './at-desk.ts'
import { askForHelp } from './console-walk.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [dasha, marina] = [5_000_002, 5_000_004]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

test('a day of a specialist: what happens on the phone is seen in the console at once, and back', async () => {
  const sandbox = await open(app.url)
  const phone = phoneOf(sandbox, dasha)
  const page = await deskOf(sandbox, marina)

  // Nobody loads the page again: what a girl sends comes by itself.
  await askForHelp(app.url)
  await page.getByRole('link', { name: /2026-000001/ }).waitFor(soon)

  // A neighbour has called meanwhile, and it goes on to whoever is there.
  await page.goto(new URL('/console/requests/new?as=call', page.url()).href)
  await page.getByLabel('Кто и где?').fill('Лесная, 5')
  await page.getByLabel('Территория').selectOption({ index: 1 })
  await page.getByLabel('Что происходит?').fill('Кричат дети')
  await page.getByLabel('Телефон').fill('8 928 111 22 33')
  await page.getByRole('button', { name: 'Передать как срочное' }).click()
  await page.getByRole('link', { name: 'Мой день' }).click()
  await page.getByRole('link', { name: /2026-000002/ }).waitFor()
  await pictured(page, 'console-day')
  await page.getByRole('link', { name: /2026-000001/ }).click()
  await page.getByText('С родителями не говорить').waitFor()
  await page.getByRole('button', { name: 'Взять' }).click()
  await page.getByText('Взято вами').waitFor()

  // A ready answer stands in the form, and its words are hers: «ты», and nothing of a neighbour's wording.
  await page.getByRole('link', { name: 'Быстрые ответы' }).click()
  await page.getByRole('link', { name: /Прочитали, Тепло/ }).waitFor()
  await pictured(page, 'console-replies')
  await page.getByRole('link', { name: /Прочитали, Тепло/ }).click()
  const field = page.getByLabel('Что написать подростку?')
  await expect.poll(() => field.inputValue()).toMatch(/Спасибо, что рассказываешь/)
  await page.getByRole('button', { name: 'Отправить' }).click()
  await phone.message(/Спасибо, что рассказываешь/).waitFor({ timeout: 15_000 })
  await page.context().close()
})
