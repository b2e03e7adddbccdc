import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type OpenPage = (
  url: string,
  options?: BrowserContextOptions,
  /** Setup to run before the page loads. */
  before?: (page: Page) => Promise<void>,
  /** Shows that the page has loaded, if another selector does. */
  shown?: string,
) => Promise<Page>

/** One Chromium for all files of a worker, which it closes as it ends; each page has a context of its own. */
let running: Promise<Browser> | undefined

const browserOfWorker = async (): Promise<Browser> => {
  // One that a test has brought down takes no other file with it.
  if (running && !(await running).isConnected()) running = undefined
  const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium'
  running ??= chromium.launch({ executablePath, args: flags })
  return running
}

/**
 * Pages of a real Chromium for the tests of one file. Any console error of a page (a broken script, a refused style) fails the
 * test that opened it, unless `expected` names it. `ready`: the selector that shows that the page has loaded.
 */
export const browserForTests = (expected?: RegExp, ready = '.phone'): OpenPage => {
  let browser: Browser
  const contexts: BrowserContext[] = []
  const noise: string[] = []
  beforeAll(async () => {
    browser = await browserOfWorker()
  })
  afterAll(async () => {
    for (const context of contexts) await context.close()
    expect(noise.filter((line) => !expected?.test(line))).toEqual([])
  })
  return async (url, options = {}, before = async () => {}, shown = ready) => {
    const context = await browser.newContext({
      locale: 'ru-RU',
      viewport: { width: 1440, height: 900 },
      // A smooth scroll on a busy machine ends when it ends; what is looked at has to stand still.
      reducedMotion: 'reduce',
      ...options,
    })
    contexts.push(context)
    const page = await context.newPage()
    page.on('pageerror', (error) => noise.push(error.message))
    page.on('console', (line) => line.type() === 'error' && noise.push(line.text()))
    await before(page)
    // A page that a busy machine has not loaded within half a minute is late, and not wrong.
    await page.goto(url, { timeout: 90_000 })
    await page.locator(shown).first().waitFor()
    return page
  }
}

/**
 * One page for all tests of a file that ask for the same: a context of its own costs as much as loading the page twice. Worlds
 * at ports of their own find nothing that the page has stored.
 */
export const lastingPage = (open: OpenPage, options: BrowserContextOptions = {}) => {
  let page: Page | undefined
  return {
    open: async (url: string): Promise<Page> => {
      if (!page) {
        page = await open(url, options)
        return page
      }
      await page.goto(url, { timeout: 90_000 })
      await page.locator('.phone').first().waitFor()
      return page
    },
    /** Before its world ends. */
    leave: async (): Promise<void> => {
      await page?.goto('about:blank')
      await page?.mouse.move(0, 0)
    },
  }
}

/** One person's phone on the page. */
export const phoneOf = (page: Page, personId: number) => {
  const phone = page.locator(`.phone[data-person="${personId}"]`)
  return {
    root: phone,
    field: phone.getByRole('textbox', { name: /Сообщение боту|Message to the bot/ }),
    badge: phone.locator('.owner .badge'),
    message: (text: string | RegExp) => phone.locator('.message', { hasText: text }),
    button: (text: string | RegExp) => phone.getByRole('button', { name: text }),
    say: async (text: string) => {
      await phone.locator('textarea').fill(text)
      await phone.locator('textarea').press('Enter')
    },
  }
}
