import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { keepPicture as picture, sharp } from './keep-picture.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { type Deed, type Phone, play } from './play.ts'
import { type RunningApp, runProcess } from './running-app.ts'

const [olga, dasha, anna, marina, elena] = [5_000_001, 5_000_002, 5_000_003, 5_000_004, 5_000_005]
const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  // The receiver's library verifies signatures by the machine's clock.
  app = await runProcess()
})
afterAll(() => app.stop())

/** The line of an event in the webhook panel. */
const webhook = (page: Page, type: string) => page.locator('.events > li', { hasText: type }).first()

const look = { ...sharp, timezoneId: 'Europe/Moscow' } as const

const inEnglish: readonly Deed[] = [
  [{ words: '/language' }, 'На каком языке продолжим?'],
  ['English', 'Which language shall we use?'],
]
const uptoHelp: readonly Deed[] = [
  ['Начать', 'Здесь можно попросить о помощи'],
  ['Попросить о помощи', 'Кто пишет?'],
  ['Родитель', 'Можно ли хранить и читать ответы?'],
  ['Даю согласие', 'Что случилось?'],
  [{ words: 'Сын второй месяц не выходит из комнаты и не хочет в школу.' }, 'Спасибо, что рассказали'],
  ['Нет', 'Где живёт семья?'],
  ['Ставрополь, Ленинский район', 'подсказал ваш рассказ'],
  ['Ребёнку трудно среди людей', 'Отмечено: Ребёнку трудно среди людей'],
  ['Готово: 1', 'Какая помощь нужна?'],
  ['Помощь психолога', 'Отмечено: Помощь психолога'],
]
const uptoPhone: readonly Deed[] = [
  ['Готово: 1', 'Сколько детей и сколько им лет?'],
  [{ words: '2014, 2018' }, 'Как с вами безопасно связаться?'],
  ['Писать и звонить', 'Как к вам обращаться?'],
  [{ words: 'Ольга' }, 'По какому номеру звонить?'],
]
const uptoSummary: readonly Deed[] = [
  ['С 15 до 18', 'Просите ли вы о помощи для семьи?'],
  ['Да, прошу о помощи', 'Можно ли передавать сведения'],
  ['Да, можно', 'Проверьте ответы'],
]
const uptoNumber: readonly Deed[] = [['Отправить', /\d{4}-000001/]]
const dashaAsks: readonly Deed[] = [
  ['Начать', 'Здесь можно попросить о помощи'],
  ['Попросить о помощи', 'Кто пишет?'],
  ['Мне меньше 18 лет', 'Напиши свою дату рождения'],
  [{ words: '12.03.2012' }, 'Можно ли хранить и читать твои ответы?'],
]

test('in a browser: a parent asks for support, a specialist takes the request, and the parent and the centre’s system see who', async () => {
  const page = await open(app.url, look)
  // A page that is there while the app starts again would say so.
  onTestFinished(() => page.context().close())
  const [parent, teenager, specialist] = [olga, dasha, anna].map((id) => phoneOf(page, id)) as [
    Phone,
    Phone,
    Phone,
  ]
  for (const id of [anna, marina, elena]) await phoneOf(page, id).message('Вы на связи').waitFor()

  await play(parent, uptoHelp)
  await picture(parent.root, 'question')
  await play(parent, uptoPhone)
  await parent.button('Отправить мой номер').click()
  await page.keyboard.press('Enter')
  await parent.message('Когда удобно говорить?').waitFor()
  await play(parent, uptoSummary)
  await picture(parent.root, 'summary')
  await play(parent, uptoNumber)
  await play(teenager, dashaAsks)

  const card = specialist.message(/Заявление \d{4}-000001/)
  await card.waitFor()
  expect(await card.textContent()).not.toMatch(/Ольга|комнаты|900[ -]?111/)
  await webhook(page, 'request.submitted').getByText('подпись верна').waitFor()
  const switched = page.getByRole('radiogroup', { name: 'Как отвечает система центра' })
  await switched.getByRole('radio', { name: 'Ошибка 500' }).click({ force: true })
  await play(specialist, [['Взять', 'Взято вами']])
  await webhook(page, 'request.claimed').getByText('500', { exact: true }).waitFor()
  await switched.getByRole('radio', { name: 'Отвечает' }).click({ force: true })
  await webhook(page, 'request.claimed').getByText('204', { exact: true }).waitFor()
  expect(await webhook(page, 'request.claimed').innerText()).toMatch(/подпись верна\s+\d{4}-000001/)
  expect(await page.locator('.events').textContent()).not.toMatch(/Ольга|комнаты|900[ -]?111/)
  await parent.message('У вас новое сообщение.').waitFor()
  await play(parent, [['Посмотреть', 'им занимается Анна']])
  await picture(page, 'parent-and-specialist')

  const small = await open(app.url, { ...look, viewport: { width: 380, height: 780 }, hasTouch: true })
  await phoneOf(small, olga).message('им занимается Анна').last().waitFor()
  expect(await small.evaluate('document.documentElement.scrollWidth')).toBe(380)
  await picture(small, 'small-screen')
  await small.context().close()

  await page.getByRole('radio', { name: 'English' }).check({ force: true })
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true })
  await play(parent, [...inEnglish, ['Menu', 'Анна will read it'], ['My request', 'with Анна']])
  await play(teenager, [...inEnglish, ['Menu', 'Hi.'], ['Go on', 'May we keep and read your answers?']])
  await play(specialist, [...inEnglish, ['Menu', 'Hello'], ['Queue', 'Nobody is waiting']])
  await picture(page, 'dark-english')
})

describe('the page opens the world of another region', () => {
  // While a world ends and the next one begins nobody answers.
  const openAnyway = browserForTests(
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/,
  )
  const choose = async (page: Page, region: string) => {
    await Promise.all([
      page.waitForEvent('load', { timeout: 90_000 }),
      page.getByLabel('Регион, по правилам').selectOption({ label: region }),
    ])
    await page.locator('.phone').first().waitFor()
  }

  test('at the same address; the one before stays as it was left', async () => {
    const page = await openAnyway(app.url)
    const select = page.getByLabel('Регион, по правилам')
    const shown = async () => (await select.locator('option:checked').textContent()) ?? ''
    await expect.poll(shown).toBe('Ставропольский край')
    expect(await select.locator('option').count()).toBe(5)
    const words = 'Это мир Ставрополя'
    await phoneOf(page, marina).say(words)
    await phoneOf(page, marina).message(words).last().waitFor()

    await choose(page, 'Нягань')
    await expect.poll(shown).toBe('Нягань')
    const phone = phoneOf(page, olga)
    await phone.button('Начать').click()
    await phone.message('Здравствуйте').waitFor()
    expect(await phoneOf(page, marina).message(words).count()).toBe(0)
    expect(await readFile(join(app.dataDir, 'sandbox-region'), 'utf8')).toBe('stavropol nyagan\n')

    await choose(page, 'Ставропольский край')
    await phoneOf(page, marina).message(words).last().waitFor()
  }, 180_000)
})
