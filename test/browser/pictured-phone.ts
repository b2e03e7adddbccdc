import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { createClient } from '#sandbox/talk/client.ts'
import { keepPicture, wanted } from './keep-picture.ts'
import { type browserForTests, phoneOf } from './open-page.ts'
import type { RunningApp } from './running-app.ts'

type Step = string | { words: string }

/** Plays steps over the sandbox's protocol: a label (or its beginning) of the newest card that has it, or words. */
export const plays = async (
  { url }: Pick<RunningApp, 'url'>,
  personId: number,
  steps: readonly Step[],
): Promise<void> => {
  const client = createClient(url)
  const chat = async () => (await client.state()).chats[personId]?.messages ?? []
  for (const step of steps) {
    if (typeof step !== 'string') await client.does(personId, 'text', { text: step.words })
    else {
      const offered = async () => {
        const messages = await chat()
        const buttons = messages.flatMap(({ id, inlineKeyboard }) => {
          const button = inlineKeyboard.flat().find(({ text }) => text.includes(step))
          return button?.data === undefined ? [] : [{ id, data: button.data }]
        })
        const button = buttons.at(-1)
        if (!button) throw new Error(`no «${step}» below: ${messages.at(-1)?.text}`)
        return button
      }
      // A job may bring it.
      const { id, data } = await vi.waitFor(offered, { timeout: 30_000, interval: 50 })
      await client.tap(personId, id, data)
    }
    await client.idle()
  }
}

type Open = ReturnType<typeof browserForTests>
const pages = new WeakMap<Open, Page>()

/** One page for all of a file, which follows what happens; a picture for docs/ is of a page as it opens. */
const pageOf = async (open: Open, url: string, height: number): Promise<Page> => {
  const look = { viewport: { width: 360, height }, hasTouch: true }
  const known = pages.get(open)
  const page = known ?? (await open(url, look))
  pages.set(open, page)
  if (known && wanted) await page.reload()
  await page.setViewportSize(look.viewport)
  return page
}

/** Pictures in sight that are not there yet; others are fetched when somebody scrolls to them. */
const loading = `[...document.images].filter((one) => {
  const { top, bottom, left, right } = one.getBoundingClientRect()
  return !one.complete && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
}).length`

type Look = { personId: number; owner: string; says: RegExp; name: string; height?: number }

/** The phone as a person of 360 px sees it: the newest card says what it has to, and no label is cut. */
export const looks = async (
  open: Open,
  { url }: Pick<RunningApp, 'url'>,
  { personId, owner, says, name, height = 960 }: Look,
): Promise<void> => {
  const page = await pageOf(open, url, height)
  await page.getByRole('button', { name: owner }).first().click()
  const phone = phoneOf(page, personId)
  await phone.message(says).last().waitFor()
  await expect.poll(async () => Math.abs((await phone.root.boundingBox())?.x ?? 360)).toBeLessThan(1)
  // Its stream of news never ends: what is waited for is its pictures.
  await expect.poll(() => page.evaluate<number>(loading)).toBe(0)
  const cut = await phone.root
    .locator('.inline-button')
    .evaluateAll((buttons) => buttons.filter((one) => one.scrollWidth > one.clientWidth).map(String))
  expect(cut).toEqual([])
  await keepPicture(page, name)
}
