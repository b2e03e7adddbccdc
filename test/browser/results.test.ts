import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { keepPicture, sharp } from './keep-picture.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const elena = 5_000_005

// An expired link returns an error status, which the browser logs.
const open = browserForTests(/status of 40[14]/)
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const look = { ...sharp, timezoneId: 'Europe/Moscow' } as const

const focused = (page: Page): Promise<string> =>
  page.evaluate(
    `(document.activeElement?.getAttribute('id') || document.activeElement?.textContent || '').trim()`,
  )

/** Presses a key until an element has the focus. */
const tabTo = async (page: Page, name: string | RegExp): Promise<void> => {
  for (let steps = 0; steps < 200; steps += 1) {
    await page.keyboard.press('Tab')
    const now = await focused(page)
    if (typeof name === 'string' ? now === name : name.test(now)) return
  }
  throw new Error(`Nobody gets to ${name} with the keyboard`)
}

/** The link that the bot sends to the supervisor. */
const linkOf = async (page: Page): Promise<Locator> => {
  const phone = phoneOf(page, elena)
  await phone.message('Вы на связи').first().waitFor()
  const links = phone.root.getByRole('link', { name: 'Открыть итоги опросов' })
  const before = await links.count()
  await play(phone, [
    [{ words: '/menu' }, 'Здравствуйте'],
    ['Итоги опросов', 'Что отвечают семьи'],
    ['Открыть в браузере', 'Открыть итоги опросов'],
  ])
  await expect.poll(() => links.count()).toBe(before + 1)
  return links.last()
}

const fits = async (page: Page, width: number): Promise<void> => {
  await page.setViewportSize({ width, height: 900 })
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
  expect(wide, `at ${width} points`).toBeLessThanOrEqual(width)
}

test('from the link in the bot to a file: keyboard only, and no accessibility violations', async () => {
  const page = await open(app.url, look)
  const link = await linkOf(page)
  const address = (await link.getAttribute('href')) ?? ''
  const opens = page.context().waitForEvent('page')
  await link.focus()
  await page.keyboard.press('Enter')
  const results = await opens
  await results.getByRole('heading', { name: 'Рабочее место' }).waitFor()
  expect(await violations(results)).toEqual([])

  await tabTo(results, 'Войти')
  await results.keyboard.press('Enter')
  await results.waitForURL(`${app.url}/console/surveys`)
  expect(results.url()).not.toContain('?')
  await results.getByRole('heading', { name: 'Своими словами' }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await results.emulateMedia({ colorScheme: scheme })
    expect(await violations(results)).toEqual([])
  }
  await results.emulateMedia({ colorScheme: 'light' })
  for (const width of [360, 768, 1440]) await fits(results, width)

  // Another survey, by keyboard.
  await results.keyboard.press('Tab')
  expect(await focused(results)).toBe('К содержанию')
  await tabTo(results, 'К цифрам')
  await tabTo(results, 'survey')
  await results.keyboard.press('ArrowDown')
  await tabTo(results, 'Показать')
  await results.keyboard.press('Enter')
  await results.getByText(/^Как идёт помощь: /).waitFor()
  expect(results.url()).toBe(`${app.url}/console/surveys`)
  await tabTo(results, /^Таблица/)
  await results.keyboard.press('Enter')
  expect(await violations(results)).toEqual([])
  for (const part of ['По вопросам', 'По группам']) {
    await results.getByRole('link', { name: part }).click()
    await results.getByText(/^Как идёт помощь: /).waitFor()
    expect(await violations(results)).toEqual([])
    await fits(results, 360)
  }
  await results.getByRole('link', { name: 'Коротко' }).click()
  const download = results.waitForEvent('download')
  await tabTo(results, 'Цифры, CSV')
  await results.keyboard.press('Enter')
  expect((await download).suggestedFilename()).toBe('itogi-interim.csv')

  // A survey without answers says so.
  await results.getByLabel('Опрос', { exact: true }).selectOption({ label: 'Сопровождение закончилось' })
  await tabTo(results, 'Показать')
  await results.keyboard.press('Enter')
  await results.getByRole('heading', { name: 'Пока мало ответов' }).waitFor()
  expect(await violations(results)).toEqual([])

  await results.goto(address)
  await results.getByRole('heading', { name: 'Здесь ничего нет' }).waitFor()
  expect(await violations(results)).toEqual([])
  await results.goto(`${app.url}/console/surveys`)
  await tabTo(results, 'Выйти')
  await results.keyboard.press('Enter')
  await results.getByRole('heading', { name: 'Вы вышли' }).waitFor()
  expect(await violations(results)).toEqual([])
  await results.goto(`${app.url}/console/surveys`)
  await results.getByRole('heading', { name: 'Вход закончился' }).waitFor()
  expect(await violations(results)).toEqual([])
  await page.context().close()
})

test('screenshots of the page: wide, on a phone, dark, and printed', async () => {
  const page = await open(app.url, look)
  const link = await linkOf(page)
  await page.goto((await link.getAttribute('href')) ?? '')
  await page.getByRole('button', { name: 'Войти' }).click()
  await page.getByRole('heading', { name: 'Своими словами' }).waitFor()
  await page.setViewportSize({ width: 1440, height: 1300 })
  await keepPicture(page, 'survey-results')
  await page.emulateMedia({ colorScheme: 'dark' })
  await keepPicture(page, 'survey-results-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 380, height: 900 })
  await page.locator('.tiles').scrollIntoViewIfNeeded()
  await keepPicture(page, 'survey-results-phone')
  const paper = await page.pdf({ format: 'A4' })
  expect(paper.byteLength).toBeGreaterThan(20_000)
  await page.context().close()
})
