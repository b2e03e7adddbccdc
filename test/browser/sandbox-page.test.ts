import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { browserForTests, lastingPage, phoneOf } from './open-page.ts'
import { startSmallBot } from './small-bot.ts'

const [olga, dasha] = [5_000_001, 5_000_002]
const open = browserForTests()
let world: Awaited<ReturnType<typeof startSmallBot>>
const plain = lastingPage(open)
const pages: Page[] = []

beforeEach(async () => {
  world = await startSmallBot()
})
afterEach(async () => {
  for (const page of pages.splice(0)) await page.context().close()
  await plain.leave()
  await world.stop()
})

const opened = async (options?: Parameters<typeof open>[1], before?: (page: Page) => Promise<void>) => {
  if (!options) return plain.open(world.url)
  const page = await open(world.url, options, before)
  pages.push(page)
  return page
}
const started = async (options?: Parameters<typeof open>[1]) => {
  const page = await opened(options)
  const phone = phoneOf(page, olga)
  await phone.button('Начать').click()
  await phone.message('Здравствуйте').waitFor()
  return { page, phone }
}

/** JavaScript for `evaluate`: the focused element. */
const focused = 'document.activeElement?.textContent'
const expectStyle = async (page: Page, selector: string, property: string, value: string) =>
  expect(await page.evaluate(`getComputedStyle(document.querySelector('${selector}'))['${property}']`)).toBe(
    value,
  )

describe('messages and buttons', () => {
  test('a tap shows a waiting state, updates the card in place and shows a toast', async () => {
    const { phone } = await started()
    expect(await phone.root.locator('.message strong').textContent()).toBe('Здравствуйте')
    world.hold()
    await phone.button('Дальше').click()
    await phone.root.locator('.inline-button[aria-busy="true"]', { hasText: 'Дальше' }).waitFor()
    world.release()
    await phone.message('Второй вопрос').waitFor()
    await phone.root.locator('.toast', { hasText: 'Записано' }).waitFor()
    expect(await phone.root.locator('.message.in').count()).toBe(1)
    expect(await phone.root.locator('[aria-busy="true"], .inline-button').count()).toBe(0)
    expect(await phone.root.getByText('изменено').isVisible()).toBe(true)
  })

  test('an alert is a dialog that traps the focus and closes with Esc', async () => {
    const { page, phone } = await started()
    await phone.button('Важное').click()
    const window = phone.root.getByRole('alertdialog', { name: 'Прочтите' })
    await window.waitFor()
    expect(await page.evaluate(focused)).toBe('Хорошо')
    await page.keyboard.press('Escape')
    await window.waitFor({ state: 'detached' })
  })

  test('the contact is sent only after confirmation', async () => {
    const { page, phone } = await started()
    await phone.say('/phone')
    const share = phone.button('Отправить мой номер')
    await share.click()
    await phone.root.getByText('Отправить номер телефона?').waitFor()
    await page.keyboard.press('Escape')
    expect(await phone.message('Записан').count()).toBe(0)
    await share.click()
    await page.keyboard.press('Enter')
    await phone.message('Записан').waitFor()
    await share.waitFor({ state: 'hidden' })
  })

  test('links to the bot open in the phone where they are clicked', async () => {
    const { page, phone } = await started()
    await phone.say('/link')
    await phone.root.getByRole('link', { name: /start=pair_42/ }).click()
    await phone.message('Здравствуйте, pair_42').waitFor()
    const other = phoneOf(page, dasha)
    await other.button('Ещё').click()
    await page.getByRole('menuitem', { name: 'Открыть ссылку' }).click()
    await page.keyboard.type('https://example.org/?start=1')
    await page.keyboard.press('Enter')
    await other.root.locator('.toast', { hasText: 'не к этому боту' }).waitFor()
  })

  test('files and pictures open; a protected message is marked and cannot be selected', async () => {
    const { page, phone } = await started()
    await phone.say('/file')
    const file = phone.root.getByRole('link', { name: 'Сохранить: Согласие.txt' })
    await file.waitFor()
    expect(await (await page.request.get(`${world.url}${await file.getAttribute('href')}`)).text()).toBe('да')
    await phone.say('/picture')
    await phone.button('Открыть картинку').click()
    await page.locator('.lightbox img').waitFor()
    await page.keyboard.press('Escape')
    await phone.say('/secret')
    const secret = phone.message('Никому')
    await secret.getByRole('img', { name: 'Нельзя переслать' }).waitFor()
    await expectStyle(page, '.protected .bubble', 'userSelect', 'none')
    await phone.button('Прикрепить').click()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('menuitem', { name: 'Документ' }).click(),
    ])
    await chooser.setFiles({ name: 'Справка.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') })
    await phone.message('Справка.pdf').waitFor()
    await phone.message('Получено: не текст').waitFor()
  })

  test('deleted messages disappear; messages in other phones are unread until viewed', async () => {
    const { page, phone } = await started()
    await phone.say('/gone')
    await phone.message('Исчезну').waitFor()
    await phone.message('Исчезну').waitFor({ state: 'detached' })
    const other = phoneOf(page, dasha)
    await other.button('Начать').click()
    await other.message('Здравствуйте').waitFor()
    await phone.field.click()
    await world.write(dasha, 'Новость')
    await other.badge.waitFor()
    expect(await page.title()).toMatch(/^\(1\)/)
    await other.message('Новость').hover()
    await other.badge.waitFor({ state: 'hidden' })
  })

  test('a person cannot write to a blocked bot', async () => {
    const { page, phone } = await started()
    await phone.button('Ещё').click()
    await page.getByRole('menuitem', { name: 'Заблокировать' }).click()
    await phone.button('Разблокировать').waitFor()
    await expect(world.write(olga, 'Слышно?')).rejects.toThrow(/blocked/)
    await phone.button('Разблокировать').click()
    await phone.field.waitFor()
  })
})

describe('by keyboard only', () => {
  test('the command menu, arrow keys, a new line, editing an own message', async () => {
    const { page, phone } = await started()
    await phone.field.focus()
    await page.keyboard.type('/p')
    expect(await phone.root.getByRole('option').count()).toBe(2)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await phone.message('/picture').waitFor()
    await page.keyboard.type('раз')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('два')
    await page.keyboard.press('Enter')
    await phone.message('Получено: раз').waitFor()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Изменить' }).press('Enter')
    expect(await phone.field.inputValue()).toBe('раз\nдва')
    await page.keyboard.type(' три')
    await page.keyboard.press('Enter')
    await phone.root.locator('.message.out', { hasText: 'два три' }).waitFor()
  })

  test('an update does not change which command Enter sends', async () => {
    const { page, phone } = await started()
    await phone.field.focus()
    await page.keyboard.type('/pi')
    await world.write(olga, 'Новость')
    await phone.message('Новость').waitFor()
    await page.keyboard.press('Enter')
    await phone.message('/picture').waitFor()
  })

  test('the focus stays on a button if its question has not changed', async () => {
    const { page, phone } = await started()
    await phone.button('Выбрать').focus()
    await page.keyboard.press('Enter')
    await phone.button('✓ Выбрано').waitFor()
    await expect.poll(() => page.evaluate(focused)).toBe('✓ Выбрано')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(focused)).toBe('Дальше')
  })
})

describe('the page itself', () => {
  test('its language and theme are stored', async () => {
    const page = await opened()
    await page.getByRole('radio', { name: 'English' }).check({ force: true })
    await page.getByText('A real bot in a make-believe Telegram').waitFor()
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true })
    await page.reload()
    await phoneOf(page, olga).button('Start').waitFor()
    await expectStyle(page, 'html', 'colorScheme', 'dark')
  })

  test('after a lost connection it catches up', async () => {
    const ended = { status: 200, contentType: 'text/event-stream', body: ': ends at once\n\n' }
    const page = await opened({}, async (page) => {
      await page.route('**/sandbox/events', (route) => route.fulfill(ended), { times: 1 })
    })
    await page.getByText('Связь с песочницей прервалась').waitFor()
    world.telegram.sendText(olga, 'Пока никто не смотрел')
    await phoneOf(page, olga).message('Пока никто не смотрел').first().waitFor()
    await page.getByText('Связь с песочницей прервалась').waitFor({ state: 'hidden' })
  })

  test('a person can be added and greets the bot', async () => {
    const page = await opened()
    await page.getByRole('button', { name: 'Добавить человека' }).click()
    await page.getByLabel('Имя').fill('Mary')
    await page.getByRole('dialog').getByRole('button', { name: 'Добавить' }).click()
    const phone = page.getByRole('region', { name: 'Телефон: Mary' })
    await phone.getByRole('button', { name: 'Начать' }).click()
    await phone.locator('.message', { hasText: 'Здравствуйте' }).waitFor()
  })

  test('a small screen shows one phone at a time, with unread counts of the others on their tabs', async () => {
    const { page } = await started({ viewport: { width: 380, height: 780 }, hasTouch: true })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(380)
    const tabs = page.getByRole('navigation', { name: 'Телефоны' })
    await tabs.getByRole('button', { name: 'Даша' }).click()
    await phoneOf(page, dasha).button('Начать').click()
    await phoneOf(page, dasha).message('Здравствуйте').waitFor()
    await world.write(olga, 'Новость')
    await tabs.getByRole('button', { name: '1 непрочитанное сообщение' }).click()
    await phoneOf(page, olga).badge.waitFor({ state: 'hidden' })
    const others = (await page.locator('.phone').count()) - 1
    expect(others).toBeGreaterThan(3)
    expect(await page.locator('.phone[inert]').count()).toBe(others)
  })

  test('everything is legible in the light and the dark theme', async () => {
    const { page, phone } = await started({})
    for (const words of ['/file', '/phone']) await phone.say(words)
    await phone.button('Сохранить').or(phone.root.locator('.file-save')).waitFor()
    await phone.button('Отправить мой номер').waitFor()
    const measure = await readFile(new URL('./contrast.js', import.meta.url), 'utf8')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { measured, faults } = await page.evaluate<{ measured: number; faults: string[] }>(measure)
      expect([faults, measured > 30]).toEqual([[], true])
    }
  })
})
