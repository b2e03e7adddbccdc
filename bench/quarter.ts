import { createLog } from '#core/log.ts'
import { quarterReport } from '#features/reports/quarter-report.ts'
import { region } from '#regions/index.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { fillQuarter } from '#test/support/quarter-rows.ts'
import { sealer } from './accounts.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'

// Time to count Novgorod's quarterly report over 20,000 families with returns and several categories, all of it sealed as in the product.
// node --disable-warning=ExperimentalWarning bench/quarter.ts [--rounds 5] [--scale 1] [--postgres …]

const limitMs = 2_000
const families = 20_000

const say = (line: string) => process.stdout.write(`${line}\n`)

const measure = async (url: string, { rounds, scale }: { rounds: number; scale: number }): Promise<void> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 1 }, log)
  try {
    await migrate(database, log)
    const count = Math.round(families * scale)
    say(`filling a database with ${count} families …`)
    await fillQuarter(database, sealer, { families: count })
    await database.prisma.$executeRawUnsafe('ANALYZE')
    const times: number[] = []
    const asked = { period: '2026-Q4', territories: 'all' } as const
    // The first round warms up.
    for (let round = -1; round < rounds; round += 1) {
      const begin = performance.now()
      const choice = round % 2 === 0 ? 'all' : 'main'
      const { figures } = await quarterReport(
        database,
        { region: region('novgorod'), sealer },
        { ...asked, choice },
      )
      if (round >= 0) times.push(performance.now() - begin)
      if (!figures.get('form.1.3')) throw new Error('nothing was counted')
    }
    times.sort((a, b) => a - b)
    const [best = 0, most = 0] = [times[0], times.at(-1)]
    const middle = times[Math.floor(times.length / 2)] ?? 0
    say(`quarter, ms: least ${best.toFixed(0)}, p50 ${middle.toFixed(0)}, most ${most.toFixed(0)}`)
    const met = middle <= limitMs * scale
    say(
      `${met ? '✓' : '✗'} quarter of ${count} families: p50 ${middle.toFixed(0)} ms (aim ≤ ${limitMs * scale} ms)`,
    )
  } finally {
    await database.close()
  }
}

const { postgres, redis, rounds, scale } = readOptions(process.argv.slice(2))
process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  await measure(await stores.newDatabase('quarter'), { rounds, scale })
} finally {
  await stores.release()
}
