import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserForTests, phoneOf } from './open-page.ts'
import { play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const dasha = 5_000_002
const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

test('on a small screen a chat is hidden with two taps: the page shows one line, and the word brings it back', async () => {
  const page = await open(app.url, { viewport: { width: 360, height: 800 }, hasTouch: true })
  await page.getByRole('button', { name: 'Даша' }).click()
  const phone = phoneOf(page, dasha)
  await play(phone, [
    ['Начать', /Здравствуйте|Привет/],
    ['Попросить о помощи', /Кто пишет/],
  ])
  await play(phone, [['Спрятать', /Как вернуться/]])
  await play(phone, [['Спрятать сейчас', /Здесь пока ничего нет/]])
  await expect.poll(() => phone.root.locator('.message').count(), { timeout: 30_000 }).toBe(1)
  expect(await phone.root.locator('.inline-button').count()).toBe(0)
  await play(phone, [
    [{ words: '/start' }, /Здесь пока ничего нет/],
    [{ words: 'погода' }, /Переписка снова здесь/],
  ])
})
