import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { looksRight, looksRightAgain } from './console-walk.ts'
import { browserForTests } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

// A picture of a question that is still typed may be asked for once more than it is there.
const open = browserForTests(undefined, 'main')
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const desk = (id: number) => `${app.url}/sandbox/people/${id}/desk`
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('a supervisor writes a survey, sees it as a child does, and publishes it', {
  timeout: 180_000,
}, async () => {
  const page = await open(desk(5_000_005))
  const { origin } = new URL(page.url())
  await page.goto(`${origin}/console/surveys/authoring`)
  await press(page, 'Новый опрос')
  await press(page, 'Проверить')
  await page.getByText('Опубликовать пока нельзя').waitFor()
  await looksRight(page, 'what is wrong')
  await page.getByRole('link', { name: 'К вопросам' }).click()
  await page.getByLabel('Взрослому, на «вы»').fill('Как прошёл месяц')
  await press(page, 'Добавить вопрос')
  await page.getByRole('heading', { name: 'Вопрос 1' }).waitFor()
  await page.getByLabel('Взрослому, на «вы»: Текст вопроса').fill('Стало ли вам легче?')
  await page.getByLabel('Ребёнку, на «ты» (можно не писать): Текст вопроса').fill('Тебе стало легче?')
  await page.getByLabel('Готовая шкала').selectOption('better')
  await press(page, 'Взять шкалу')
  await page.getByLabel('Если ответ низкий').selectOption('2')
  await looksRight(page, 'a question')
  await press(page, 'Сохранить вопрос')
  await press(page, 'Добавить вопрос')
  await page.getByLabel('Взрослому, на «вы»: Текст вопроса').fill('Что мешает больше всего?')
  await page.getByLabel('Как отвечают').selectOption('text')
  await press(page, 'Показать поля ответа')
  await page.getByText('После вопроса 1: Стало ли вам легче?').first().click()
  await page.getByLabel('Если ответ низкий').selectOption('3')
  await press(page, 'Сохранить вопрос')
  await looksRight(page, 'the questions')
  await press(page, 'Проверить')
  await looksRight(page, 'the whole survey')
  await page.getByRole('link', { name: 'Ребёнок', exact: true }).click()
  await page.getByText('Тебе стало легче?').first().waitFor()
  await looksRight(page, 'as a child reads it')
  await page.locator('.bot-card img').scrollIntoViewIfNeeded()
  await expect
    .poll(() => page.evaluate<number>(`document.querySelector('.bot-card img').naturalWidth`))
    .toBeGreaterThan(0)
  await press(page, 'Опубликовать')
  await page.getByText('Версия опубликована').waitFor()
  await page.context().close()
})

test('ready answers, places and days off are kept in the settings, and ready answers are taken into a message', {
  timeout: 180_000,
}, async () => {
  const page = await open(desk(5_000_005))
  const { origin } = new URL(page.url())
  const at = `${origin}/console/settings`
  await page.goto(`${at}/replies/new`)
  await page.getByLabel('Название, до 24 знаков').first().fill('Ждём вас')
  await page.getByLabel('Взрослому, на «вы», Просто').first().fill('{имя}, ждём вас {день}.')
  await press(page, 'Сохранить')
  await page.getByText('Ольга, ждём вас').waitFor()
  await looksRight(page, 'a ready answer')
  await page.goto(`${at}/places/new`)
  await page.getByLabel('Название').first().fill('Приют «Дом»')
  await page.getByLabel('Телефон').fill('8 (8652) 11-22-33')
  await page.getByLabel('С чем помогут').first().fill('Ночлег и еда для семей с детьми')
  await press(page, 'Сохранить')
  await page.getByRole('heading', { name: 'Как это увидит семья' }).waitFor()
  await looksRight(page, 'a place')
  await page.goto(`${at}/places`)
  await looksRightAgain(page, 'the places')
  await page.getByRole('link', { name: 'Изменить' }).first().click()
  await page.getByRole('link', { name: 'Убрать' }).click()
  await page.waitForURL(/\/remove$/)
  await looksRight(page, 'a place before it is removed')
  await page.goto(`${at}/days`)
  await page.getByLabel('День', { exact: true }).fill('2026-12-03')
  await page.getByLabel('Каким актом').fill('Приказ центра № 5')
  await press(page, 'Добавить день')
  await looksRightAgain(page, 'the days')
  await page.getByRole('link', { name: 'Забрать назад' }).click()
  await page.waitForURL(/\/remove$/)
  await looksRight(page, 'a day before it is taken back')

  await page.goto(desk(5_000_006))
  await page.goto(`${new URL(page.url()).origin}/console/families`)
  await page.locator('a[href^="/console/families/"]').first().click()
  await page.getByRole('link', { name: 'Переписка', exact: true }).click()
  if (await page.locator('.people a').first().isVisible()) await page.locator('.people a').first().click()
  await page.getByRole('link', { name: 'Быстрые ответы' }).click()
  await page.waitForURL(/\/replies/)
  await looksRight(page, 'ready answers')
  await page.getByRole('link', { name: 'Взять' }).first().click()
  await page.waitForURL(/\/talk\?/)
  await expect.poll(() => page.locator('#answer').inputValue()).not.toBe('')
  await looksRight(page, 'a ready answer in a message')
  await page.context().close()
})
