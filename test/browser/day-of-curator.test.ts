import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf, enter, pictured, soon } from './at-desk.ts'
import { looksRight } from './console-walk.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [irina, svetlana] = [5_000_006, 5_000_007]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

test('a day of a curator: a message, a visit, an opinion, the plan and what took place, beside the phone of a mother', async () => {
  const sandbox = await open(app.url, { timezoneId: 'Europe/Moscow', viewport: { width: 1440, height: 1000 } })
  const phone = phoneOf(sandbox, svetlana)
  await phone.message('Приглашение от центра').waitFor()
  await play(phone, [['Даю согласие', 'Куратор семьи – Ирина']])
  const page = await deskOf(sandbox, irina)

  // What she writes comes by itself, and is answered by keyboard alone.
  await play(phone, [
    ['Написать куратору', /Пишите прямо сюда|Напишите/],
    [{ words: 'Можно перенести встречу на среду?' }, 'Отправлено'],
  ])
  await page.getByText('Не прочитано').or(page.getByText('Ждут ответа')).first().waitFor(soon)
  await enter(page, 'link', 'Ответить')
  await page.getByRole('navigation', { name: 'Разделы семьи' }).waitFor()
  await pictured(page, 'console-family')
  await enter(page, 'link', 'Ответить')
  await page.getByText('Можно перенести встречу на среду?').waitFor()
  await page.getByLabel('Ответить: Светлана').focus()
  await page.keyboard.type('Можно. Сейчас назначу.')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText(/Отправлено|Записано/).waitFor()
  await phone.message('У вас новое сообщение').or(phone.message('Можно. Сейчас назначу.')).first().waitFor(soon)
  // More of her words, while the conversation is open: nothing that is typed is taken away.
  await page.getByLabel('Ответить: Светлана').fill('И ещё')
  await play(phone, [
    [{ words: '/menu' }, 'Написать куратору'],
    ['Написать куратору', 'Переписка с центром'],
    [{ words: 'Спасибо' }, 'Отправлено'],
  ])
  await page.locator('.news').getByText('1 новое сообщение').waitFor(soon)
  expect(await page.getByLabel('Ответить: Светлана').inputValue()).toBe('И ещё')
  expect(await page.locator('.news li').count()).toBe(1)
  await page.context().close()
}, 90_000)
