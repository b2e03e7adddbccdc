import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { hearDanger } from '#features/danger/hear-danger.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8'))
const words = z.array(z.string())
const composed = z
  .object({
    danger: z.array(z.object({ level: z.number(), text: z.string() })),
    harmless: z.array(z.object({ text: z.string() })),
  })
  .parse(read('humane-phrases'))
const own = z.object({ danger: z.record(z.string(), words), harmless: words }).parse(read('own-phrases'))
const second = z.object({ danger: words, harmless: words }).parse(read('second-phrases'))

const heard = (texts: readonly string[]): number => texts.filter((text) => hearDanger(text) !== null).length
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`

const half = <T>(list: readonly T[], which: 0 | 1): T[] => list.filter((_, at) => at % 2 === which)
const dangers = Object.values(own.danger).flat()

/** Measured on 28 November 2026; the sets that the rules were written with prove less than the one held out. */
test.each([
  [
    'composed phrases of the issue',
    composed.danger.map(({ text }) => text),
    composed.harmless.map(({ text }) => text),
    0.97,
    0.02,
  ],
  ['our own, for tuning', half(dangers, 0), half(own.harmless, 0), 0.95, 0.02],
  ['our own, held out', half(dangers, 1), half(own.harmless, 1), 0.95, 0.05],
  ['our own, second round', second.danger, second.harmless, 0.95, 0.02],
])('%s: dangers are heard, harmless words are not', (name, dangerous, harmless, atLeast, atMost) => {
  const found = heard(dangerous)
  const alarms = heard(harmless)
  process.stdout.write(
    `danger words, ${name}: ${found} of ${dangerous.length} heard (${percent(found, dangerous.length)}), ` +
      `${alarms} of ${harmless.length} harmless (${percent(alarms, harmless.length)})\n`,
  )
  expect(found / dangerous.length).toBeGreaterThanOrEqual(atLeast)
  expect(alarms / harmless.length).toBeLessThanOrEqual(atMost)
})

test('levels of the composed phrases', () => {
  const names = ['look', 'same-day', 'now'] as const
  const rank = (level: (typeof names)[number] | undefined) => (level ? names.indexOf(level) + 1 : 0)
  const now = composed.danger.filter(({ level }) => level === 3)
  const atOnce = now.filter(({ text }) => rank(hearDanger(text)?.level) === 3).length
  const equal = composed.danger.filter(({ text, level }) => rank(hearDanger(text)?.level) === level).length
  process.stdout.write(
    `danger words, levels: ${atOnce} of ${now.length} «now» as such (${percent(atOnce, now.length)}), ` +
      `${equal} of ${composed.danger.length} equal (${percent(equal, composed.danger.length)})\n`,
  )
  expect(atOnce / now.length).toBeGreaterThanOrEqual(0.9)
})
