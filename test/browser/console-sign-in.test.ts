import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserForTests, phoneOf } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

const open = browserForTests()
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.stop())

/** One tap above a phone of the sandbox. */
const comeIn = async (context: BrowserContext, page: Page, id: number) => {
  const opened = context.waitForEvent('page')
  await phoneOf(page, id).root.getByRole('link', { name: 'Рабочее место' }).click()
  const desk = await opened
  await desk.waitForURL(/\/console$/)
  return desk
}

/** A device with a finger that always fits. */
const putFinger = async (context: BrowserContext, page: Page) => {
  const device = await context.newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('one tap signs several people in at once, and a passkey lets in without the bot', async () => {
  const page = await open(app.url)
  const context = page.context()
  const anna = await comeIn(context, page, 5_000_003)
  const elena = await comeIn(context, page, 5_000_005)
  await anna.reload()
  expect(await anna.locator('.who').innerText()).toBe('Анна, специалист')
  expect(await elena.locator('.who').innerText()).toBe('Елена, руководитель')

  // Browsers ask for a passkey in the tab that somebody looks at.
  await anna.bringToFront()
  await putFinger(context, anna)
  await anna.getByRole('link', { name: 'Анна' }).click()
  await anna.getByLabel('Как назвать ключ').fill('Рабочий <b>компьютер</b>')
  await anna.getByRole('button', { name: 'Добавить ключ' }).click()
  await anna.getByText('Ключ добавлен').waitFor()
  expect(await anna.locator('.row b').innerText()).toBe('Рабочий <b>компьютер</b>')
  // The same device has its key already.
  await anna.getByLabel('Как назвать ключ').fill('Ещё один')
  await anna.getByRole('button', { name: 'Добавить ключ' }).click()
  await anna.getByRole('alert').waitFor()

  await anna.getByRole('button', { name: 'Выйти', exact: true }).click()
  await anna.getByRole('link', { name: 'Вход' }).click()
  await anna.getByRole('button', { name: 'Войти ключом' }).click()
  await anna.waitForURL(/\/console$/)
  expect(await anna.locator('.who').innerText()).toBe('Анна, специалист')

  await anna.goto(anna.url().replace(/\/console$/, '/console/confirm'))
  await anna.getByRole('button', { name: 'Войти ключом' }).click()
  await anna.getByText('Подтверждено').waitFor()
  await context.close()
})
