import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPicture, sharp } from './keep-picture.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { type Deed, play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [irina, svetlana, timur] = [5_000_006, 5_000_007, 5_000_008]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

const look = {
  ...sharp,
  timezoneId: 'Europe/Moscow',
  // Tall enough for a card with its picture and its buttons.
  viewport: { width: 1440, height: 1150 },
} as const

const parentComesIn: readonly Deed[] = [['Даю согласие', 'Куратор семьи – Ирина']]
const minorComesIn: readonly Deed[] = [['Да, разрешаю', 'Привет. Куратор семьи – Ирина']]

test('in a browser: a family sees its plan and visits, a teenager only their own part, and the curator the answers', async () => {
  const page = await open(app.url, look)
  const phone = (id: number) => phoneOf(page, id)
  const [curator, parent, minor] = [phone(irina), phone(svetlana), phone(timur)]
  await curator.message('Вы на связи').waitFor()

  await parent.message('Приглашение от центра').waitFor()
  await play(parent, parentComesIn)
  await play(parent, [['План помощи', 'Цель:']])
  await parent.message('Цель:').last().locator('img').waitFor()
  const width = `document.querySelector('.phone[data-person="${svetlana}"] .message img').naturalWidth`
  await expect.poll(() => page.evaluate(width)).toBeGreaterThan(600)
  await keepPicture(parent.root, 'family-plan')
  await play(parent, [
    ['На этой неделе', 'Собрать пять справок'],
    [/^Юрист объяснит/, 'Кто ведёт:'],
  ])
  await keepPicture(parent.root, 'family-activity')

  await play(parent, [
    [{ words: '/visits' }, 'Кто и когда придёт'],
    [/, 15:00$/, 'Код у двери'],
  ])
  const card = parent.message('Код у двери').last()
  expect(await card.innerText()).toMatch(/Код у двери: \d{4}/)
  await keepPicture(parent.root, 'family-visit')
  await play(parent, [['Подтверждаю', 'Время подтверждено']])
  const told = curator.message(': ответ о визите').last()
  await told.waitFor()
  expect(await told.innerText()).not.toMatch(/Светлана|Код|\d{4}\b/)
  await play(curator, [['Открыть', 'Код']])
  await keepPicture(curator.root, 'curator-visit')
  const code = /Код у двери: (\d{4})/.exec(await card.innerText())?.[1] ?? 'none'
  expect(await page.locator('.events').innerText()).not.toContain(code)

  await play(minor, minorComesIn)
  await play(minor, [['План помощи', 'Здесь то, что касается тебя']])
  expect(await minor.root.innerText()).not.toMatch(/кредит|пособие/)
  await page.context().close()
})
