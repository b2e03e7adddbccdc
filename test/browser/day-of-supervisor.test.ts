import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf, enter, pictured, soon } from './at-desk.ts'
import { askForHelp } from './console-walk.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { plays } from './pictured-phone.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [olga, anna, elena] = [5_000_001, 5_000_003, 5_000_005]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

test('a day of a supervisor: figures that open, a request handed on, what a school told, and a register', {
  timeout: 180_000,
}, async () => {
  const sandbox = await open(app.url, {
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1440, height: 1000 },
  })
  const page = await deskOf(sandbox, elena)
  const at = (path: string) => new URL(path, page.url()).href
  await askForHelp(app.url)
  await page.getByRole('link', { name: /2026-000001/ }).waitFor(soon)

  // By keyboard: the board, its figure, the request, and whom it is given to.
  await enter(page, 'link', 'Доска')
  await page.getByRole('heading', { name: 'Кто сколько ведёт' }).waitFor()
  await pictured(page, 'console-board')
  await enter(page, 'link', /никто не взял/)
  await enter(page, 'link', /2026-000001/)
  await enter(page, 'link', 'Назначить')
  await page.getByRole('radio', { name: /Анна/ }).press('Space')
  await enter(page, 'button', 'Назначить')
  await page.getByText('Назначено.').waitFor()
  await phoneOf(sandbox, anna).message('2026-000001').first().waitFor(soon)
  // A figure of the board follows what a phone does: nobody loads the page again.
  await page.goto(at('/console/board'))
  const waiting = page
    .locator('.tiles, main')
    .getByRole('link', { name: /никто не взял/ })
    .first()
  await waiting.waitFor()
  await plays(app, anna, ['Взять'])
  await expect.poll(() => waiting.innerText(), soon).toMatch(/^0/)

  // Told by a school: it stands on the day of whoever may say what becomes of it.
  await page.goto(at('/console/requests/new?as=message'))
  await page.getByLabel('Территория').selectOption({ index: 1 })
  await page.getByLabel('Кто сообщил').selectOption({ index: 1 })
  await page.getByLabel('От кого и о ком').fill('Школа № 5, о Маше')
  await page.getByLabel('Что сказано или написано').fill('Девочка не ходит на уроки')
  const other = await deskOf(sandbox, anna)
  await page.getByRole('button', { name: 'Записать сообщение' }).click()
  await page.getByText('Сообщение записано').waitFor()
  await other.getByRole('heading', { name: 'Сообщили о семье' }).waitFor(soon)
  await other.close()

  await enter(page, 'link', 'Отчёты')
  await page.getByRole('link', { name: 'Открыть' }).nth(1).press('Enter')
  const figure = page.locator('td a').first()
  const count = Number(await figure.innerText())
  await figure.press('Enter')
  await page.getByText('Открыв список').waitFor()
  expect(await page.locator('main a[href^="/console/families/"]').count()).toBe(count)

  // Somebody new comes to the day by itself, and is urgent there.
  await page.goto(at('/console'))
  await plays(app, olga, [{ words: '/start' }, { words: 'Муж пьёт и бьёт, боюсь идти домой' }])
  await plays(app, olga, [
    'Передать центру сейчас',
    'Даю согласие',
    'Ленинский район',
    'Да, можно писать',
    'Да, прошу',
  ])
  await page
    .getByRole('link', { name: /2026-000002/ })
    .first()
    .waitFor(soon)
  await page.getByText('СРОЧНО').or(page.locator('b.urgent')).first().waitFor(soon)
  await page.context().close()
})
