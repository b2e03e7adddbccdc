import { createLog } from '#core/log.ts'
import { countingJobMs, recountAll, watchTerms } from '#features/cases/watch-terms.ts'
import { createJobs } from '#queue/boss.ts'
import { region } from '#regions/index.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { openDatabase } from '#storage/open.ts'
import { sealer } from './accounts.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'
import { fillWithCases } from './term-rows.ts'

// Cost of a minute's sweep of the terms of 100,000 open cases: on an ordinary minute, at the beginning of a working day, when all
// that comes near on it is due at once, and how long it takes until all terms are counted anew because rules or days have changed.
// node --disable-warning=ExperimentalWarning bench/terms.ts [--scale 1] [--rounds 3] [--postgres …]

const limitMs = 1000
/** For 100,000 cases, as the product does it: 3 s of a minute's sweep, then a job of 40 s that leaves half of its time to others. */
const anewLimitMs = 300_000
const minuteMs = 60_000
const stavropol = region('stavropol')
/** A Wednesday, a minute after the beginning of work. */
const now = new Date('2026-11-25T06:01:00Z')
const clock = { now: () => now }

const withDayOff = (region: Region): Region => {
  const { byYear } = region.daysOff
  const off = { off: ['12-30'], working: [], act: 'bench' }
  return { ...region, daysOff: { ...region.daysOff, byYear: { ...byYear, 2028: off } } }
}

const withOtherTerms = (region: Region): Region => {
  const longer = Object.entries(region.supportMonths).map(([level, rule]) => [
    level,
    { ...rule, value: rule.value + 1 },
  ])
  const caseRules = { ...region.caseRules, interim: { ...region.caseRules.interim, months: 2 } }
  return { ...region, caseRules, supportMonths: Object.fromEntries(longer) }
}

/** As the sweep and its job do it minute by minute, without what is left of each minute. */
const recountEach = async (database: Database, deps: Parameters<typeof recountAll>[1]) => {
  const begin = performance.now()
  const rss = () => process.memoryUsage.rss() / 1024 / 1024
  const before = rss()
  let most = before
  const looking = setInterval(() => (most = Math.max(most, rss())), 100)
  const replaced = () => database.prisma.caseTerm.count({ where: { replacedAt: { not: null } } })
  const replacedBefore = await replaced()
  let counted = 0
  let pausedMs = 0
  for (let more = true; more; ) {
    const swept = await recountAll(database, deps, { clock })
    const job = swept.more
      ? await recountAll(database, deps, { clock, forMs: countingJobMs, rest: true })
      : swept
    counted += swept.counted + (job === swept ? 0 : job.counted)
    more = job.more
    // What the minute is longer than both.
    if (more) pausedMs += minuteMs - countingJobMs - 3000
  }
  clearInterval(looking)
  const ms = performance.now() - begin + pausedMs
  return { counted, ms, added: (await replaced()) - replacedBefore, memoryMb: Math.round(most - before) }
}

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
        (await recountAll(database, deps, { clock })).counted + (await watchTerms(database, deps, { clock })),
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
  for (const [what, changed] of [
    ['a day off that moves nothing', withDayOff(stavropol)],
    ['support longer by a month, interim diagnosis every two', withOtherTerms(stavropol)],
  ] as const) {
    const anew = await recountEach(database, { ...deps, region: changed })
    verdict(
      anew.counted === cases && anew.ms <= anewLimitMs * scale,
      `${what}: ${anew.counted} cases counted anew in ${(anew.ms / 1000).toFixed(1)} s with rests, ${anew.added} terms replaced, memory at most +${anew.memoryMb} MiB (limit ${((anewLimitMs * scale) / 1000).toFixed(0)} s)`,
    )
  }
  await jobs.stop()
  await database.close()
} finally {
  await stores.release()
}
