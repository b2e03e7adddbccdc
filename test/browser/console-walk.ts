import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { createClient } from '#sandbox/talk/client.ts'
import { ofWidthAndColour, violations } from './axe.ts'

/** What a phone shows only to whoever scrolls sideways, and buttons whose label takes two lines. */
const cramped = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('body *')].flatMap((one) => {
    const { display, overflowX, lineHeight, paddingTop, paddingBottom } = getComputedStyle(one)
    if (display === 'inline' || one.clientWidth < 2 || one.closest('.hidden, .skip')) return []
    const name = one.tagName + ' ' + one.textContent.trim().slice(0, 40)
    if (overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1) return ['sideways: ' + name]
    const lines = (one.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)) / parseFloat(lineHeight)
    return one.matches('button, a.next, .bot-buttons span') && lines > 1.7 ? ['two lines: ' + name] : []
  })`)

const looksAtBoth = process.env.TEST_LONG === '1'
/** Of each page, so that it is looked at the same way every time. */
const looks = new WeakMap<Page, number>()

/**
 * How a page looks at an office's screen in the light, and at a phone in the dark; there nothing hangs over. In the check axe looks
 * once, by turns here and there.
 */
export const looksRight = async (page: Page, of: string): Promise<void> => {
  const nth = looks.get(page) ?? 0
  looks.set(page, nth + 1)
  const atOffice = looksAtBoth || nth % 2 === 0
  if (atOffice) {
    await page.setViewportSize({ width: 1024, height: 768 })
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await violations(page), `${of}, 1024 px`).toEqual([])
  }
  await page.setViewportSize({ width: 360, height: 800 })
  expect(await page.evaluate<number>('document.documentElement.scrollWidth'), of).toBeLessThanOrEqual(360)
  expect(await cramped(page), `${of}, 360 px`).toEqual([])
  if (atOffice && !looksAtBoth) return
  await page.emulateMedia({ colorScheme: 'dark' })
  const rules = atOffice ? ofWidthAndColour : undefined
  expect(await violations(page, rules), `${of}, 360 px`).toEqual([])
}

/** The same of a page that differs only in its data from one that the walk looks at: in the check nobody looks twice. */
export const looksRightAgain = async (page: Page, of: string): Promise<void> => {
  if (looksAtBoth) await looksRight(page, of)
}

/** The addresses within the console to which a page leads. */
const linksOf = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('a[href^="/console"]')].filter((a) => !a.hasAttribute('download')).map((a) => a.getAttribute('href'))`,
  )

/** `/console/families/:id` of an address. */
const patternOf = (path: string, patterns: readonly string[]): string | undefined => {
  const { pathname } = new URL(path, 'http://console')
  const like = (pattern: string) => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}$`).test(pathname)
  return patterns.includes(pathname) ? pathname : patterns.find(like)
}

/** Follows links from «Мой день», and looks at one page of each kind that nobody has looked at before. */
export const walk = async (
  page: Page,
  { patterns, seen, of }: { patterns: readonly string[]; seen: Set<string>; of: string },
): Promise<void> => {
  const { origin } = new URL(page.url())
  seen.delete('/console')
  // Re-entry is asked for, and nowhere linked.
  const left = ['/console', '/console/confirm']
  for (let path = left.shift(); path !== undefined; path = left.shift()) {
    const pattern = patternOf(path, patterns)
    if (pattern === undefined || seen.has(pattern)) continue
    seen.add(pattern)
    const answer = await page.goto(`${origin}${path}`)
    const { 'content-type': type = '' } = answer?.headers() ?? {}
    expect([answer?.status(), type], `${of}: ${path}`).toEqual([200, 'text/html; charset=utf-8'])
    left.push(...(await linksOf(page)))
    await looksRight(page, `${of}: ${path}`)
  }
}

const dasha = 5_000_002

/** A teenager asks for help, by the shortest way. */
export const askForHelp = async (url: string): Promise<void> => {
  const client = createClient(url)
  const card = async () =>
    (await client.state()).chats[dasha]?.messages.findLast(({ inlineKeyboard }) => inlineKeyboard.length > 0)
  const steps: (string | { words: string })[] = [
    { words: '/start' },
    'Попросить о помощи',
    'Мне меньше 18 лет',
    { words: '12.03.2012' },
    'Да, разрешаю',
    'Пропустить',
    'Не знаю',
    'Ставрополь, Ленинский район',
    'Остальное потом',
    'Только писать сюда',
    'Нет, это небезопасно',
    'Да, хочу помощи',
    'Нет, не передавать',
    'Отправить',
  ]
  for (const step of steps) {
    await client.idle()
    if (typeof step !== 'string') {
      await client.does(dasha, 'text', { text: step.words })
      continue
    }
    const shown = await card()
    const data = shown?.inlineKeyboard.flat().find(({ text }) => text.startsWith(step))?.data
    if (!shown || data === undefined) throw new Error(`no button «${step}» on: ${shown?.text}`)
    await client.tap(dasha, shown.id, data)
  }
  await client.idle()
}
