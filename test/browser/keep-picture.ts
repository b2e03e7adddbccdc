import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

const pictures = join(import.meta.dirname, '../../docs/pictures')

/** For docs/. */
export const wanted = process.env.UPDATE_PICTURES === '1'

/** As pictures stand in docs/; where none is written, painting four times as many points shows nothing more. */
export const sharp = { deviceScaleFactor: wanted ? 2 : 1 }

/** Written to docs/ only on request, so that tests leave the working tree unchanged. */
export const keepPicture = async (of: Page | Locator, name: string): Promise<void> => {
  // No hover, no focus, no toasts.
  const page = 'mouse' in of ? of : of.page()
  await page.mouse.move(0, 0)
  await page.evaluate('document.activeElement?.blur()')
  await expect.poll(() => page.locator('.toast').count(), { timeout: 10_000 }).toBe(0)
  const image = await of.screenshot({ animations: 'disabled', scale: 'device' })
  expect(image.byteLength).toBeGreaterThan(10_000)
  if (!wanted) return
  await mkdir(pictures, { recursive: true })
  await of.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled', scale: 'device' })
}
