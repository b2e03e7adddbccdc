import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessageView } from '#sandbox/protocol.ts'
import { createClient } from '#sandbox/talk/client.ts'
import { cutLabels, type Row } from './cut-labels.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

/** A person's chat over the sandbox's protocol: the newest card, and a button by its place. */
const personOf = (url: string, personId: number) => {
  const client = createClient(url)
  const card = async (): Promise<MessageView | undefined> =>
    (await client.state()).chats[personId]?.messages.findLast(
      ({ from, inlineKeyboard }) => from === 'bot' && inlineKeyboard.length > 0,
    )
  const say = async (text: string) => {
    await client.does(personId, 'text', { text })
    await client.idle()
  }
  const press = async (at: number) => {
    const shown = await card()
    const data = shown?.inlineKeyboard.flat()[at]?.data
    if (shown && data !== undefined) await client.tap(personId, shown.id, data)
    await client.idle()
  }
  const rows = async (): Promise<Row[]> =>
    ((await card())?.inlineKeyboard ?? []).map((row) => row.map(({ text }) => text))
  return {
    say,
    press,
    rows,
    text: async () => (await card())?.text ?? '',
    /** The menu's keyboard, and those of the cards that are one tap away from it. */
    around: async (): Promise<Row[]> => {
      await say('/menu')
      const menu = await rows()
      const found = [...menu]
      for (const at of menu.flat().keys()) {
        await press(at)
        found.push(...(await rows()))
        await say('/menu')
      }
      return found
    },
    /** Through the cards of an invitation, by the button that agrees. */
    joins: async (steps: number) => {
      for (let n = 0; n < steps; n += 1) await press(0)
    },
  }
}

/** Another test measures every label of the code in both languages; here it is the rows as somebody gets them. */
const spoken = process.env.TEST_LONG === '1' ? [0, 1] : [0]

const dasha = 5_000_002
const people = [
  { id: 5_000_001, taps: 0 },
  { id: dasha, taps: 0 },
  { id: 5_000_003, taps: 0 },
  { id: 5_000_005, taps: 0 },
  { id: 5_000_006, taps: 0 },
  { id: 5_000_007, taps: 3 },
  { id: 5_000_008, taps: 3 },
]

test('a small screen belongs to the phones: head and stories come at a tap, and codes are not shown', async () => {
  const page = await open(app.url, { viewport: { width: 360, height: 800 }, hasTouch: true })
  expect(await page.locator('.top').isVisible()).toBe(false)
  const box = await page.locator('.device').first().boundingBox()
  expect(box?.y ?? 800).toBeLessThan(90)
  const head = page.getByRole('button', { name: 'О песочнице и её настройки' })

  await page.getByRole('button', { name: 'Анна' }).click()
  const anna = phoneOf(page, 5_000_003)
  const opened = anna.message('/start').first()
  await opened.getByRole('button', { name: 'показать код' }).waitFor()
  expect(await opened.innerText()).not.toMatch(/[\w-]{16,}/)
  await opened.getByRole('button', { name: 'показать код' }).click()
  expect(await opened.innerText()).toMatch(/[\w-]{16,}/)

  await head.click()
  await page.getByRole('combobox', { name: 'Истории' }).selectOption({ label: 'Мама ночью' })
  const story = page.locator('#story')
  await story.getByText('1/7').waitFor()
  await story.getByRole('button', { name: 'Показать' }).click()
  const olga = phoneOf(page, 5_000_001)
  await olga.root.locator('.big-button.pointed').waitFor()
  expect(await page.locator('.top').isVisible()).toBe(false)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  await story.getByRole('button', { name: 'Дальше' }).click()
  await story.getByRole('button', { name: 'Показать' }).click()
  await story.getByText('Сейчас этого на экране нет').waitFor()
  await story.getByRole('button', { name: 'Закончить историю' }).click()
  expect(await story.isVisible()).toBe(false)
  await page.context().close()
}, 200_000)

test('a chat is hidden with two taps: the page shows one line, and the word brings it back', async () => {
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
  await page.context().close()
})

test('at 360 px no label around the menus is cut', async () => {
  const page = await open(app.url, { viewport: { width: 360, height: 800 }, hasTouch: true })
  const rows: Row[] = []
  for (const { id, taps } of people) {
    const person = personOf(app.url, id)
    if (taps > 0) await person.joins(taps)
    else await person.say('/start')
    for (const at of spoken) {
      await person.say('/language')
      await person.press(at)
      rows.push(...(await person.around()))
    }
  }
  expect(rows.length).toBeGreaterThan(75 * spoken.length)
  expect(await cutLabels(page, [['Очень длинная подпись, которая не помещается на экране']])).toHaveLength(1)
  const cut = await cutLabels(page, rows)
  await page.context().close()
  expect(cut).toEqual([])
}, 400_000)

test('the clock on the page sets the time to Monday, 9:00', async () => {
  const page = await open(app.url, { viewport: { width: 360, height: 800 }, hasTouch: true })
  await page.getByRole('button', { name: 'О песочнице и её настройки' }).click()
  const time = page.getByRole('group', { name: 'Часы песочницы' }).getByRole('status')
  const before = await time.innerText()
  await page.getByRole('button', { name: 'понедельник, 9:00' }).click()
  await expect.poll(() => time.innerText(), { timeout: 30_000 }).toMatch(/^пн.*09:0/)
  expect(await time.innerText()).not.toBe(before)
  await page.context().close()
})
