import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Half a megabyte that a page carries unread until it is asked: to send it to each again takes half as long as a load. */
const carried = `globalThis.bringAxe = () => { ${source} }`
const carriers = new WeakSet<Page>()

type Violation = { id: string; nodes: { html: string; failureSummary: string }[] }

/** What another width and other colours can break. */
export const ofWidthAndColour = [
  'color-contrast',
  'target-size',
  'scrollable-region-focusable',
  'link-in-text-block',
]

/**
 * Violations that axe finds: all rules for WCAG 2.2 AA, and its best practices, or these rules only. What holds is not
 * written down for a report, which would take a tenth of the time.
 */
export const violations = async (page: Page, rules?: readonly string[]): Promise<string[]> => {
  if (!carriers.has(page)) {
    carriers.add(page)
    await page.addInitScript(carried)
    await page.evaluate(carried)
  }
  const options = JSON.stringify({
    resultTypes: ['violations'],
    // Styles are read anew for one rule only, about turned screens, which is not among them.
    preload: { assets: ['media'] },
    ...(rules && { runOnly: rules }),
  })
  const found = await page.evaluate<Violation[]>(
    `(globalThis.axe ?? (bringAxe(), axe)).run(document, ${options}).then(({ violations }) => violations)`,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}
