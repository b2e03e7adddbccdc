import { systemClock } from '#core/clock.ts'
import { fillWithFamilies } from './family-rows.ts'
import { openings, openSide, timesOf } from './family-times.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'

// Time for a member to open the plan or the next visits, with 100,000 families compared to 100.
// node --disable-warning=ExperimentalWarning bench/family.ts [--rounds 20] [--postgres …]

const { postgres, redis, rounds, scale } = readOptions(process.argv.slice(2))
const sizes = { small: 100, big: Math.round(100_000 * scale) }
/** Allowed slowdown of the large database. */
const limit = 1.2

const say = (line: string) => process.stdout.write(`${line}\n`)
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

const measure = async (urls: Record<keyof typeof sizes, string>, rounds: number) => {
  const small = await openSide(urls.small, sizes.small)
  const big = await openSide(urls.big, sizes.big)
  const slow: string[] = []
  say(
    `\n${'ms'.padEnd(10)}${'families'.padStart(10)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'p50 ratio'.padStart(12)}${'p95 ratio'.padStart(12)}`,
  )
  for (const opening of openings) {
    const times = await timesOf([small, big], opening, rounds)
    const ratios = [0.5, 0.95].map((share) => at(times.big, share) / at(times.small, share))
    for (const side of ['small', 'big'] as const) {
      const figures = [0.5, 0.95].map((share) => at(times[side], share).toFixed(2).padStart(9)).join('')
      const told = side === 'big' ? ratios.map((ratio) => ratio.toFixed(2).padStart(12)).join('') : ''
      say(`${opening.padEnd(10)}${String(sizes[side]).padStart(10)}${figures}${told}`)
    }
    if (ratios.some((ratio) => ratio > limit)) slow.push(opening)
  }
  say(`\n${slow.length === 0 ? '✓ both' : `✗ slower: ${slow.join(', ')};`} (aim ≤ ${limit} ×)`)
  await small.close()
  await big.close()
}

process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  const now = systemClock.now()
  const urls = {
    small: await stores.newDatabase('family_small'),
    big: await stores.newDatabase('family_big'),
  }
  for (const side of ['small', 'big'] as const) {
    say(`filling a database with ${sizes[side]} families …`)
    await fillWithFamilies(urls[side], { now, families: sizes[side] })
  }
  await measure(urls, rounds)
} finally {
  await stores.release()
}
