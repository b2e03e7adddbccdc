import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '#sandbox/talk/client.ts'
import { deskOf, enter, pictured } from './at-desk.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { plays } from './pictured-phone.ts'
import { type RunningApp, runApp } from './running-app.ts'

const [elena, svetlana] = [5_000_005, 5_000_007]

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

test('a day of an administrator: somebody comes, somebody goes, ready answers, and the audit as a file', {
  timeout: 180_000,
}, async () => {
  const client = createClient(app.url)
  const sandbox = await open(app.url, {
    timezoneId: 'Europe/Moscow',
    viewport: { width: 1440, height: 1000 },
  })
  await plays(app, svetlana, ['Даю согласие'])
  const page = await deskOf(sandbox, elena)
  const at = (path: string) => new URL(path, page.url()).href

  await enter(page, 'link', 'Сотрудники')
  await page.getByRole('heading', { name: 'Сотрудники' }).waitFor()
  await pictured(page, 'console-staff')
  await enter(page, 'link', 'Добавить сотрудника')
  await page.getByLabel('Имя, как его видят семьи').fill('Вера')
  await page.getByRole('radio', { name: /куратор/ }).press('Space')
  await page.getByRole('checkbox', { name: /Ленинский/ }).press('Space')
  await page.getByRole('checkbox', { name: /Есть обучение/ }).press('Space')
  await enter(page, 'button', 'Добавить и сделать ссылку')
  const link = await page.getByLabel('Одноразовая ссылка').inputValue()
  const { id: vera } = await client.addPerson({
    firstName: 'Вера',
    languageCode: 'ru',
    phone: '+79123456789',
  })
  await client.does(vera, 'text', { text: `/start ${new URL(link).searchParams.get('start')}` })
  await phoneOf(sandbox, vera).message('Здравствуйте, Вера').waitFor()

  await enter(page, 'link', 'Ссылка у меня, дальше')
  await enter(page, 'link', 'Изменить')
  await page.getByLabel('всегда на месте').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.type('9:00–18:00')
  await page.keyboard.press('Enter')
  await page.getByText('пн 9:00–18:00').waitFor()

  // Ирина leaves: what she leads is shown first, and the newcomer has the family on her phone.
  await page.goto(at('/console/staff'))
  await enter(page, 'link', 'Ирина')
  await enter(page, 'link', 'Уходит из центра')
  await page.getByText('1 семья').waitFor()
  await page.getByRole('radio', { name: /Вера/ }).press('Space')
  await enter(page, 'button', 'Дальше')
  await page.getByText('получит Вера').waitFor()
  await enter(page, 'button', 'Закончить работу')
  await page.getByText('Передаём дела').waitFor()
  const families = phoneOf(sandbox, vera).message('Семья № 1')
  await expect
    .poll(
      async () => {
        await plays(app, vera, [{ words: '/mine' }])
        return families.count()
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toBeGreaterThan(0)

  await page.goto(at('/console/settings/replies/new'))
  await page.getByLabel('Название, до 24 знаков').first().fill('Ждём вас')
  await page.getByLabel('Взрослому, на «вы», Просто').first().fill('{имя}, ждём вас.')
  await enter(page, 'button', 'Сохранить')
  await page.getByText('Ольга, ждём вас').waitFor()

  // The audit: of one member, of one kind; what leaves the centre asks anew who it is.
  await page.goto(at('/console/settings/audit'))
  await page.getByLabel('Что').selectOption({ label: 'изменены быстрые ответы' })
  await enter(page, 'button', 'Показать')
  await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
  expect(page.url()).toContain('action=replies.changed')
  await client.moveClock({ minutes: 40 })
  await enter(page, 'link', 'Сохранить в файл')
  await page.getByText('Вы вошли больше получаса назад').waitFor()
  const again = await deskOf(sandbox, elena)
  await again.goto(at('/console/settings/audit?action=replies.changed'))
  const [file] = await Promise.all([again.waitForEvent('download'), enter(again, 'link', 'Сохранить в файл')])
  expect((await readFile(await file.path(), 'utf8')).trim().split('\r\n')).toHaveLength(2)
  await page.context().close()
})
