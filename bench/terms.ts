import { createLog } from '#core/log.ts'
import { recountAll, watchTerms } from '#features/cases/watch-terms.ts'
import { createJobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import { openDatabase } from '#storage/open.ts'
import { sealer } from './accounts.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'
import { fillWithCases } from './term-rows.ts'

// Cost of a minute's sweep of the terms of 100,000 open cases: on an ordinary minute, at the beginning of a working day, when all
// that comes near on it is due at once, and where terms are counted anew because rules have changed.
// node --disable-warning=ExperimentalWarning bench/terms.ts [--scale 1] [--rounds 3] [--postgres …]

const limitMs = 1000
const stavropol = region('stavropol')
/** A Wednesday, a minute after the beginning of work. */
const now = new Date('2026-11-25T06:01:00Z')
const clock = { now: () => now }

const say = (line: string) => process.stdout.write(`${line}\n`)
const verdict = (held: boolean, words: string) => say(`${held ? '✓' : '✗'} ${words}`)

const { postgres, redis, scale, rounds } = readOptions(process.argv.slice(2))
const cases = Math.round(100_000 * scale)
process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  const url = await stores.newDatabase('terms')
  say(`filling a database with ${cases} cases …`)
  await fillWithCases(url, { region: stavropol, cases, now })
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 2 }, log)
  const jobs = createJobs(database, log)
  await jobs.start()
  const deps = { enqueue: jobs.enqueue, region: stavropol, sealer, log }
  const timed = async (work: () => Promise<number>): Promise<{ ms: number; count: number }> => {
    const begin = performance.now()
    const count = await work()
    return { ms: performance.now() - begin, count }
  }
  const sweep = () =>
    timed(
      async () =>
        (await recountAll(database, deps, { clock })) + (await watchTerms(database, deps, { clock })),
    )

  const minutes = []
  for (;;) {
    const minute = await sweep()
    if (minute.count === 0) break
    minutes.push(minute)
  }
  const slowest = Math.max(...minutes.map(({ ms }) => ms))
  const told = minutes.reduce((sum, { count }) => sum + count, 0)
  const all = minutes.reduce((sum, { ms }) => sum + ms, 0)
  verdict(
    slowest <= limitMs && told > 0,
    `the beginning of a day: ${told} terms come near, told in ${minutes.length} sweeps, ${(all / 1000).toFixed(1)} s in all; the slowest ${slowest.toFixed(0)} ms (limit ${limitMs} ms)`,
  )
  const quiet = []
  for (let round = 0; round < rounds * 10; round += 1) quiet.push((await sweep()).ms)
  verdict(Math.max(...quiet) <= limitMs, `an ordinary minute: ${Math.max(...quiet).toFixed(1)} ms at most`)
  await database.prisma.$executeRaw`UPDATE families SET terms_mark = NULL WHERE number % 10 = 0`
  const anew = await timed(() => recountAll(database, deps, { clock }))
  say(`  rules changed: ${anew.count} cases counted anew in ${(anew.ms / 1000).toFixed(1)} s`)
  await jobs.stop()
  await database.close()
} finally {
  await stores.release()
}
