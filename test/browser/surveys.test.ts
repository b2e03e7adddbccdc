import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#sandbox/talk/client.ts'
import { keepPicture, sharp } from './keep-picture.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { type Phone, play } from './play.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [elena, svetlana, timur] = [5_000_005, 5_000_007, 5_000_008]
const longestMs = 100_000

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

/** Opens the menu until it offers a survey: a push may wait for the end of quiet hours, the menu does not. */
const untilAsked = async (phone: Phone): Promise<void> => {
  const client = createClient(app.url)
  const row = phone.root.locator('.inline-button', { hasText: /^Опрос · / })
  const deadline = performance.now() + longestMs
  while ((await row.count()) === 0 && performance.now() < deadline) {
    await phone.say('/menu')
    await client.idle()
    await pause(1_000)
  }
  await row.last().click()
}

test(
  'in a browser: a supervisor sends a survey, a teenager answers with faces, and a low answer reaches the supervisor',
  async () => {
    const page = await open(app.url, look)
    const phone = (id: number) => phoneOf(page, id)
    const [supervisor, parent, minor] = [phone(elena), phone(svetlana), phone(timur)]
    await supervisor.message('Вы на связи').waitFor()
    await parent.message('Приглашение от центра').waitFor()
    await play(parent, [['Даю согласие', 'Куратор семьи – Ирина']])
    await play(minor, [['Да, разрешаю', 'Привет. Куратор семьи – Ирина']])
    await play(supervisor, [
      [{ words: '/families' }, 'Семь'],
      [/^Семья № \d+$/, 'В семье:'],
      ['Дело', /: дело/],
      ['Спросить семью', 'какой опрос'],
      ['Как идёт помощь', 'В семье:'],
    ])
    // Invitations are dispatched every minute.
    await createClient(app.url).moveClock({ minutes: 1 })

    await untilAsked(minor)
    await minor.message('Твои ответы читает только руководитель').waitFor()
    await play(minor, [['Начать', 'За эти три месяца мы тебе помогли?']])
    await minor.message('мы тебе помогли?').last().locator('img').waitFor()
    const width = `document.querySelector('.phone[data-person="${timur}"] .message img').naturalWidth`
    await expect.poll(() => page.evaluate(width)).toBeGreaterThan(600)
    await keepPicture(minor.root, 'survey-minor')
    await play(minor, [['Да, очень', 'Что именно помогло?']])

    await untilAsked(parent)
    await parent.message('Ответы читает только руководитель').waitFor()
    await keepPicture(parent.root, 'survey-invitation')
    await play(parent, [
      ['Начать', 'мы вам помогли?'],
      ['Почти не помогли', 'Можно поговорить не с куратором'],
    ])
    await play(parent, [['Да, пусть напишут', 'вам напишет не куратор']])
    await supervisor.message('Просят поговорить не с куратором').last().waitFor()
    await keepPicture(supervisor.root, 'survey-supervisor')
    await parent.root.locator('.inline-button').getByText('Пропустить', { exact: true }).last().click()
    while ((await parent.message('Всё верно?').count()) === 0) {
      const skip = parent.root.locator('.inline-button').getByText('Пропустить', { exact: true })
      if ((await skip.count()) > 0) await skip.last().click()
      await pause(700)
    }
    await play(parent, [['Отправить', 'Спасибо, ответы отправлены']])
    await page.context().close()
  },
  longestMs + 120_000,
)
