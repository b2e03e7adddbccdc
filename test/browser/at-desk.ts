import type { Page } from 'playwright-core'
import { keepPicture } from './keep-picture.ts'
import { phoneOf } from './open-page.ts'

/** By itself, as soon as a busy machine has got round to it: nobody loads the page again. */
export const soon = { timeout: 30_000 }

/** One tap above a phone of the sandbox opens the console of its owner, in a tab beside it. */
export const deskOf = async (sandbox: Page, id: number): Promise<Page> => {
  const opened = sandbox.context().waitForEvent('page')
  await phoneOf(sandbox, id).root.getByRole('link', { name: 'Рабочее место' }).click()
  const desk = await opened
  await desk.setViewportSize({ width: 1024, height: 800 })
  await desk.waitForURL(/\/console$/)
  await desk.getByRole('heading', { name: 'Мой день' }).waitFor()
  return desk
}

/** The top of a page, as it stands in docs/. */
export const pictured = async (desk: Page, name: string): Promise<void> => {
  await desk.evaluate('scrollTo(0, 0)')
  await keepPicture(desk, name)
}

/** Moves the focus to the first control so named, and presses Enter there: no mouse. */
export const enter = async (desk: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> => {
  await desk.getByRole(role, { name }).first().focus()
  await desk.keyboard.press('Enter')
}
