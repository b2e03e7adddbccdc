import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { receiverViewSchema } from '#sandbox/protocol.ts'
import { deliver, signed } from '#test/sandbox/webhooks.ts'
import { browserForTests, lastingPage } from './open-page.ts'
import { startSmallBot } from './small-bot.ts'

/** One test disconnects the page from its server. */
const open = browserForTests(/ERR_FAILED/)
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

const opened = async (options?: Parameters<typeof open>[1]) => {
  if (!options) return plain.open(world.url)
  const page = await open(world.url, options)
  pages.push(page)
  return page
}
const small = { viewport: { width: 380, height: 780 }, hasTouch: true } as const
const data = { number: '2026-000001', sequence: 3, requestId: 'r' }
const send = (more: Parameters<typeof signed>[1] = {}, change = (body: string) => body) => {
  const { headers, body } = signed(world.receiver.secret, { data, ...more })
  return deliver(world.receiver.url, { headers, body: change(body) })
}
const panelOf = (page: Page) => {
  const panel = page.getByRole('complementary', { name: /Вебхуки|Webhooks/ })
  return {
    root: panel,
    events: panel.getByRole('list', { name: /события|Events/ }).locator('> li'),
    /** To be clicked and awaited by its note, and not «checked»: what the server last said of itself may come in between. */
    mode: (name: string) => panel.getByRole('radio', { name }),
    problem: panel.getByRole('alert'),
  }
}
const mode = async () => receiverViewSchema.parse(await (await fetch(world.receiver.url)).json()).mode

describe('a received webhook', () => {
  test('is shown at once, newest first, with its number and the result of the signature check', async () => {
    const page = await opened()
    const { root, events } = panelOf(page)
    await root.getByText('Здесь появится каждое событие').waitFor()
    expect(await send()).toBe(204)
    await events.getByText('подпись верна').waitFor()
    expect(await events.first().innerText()).toMatch(
      /request\.submitted\s+\d\d:\d\d:\d\d\s+подпись верна\s+2026-000001 · событие 3$/,
    )
    await send({ id: 'evt_2', type: 'message.received' }, (body) => body.replace('000001', '000002'))
    await send({ id: 'evt_3', type: 'consent.given', at: Date.now() - 400_000 })
    await expect
      .poll(() => events.allInnerTexts())
      .toEqual([
        expect.stringMatching(/consent\.given.*время не сходится.*401/s),
        expect.stringMatching(/message\.received.*подпись неверна.*401/s),
        expect.stringContaining('request.submitted'),
      ])
    expect(await root.getByText('Здесь появится каждое событие').isVisible()).toBe(false)
    await root
      .getByRole('status')
      .getByText('consent.given, время не сходится')
      .waitFor({ state: 'attached' })
  })

  test('is shown on a page opened later, in both languages', async () => {
    await send()
    const page = await opened({ locale: 'en-GB' })
    await panelOf(page).events.getByText('signature valid').waitFor()
    await page.getByRole('radio', { name: 'Русский' }).click({ force: true })
    await panelOf(page).events.getByText('подпись верна').waitFor()
  })

  test('that is repeated stays one line with its attempts and responses, and moves to the top', async () => {
    const page = await opened()
    const { root, events, mode } = panelOf(page)
    await mode('Ошибка 500').click({ force: true })
    await root.getByText('отвечает ошибкой').waitFor()
    expect(await send()).toBe(500)
    await mode('Выключен').click({ force: true })
    await root.getByText('Обрывает связь').waitFor()
    expect(await send()).toBe('cut')
    await mode('Отвечает').click({ force: true })
    await root.getByText('принимается сразу').waitFor()
    await send({ id: 'evt_2', type: 'request.claimed' })
    await events.nth(1).getByText('request.submitted').waitFor()
    expect(await send()).toBe(204)
    await events.first().getByText('3 попытки').waitFor()
    expect(await events.first().locator('.event-answers').innerText()).toMatch(/500\s+обрыв\s+204$/)
    await events.first().locator('summary').click()
    expect(await events.first().locator('.attempts li').allInnerTexts()).toEqual([
      expect.stringMatching(/подпись верна\s+204$/),
      expect.stringMatching(/обрыв$/),
      expect.stringMatching(/500$/),
    ])
  })
})

describe('the mode switch', () => {
  test('is operated by keyboard, for all open pages', async () => {
    const [page, other] = [await opened(), await opened({})]
    await panelOf(page).mode('Отвечает').focus()
    for (const next of ['fail', 'slow', 'off', 'ok', 'fail'] as const) {
      await page.keyboard.press('ArrowRight')
      await expect.poll(mode).toBe(next)
      await expect.poll(() => other.locator('.modes :checked').getAttribute('value')).toBe(next)
    }
    await send()
    await panelOf(page).events.getByText('500').waitFor()
    await panelOf(page).root.getByRole('button', { name: 'Очистить' }).press('Enter')
    await panelOf(other).root.getByText('Здесь появится каждое событие').waitFor()
    await expect.poll(mode).toBe('ok')
  })

  test('reverts after a failed request, and says so', async () => {
    const page = await opened({})
    await page.route('**/receiver/mode', (route) => route.abort())
    // A click, not a check: it reverts at once.
    await panelOf(page).mode('Медленно').click({ force: true })
    await panelOf(page).problem.getByText('Песочница не отвечает').waitFor()
    expect(await panelOf(page).mode('Отвечает').isChecked()).toBe(true)
  })
})

test('an event opens by keyboard, and stays open and focused when it is repeated', async () => {
  const page = await opened()
  const { root, events } = panelOf(page)
  await send()
  await send({ id: 'evt_2' })
  await events.nth(1).waitFor()
  await root.getByRole('button', { name: 'Очистить' }).focus()
  // The switch, the newer event, the older one.
  for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const body = events.nth(1).locator('pre').last()
  await body.waitFor()
  expect(JSON.parse(await body.innerText())).toMatchObject({ type: 'request.submitted', data })
  expect(await events.nth(1).locator('pre').first().innerText()).toMatch(/^webhook-id: evt_1$/m)
  await send()
  await events.first().getByText('2 попытки').waitFor()
  await events.first().getByText('webhook-id: evt_1').waitFor()
  expect(await page.evaluate('document.activeElement?.textContent')).toContain('2 попытки')
})

test('on a small screen the panel is one more tab, with a count of unseen events', async () => {
  const page = await opened(small)
  const { root, events } = panelOf(page)
  const tabs = page.getByRole('navigation')
  expect(await root.isVisible()).toBe(false)
  await send()
  await tabs.getByRole('button', { name: 'Вебхуки 1 новое событие' }).click()
  await events.getByText('подпись верна').waitFor()
  expect(await page.locator('.phone:visible').count()).toBe(0)
  await send({ id: 'evt_2' })
  await events.nth(1).waitFor()
  expect(await tabs.locator('.tab-panel .badge').isVisible()).toBe(false)
  await events.first().locator('summary').click()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(380)
  await tabs.getByRole('button', { name: 'Даша' }).click()
  await page.getByRole('region', { name: 'Даша' }).getByRole('button', { name: 'Начать' }).waitFor()
  expect(await root.isVisible()).toBe(false)
})

test.each([1440, 380])('everything is legible in light and dark colours, %i wide', async (width) => {
  const page = await opened({ viewport: { width, height: 800 } })
  const { events, mode } = panelOf(page)
  if (width === 380) await page.locator('.tab-panel').click()
  const measure = await readFile(new URL('./contrast.js', import.meta.url), 'utf8')
  const check = async (least: number) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const { measured, faults } = await page.evaluate<{ measured: number; faults: string[] }>(measure)
      expect(faults).toEqual([])
      expect(measured).toBeGreaterThan(least)
    }
  }
  await check(10)
  await send()
  await send({ id: 'evt_2' }, (body) => `${body} `)
  await mode('Ошибка 500').click({ force: true })
  await page.getByText('отвечает ошибкой').waitFor()
  await send()
  await events.getByText('2 попытки').waitFor()
  await events.first().locator('summary').click()
  await events.first().locator('pre').last().waitFor()
  await check(30)
})
