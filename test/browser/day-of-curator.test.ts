import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf, enter, pictured, soon } from './at-desk.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { plays } from './pictured-phone.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [irina, svetlana] = [5_000_006, 5_000_007]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

test('a day of a curator: a message, a visit, an opinion, the plan and what took place, beside the phone of a mother', {
  timeout: 180_000,
}, async () => {
  const sandbox = await open(app.url, {
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1440, height: 1000 },
  })
  const phone = phoneOf(sandbox, svetlana)
  await plays(app, svetlana, ['Даю согласие', { words: '/menu' }, 'Написать куратору'])
  const page = await deskOf(sandbox, irina)

  // What she writes comes by itself, and is answered by keyboard alone.
  await plays(app, svetlana, [{ words: 'Можно перенести встречу на среду?' }])
  await page.getByRole('link', { name: 'Ответить' }).waitFor(soon)
  await enter(page, 'link', 'Ответить')
  await page.getByRole('heading', { name: 'Где семья сейчас' }).waitFor()
  await pictured(page, 'console-family')
  await enter(page, 'link', 'Ответить')
  await page.getByText('Можно перенести встречу на среду?').waitFor()
  await page.getByLabel('Ответить: Светлана').focus()
  await page.keyboard.type('Можно. Сейчас назначу.')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('Отправлено.').waitFor()
  await phone.message('Вам написали').waitFor(soon)
  await plays(app, svetlana, ['Посмотреть'])
  await phone.message('Можно. Сейчас назначу.').waitFor(soon)

  // More of her words while the conversation is open: they are told of, and nothing that is typed goes.
  await page.getByLabel('Ответить: Светлана').fill('И ещё')
  await plays(app, svetlana, [{ words: 'Спасибо' }])
  await page.locator('.news').getByText('1 новое сообщение').waitFor(soon)
  expect(await page.locator('.news li').count()).toBe(1)
  expect(await page.getByLabel('Ответить: Светлана').inputValue()).toBe('И ещё')

  // A visit: nothing of the moment is printed, nor the code of the door.
  await enter(page, 'link', 'Визиты')
  await enter(page, 'link', 'Назначить визит')
  await page.locator('.slots a').first().press('Enter')
  await enter(page, 'button', 'Назначить визит')
  await page.getByText('Назначено.').waitFor()
  await phone.message('Новая встреча').waitFor({ timeout: 10_000 })
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByText('Назначено.').isVisible()).toBe(false)
  expect(await page.locator('.code').isVisible()).toBe(false)
  expect(await page.getByRole('heading', { name: 'Что сделать' }).isVisible()).toBe(false)
  expect(await page.getByText('у семьи дома').isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await page.goto(new URL('/console/calendar', page.url()).href)
  await pictured(page, 'console-calendar')

  // What she says of the plan stands beside its activity.
  await plays(app, svetlana, [
    { words: '/plan' },
    'На этой неделе',
    'Юрист',
    'Подходит или нет',
    'Есть вопрос',
  ])
  await plays(app, svetlana, [{ words: 'Можно ли онлайн?' }])
  await page.goto(new URL('/console/families', page.url()).href)
  await page.locator('main a[href^="/console/families/"]').first().press('Enter')
  await enter(page, 'link', 'План')
  const said = page.locator('tr', { has: page.locator('.opinion.question') })
  await said.waitFor()
  await pictured(page, 'console-plan')

  await enter(page, 'link', 'Изменить план')
  await page.locator('textarea').first().fill('Тимур ходит в школу, дома спокойно.')
  await enter(page, 'button', 'Сравнить и опубликовать')
  await page.getByText('Изменены цель').waitFor()
  await enter(page, 'button', 'Опубликовать')
  await page.getByText('План опубликован').waitFor()
  await plays(app, svetlana, [{ words: '/plan' }])
  await phone.message('Тимур ходит в школу, дома спокойно.').waitFor(soon)

  await enter(page, 'link', 'Отметить, было ли')
  await enter(page, 'button', 'Было')
  await page.getByText('Отмечено.').waitFor()
  await page.context().close()
})
