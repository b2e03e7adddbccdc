import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { looksRight, looksRightAgain } from './console-walk.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [anna, irina, svetlana] = [5_000_003, 5_000_006, 5_000_007]

// What does not fit in a form comes back with a status that the browser logs.
const open = browserForTests(/status of 4(09|22)/)
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const comeIn = async (page: Page, id: number) => {
  await page.goto(`${app.url}/sandbox/people/${id}/desk`)
  await page.waitForURL(/\/console$/)
}

const call = async (page: Page, where: string, said: string) => {
  await page.goto(new URL('/console/requests/new?as=call', page.url()).href)
  await page.getByLabel('Кто и где?').fill(where)
  await page.getByLabel('Территория').selectOption({ index: 1 })
  await page.getByLabel('Что происходит?').fill(said)
  await page.getByLabel('Телефон').fill('8 928 111 22 33')
  await page.getByRole('button', { name: 'Передать как срочное' }).press('Enter')
  await page.getByRole('button', { name: 'Взять' }).press('Enter')
  await page.getByText('Взято вами').waitFor()
}

test('two calls about the same are merged by keyboard, and taken apart from the notice', async () => {
  const page = await open(app.url, { viewport: { width: 1024, height: 800 } })
  await comeIn(page, anna)
  await call(page, 'Лесная, 5', 'Кричат дети')
  await call(page, 'Лесная, дом 5', 'Слышно, как плачут')
  await page.getByLabel('Заметка.').fill('Елена, посмотрите')
  await page.getByRole('group', { name: 'Кому сказать' }).getByRole('checkbox').first().press('Space')
  await page.getByRole('button', { name: 'Записать' }).press('Enter')
  await page.locator('.talk').getByText('сказали:').waitFor()
  await looksRight(page, 'a card with a note')

  await page.setViewportSize({ width: 1024, height: 800 })
  await page.getByRole('link', { name: 'Соединить с другим' }).press('Enter')
  await page.getByText('тот же телефон').waitFor()
  await looksRight(page, 'what could be merged')
  await page.getByRole('link', { name: 'Сравнить' }).first().press('Enter')
  await page.getByText('Кричат дети').waitFor()
  await page.getByText('Слышно, как плачут').waitFor()
  await looksRight(page, 'both side by side')
  await page.getByRole('button', { name: 'Соединить' }).press('Enter')
  await page.getByText('Обращения соединены').waitFor()
  await looksRight(page, 'merged')
  await page.getByRole('button', { name: 'Отменить' }).press('Enter')
  await page.getByText('Обращения снова отдельно').waitFor()
  await page.context().close()
})

test('a message of a school is written down, read and settled without script', async () => {
  const page = await open(
    `${app.url}/sandbox/people/${anna}/desk`,
    { javaScriptEnabled: false },
    undefined,
    'main',
  )
  const console = page.url().replace(/\/console.*$/, '/console')
  await page.goto(`${console}/requests/new?as=message`)
  await page.getByLabel('Территория').selectOption({ index: 1 })
  await page.getByLabel('Кто сообщил').selectOption({ index: 1 })
  await page.getByLabel('От кого и о ком').fill('Школа № 5, о Маше')
  await page.getByLabel('Что сказано или написано').fill('Девочка не ходит на уроки')
  await page.getByRole('button', { name: 'Записать сообщение' }).click()
  await page.getByText('Сообщение записано').waitFor()
  await page.goto(`${console}/incoming`)
  await page.getByRole('link', { name: 'Прочитать' }).first().click()
  await page.getByText('Девочка не ходит на уроки').waitFor()
  await page.getByLabel('Номер семьи').fill('999999')
  await page.getByRole('button', { name: 'Связать с семьёй' }).click()
  await page.getByText('Такой семьи на ваших территориях нет').waitFor()
  await page.getByLabel(/Почему не подтвердилось/).fill('Болела, справка есть')
  await page.getByRole('button', { name: 'Не подтвердилось' }).click()
  await page.getByText('Записано: не подтвердилось').waitFor()
  const address = page.url()
  await page.context().close()

  const other = await open(app.url)
  await comeIn(other, anna)
  for (const path of [address, `${console}/incoming`]) {
    await other.goto(new URL(new URL(path).pathname, other.url()).href)
    await looksRight(other, path)
  }
  await other.context().close()
})

test('a family proposes on its phone, and the curator takes it into the plan', async () => {
  const page = await open(app.url, { timezoneId: 'Europe/Moscow', viewport: { width: 1440, height: 1000 } })
  const parent = phoneOf(page, svetlana)
  await parent.message('Приглашение от центра').waitFor()
  await play(parent, [
    ['Даю согласие', 'Куратор семьи – Ирина'],
    ['План помощи', 'Цель:'],
    ['Предложить своё', 'Что вы предлагаете'],
    ['Написать', 'Что добавить в план'],
    [{ words: 'Найти секцию рядом с домом' }, 'Передали куратору'],
  ])
  await comeIn(page, irina)
  await page.goto(new URL('/console/families', page.url()).href)
  await page.locator('main a[href^="/console/families/"]').first().click()
  await page.getByRole('navigation', { name: 'Разделы семьи' }).getByRole('link', { name: 'План' }).click()
  await page.locator('blockquote', { hasText: 'Найти секцию рядом с домом' }).waitFor()
  await looksRight(page, 'a plan with a proposal')
  await page.getByRole('link', { name: /^Ответить/ }).press('Enter')
  await looksRight(page, 'a proposal')
  await page.getByRole('radio', { name: /Взять в план/ }).press('Space')
  await page.getByRole('button', { name: 'Ответить' }).press('Enter')
  await page.getByText('строка вашего черновика').waitFor()
  expect(page.url()).toMatch(/\/plan\/edit\/family-/)
  await looksRight(page, 'the row of the draft')

  await page.goto(page.url().replace(/\/edit.*$/, ''))
  await page.locator('a[href*="/activities/"]').first().press('Enter')
  await looksRightAgain(page, 'an activity')
  await page.getByRole('radio', { name: 'Получена' }).press('Space')
  await page.getByRole('button', { name: 'Записать итог' }).press('Enter')
  await page.getByText('Сейчас записано: помощь получена').waitFor()
  await page.getByRole('button', { name: 'Отменить' }).press('Enter')
  await page.getByText('Запись убрали').waitFor()

  const family = new URL(page.url()).pathname.replace(/\/activities.*$/, '')
  for (const part of ['/level', '/incoming', '/needs']) {
    await page.goto(new URL(`${family}${part}`, page.url()).href)
    await looksRightAgain(page, part)
  }
  await page.goto(new URL(`${family}/level`, page.url()).href)
  await page.getByRole('checkbox').first().check()
  await page.getByRole('button', { name: 'Что предлагают признаки' }).press('Enter')
  await page.getByText('По признакам предлагается').waitFor()
  await looksRight(page, 'what signs propose')
  await page.context().close()
})
