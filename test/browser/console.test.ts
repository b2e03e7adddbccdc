import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consoleRoutes } from '../support/console-routes.ts'
import { askForHelp, looksRight, walk } from './console-walk.ts'
import { browserForTests, phoneOf } from './open-page.ts'
import { type RunningApp, runApp } from './running-app.ts'

// A page that is not there, or not for whoever is not signed in, is an error of the browser, too.
const open = browserForTests(/status of 40[134]/)
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

/** Pages that no link of the sandbox's day leads to, and why. */
const notWalked: Record<string, string> = {
  '/console/drafts': 'a script asks for it',
  '/console/reports/quarter/:period': 'the region of the sandbox demands no such report',
  '/console/reports/quarter/:period/hand-in': 'the same',
  '/console/reports/quarter/:period/rows/:row': 'the same',
  '/console/reports/registers/:register/families': 'no family of the sandbox is counted there',
  '/console/surveys/told/check': 'something has to be written first',
  '/console/surveys/authoring/:survey/edit/:question':
    'something has to be typed first, see console-authoring',
  '/console/surveys/authoring/:survey/check': 'something has to be typed first, see console-authoring',
  '/console/settings/places/:id': 'the sandbox has none, see console-authoring',
  '/console/settings/places/:id/remove': 'the sandbox has none, see console-authoring',
  '/console/settings/days/:id/remove': 'the sandbox has none, see console-authoring',
  '/console/requests/:id/words': 'an act that the state of the sandbox does not offer, see console-requests',
  '/console/requests/:id/pass': 'an act that the state of the sandbox does not offer, see console-requests',
  '/console/requests/:id/calm': 'an act that the state of the sandbox does not offer, see console-requests',
  '/console/requests/:id/check': 'an act that the state of the sandbox does not offer, see console-requests',
  '/console/requests/:id/stage': 'an act that the state of the sandbox does not offer, see console-requests',
  '/console/requests/:id/give': 'an act that the state of the sandbox does not offer, see console-requests',
  '/console/requests/:id/decide': 'an act that the state of the sandbox does not offer, see console-requests',
  '/console/requests/:id/merge': 'the same, see console-desk',
  '/console/requests/:id/merge/:other': 'the same, see console-desk',
  '/console/incoming/:id': 'nobody has told of a family, see console-desk',
  '/console/families/:id/proposals/:proposal': 'nobody has proposed anything, see console-desk',
  '/console/requests/:id/replies': 'the state of the sandbox offers no words, see console-requests',
  '/console/families/:id/members/:member/replies': 'the same, see talk-beside',
  '/console/data-requests/acts': 'of administrators, see data-requests',
  '/console/data-requests/:id': 'nobody has asked, see data-requests',
  '/console/unanswered-consents': 'everybody has answered, see unanswered',
  '/console/families/:id/look': 'the same, see console-families',
  '/console/families/:id/members/:member': 'the same, see console-families',
  '/console/families/:id/safety/:fact': 'the same, see console-families',
  '/console/families/:id/invitation': 'the same, see console-families',
  '/console/families/:id/plan/edit/:code': 'something has to be written first',
  '/console/families/:id/plan/check': 'something has to be written first',
  '/console/board/terms': 'no such figure in the sandbox',
  '/console/board/ended': 'no such figure in the sandbox',
  '/console/board/handed/:id': 'no such figure in the sandbox',
  '/console/staff/:id/hand-over': 'no such figure in the sandbox',
  '/console/settings/keys/:id/revoke': 'no such figure in the sandbox',
}

const desk = (id: number) => `/sandbox/people/${id}/desk`

test('every page and state is right for a screen reader, in the dark and on a phone', {
  timeout: 420_000,
}, async () => {
  await askForHelp(app.url)
  const page = await open(`${app.url}${desk(5_000_003)}`, {}, undefined, 'main')
  const routes = (await consoleRoutes()).filter(
    ({ method, roles, file }) => method === 'GET' && roles !== null && !file,
  )
  const patterns = routes.map(({ path }) => path)
  const seen = new Set<string>()
  for (const [id, of] of [
    [5_000_003, 'intake'],
    [5_000_006, 'curator'],
    [5_000_005, 'supervisor'],
  ] as const) {
    await page.goto(`${app.url}${desk(id)}`)
    await page.waitForURL(/\/console$/)
    await walk(page, { patterns, seen, of })
  }
  expect(patterns.filter((path) => !seen.has(path) && !(path in notWalked))).toEqual([])

  const { origin } = new URL(page.url())
  await page.goto(`${origin}/console`)
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Перейти' }).waitFor()
  await looksRight(page, 'Ctrl-K')
  await page.keyboard.type('сем')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/console\/families$/)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Клавиши' }).waitFor()
  await looksRight(page, '?')
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('Даша')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/console\/find/)
  await looksRight(page, 'search')
  await page.evaluate(`document.querySelector('.find [name="csrf"]').value = 'x'`)
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Отправить ещё раз?' }).waitFor()
  await looksRight(page, 'a form of another session')
  for (const path of ['/console/enter', '/console/enter/wrong', '/console/nothing']) {
    await page.goto(`${origin}${path}`)
    await looksRight(page, path)
  }
  await page.context().clearCookies()
  await page.goto(`${origin}/console`)
  await looksRight(page, 'signed out')
  await page.context().close()
})

test('what is typed and not sent is offered again', async () => {
  // No page of today's frame names a draft: the search stands in for one.
  const withDraft = async (page: Page) => {
    await page.addInitScript(`document.addEventListener('readystatechange', () =>
      document.querySelector('.find')?.setAttribute('data-draft', 'test.find'))`)
  }
  const page = await open(`${app.url}${desk(5_000_004)}`, {}, withDraft, 'main')
  await page.waitForURL(/\/console$/)
  const kept = page.waitForResponse(
    (answer) => answer.url().endsWith('/console/drafts') && answer.request().method() === 'POST',
  )
  await page.locator('#find').fill('недописанное')
  expect((await kept).status()).toBe(204)
  await page.reload()
  await page.getByRole('button', { name: 'Вернуть текст' }).click()
  expect(await page.locator('#find').inputValue()).toBe('недописанное')
  await page.context().close()
})

test('a working day without script', async () => {
  const page = await open(`${app.url}${desk(5_000_003)}`, { javaScriptEnabled: false }, undefined, 'main')
  await page.getByRole('link', { name: 'Дальше' }).or(page.locator('.who')).first().waitFor()
  await page.goto(page.url().replace(/\/console.*$/, '/console'))
  await page.getByRole('button', { name: 'Взять' }).first().click()
  await page.getByText('Обращение теперь за вами').or(page.getByRole('heading')).first().waitFor()
  await page
    .getByRole('link', { name: 'Рядом' })
    .or(page.getByRole('link', { name: 'Мой день' }))
    .first()
    .click()
  await page.getByRole('link', { name: 'Перейти' }).click()
  await page.getByRole('link', { name: 'Семьи' }).first().click()
  await page.getByLabel('Найти обращение или семью').fill('Даша')
  await page.getByRole('button', { name: 'Найти', exact: true }).click()
  await page.getByRole('button', { name: 'Выйти', exact: true }).click()
  await page.getByText('Вы вышли').waitFor()
  await page.context().close()
})
