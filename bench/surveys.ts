import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { tallyAnswers } from '#features/surveys/results/count-answers.ts'
import { surveyResults } from '#features/surveys/results/results.ts'
import type { ResultsQuery } from '#features/surveys/results/survey-result.ts'
import { openDatabase } from '#storage/open.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'
import {
  fillWithAnswers,
  months,
  newAnswers,
  someCurator,
  survey,
  territories,
  timeZone,
} from './survey-rows.ts'

// Time for a supervisor to load the results of a survey with a million answers.
// node --disable-warning=ExperimentalWarning bench/surveys.ts [--rounds 20] [--postgres …]

const limitMs = 300

const say = (line: string) => process.stdout.write(`${line}\n`)
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

const [territory] = territories
const year = { from: '2026-01', until: '2026-12' }
const asked: Record<string, Omit<ResultsQuery, 'code'>> = {
  'two years': months,
  'a year': year,
  'a month': { from: '2026-06', until: '2026-06' },
  'two years, territory': { ...months, territory },
  'two years, level': { ...months, level: 'basic' },
  'two years, kind of help': { ...months, helpKind: 'social' },
  'two years, curator': { ...months, curatorId: someCurator },
  'two years, territory, level': { ...months, territory, level: 'basic' },
  'a year, territory': { ...year, territory },
}

const measure = async (url: string, rounds: number): Promise<void> => {
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 1 }, createLog('warn'))
  const times = Object.fromEntries(Object.keys(asked).map((name) => [name, [] as number[]]))
  // Two warm-up rounds; the queries alternate, so that other load on the machine affects all of them alike.
  for (let round = -2; round < rounds; round += 1)
    for (const [name, query] of Object.entries(asked)) {
      const begin = performance.now()
      const { sets } = await surveyResults(database, {
        query: { code: survey.code, ...query },
        reach: { territories: 'all', staffId: null },
        minors: round % 2 === 0,
        timeZone,
      })
      if (round >= 0) times[name]?.push(performance.now() - begin)
      if (sets === null) throw new Error(`${name}: nothing was shown`)
    }
  await database.close()
  say(`\n${'results, ms'.padEnd(30)}${'p50'.padStart(8)}${'p95'.padStart(8)}`)
  const slow: string[] = []
  for (const [name, taken] of Object.entries(times)) {
    taken.sort((a, b) => a - b)
    const figures = [at(taken, 0.5), at(taken, 0.95)]
    say(name.padEnd(30) + figures.map((figure) => figure.toFixed(0).padStart(8)).join(''))
    if ((figures[1] ?? 0) > limitMs) slow.push(name)
  }
  say(`\n${slow.length === 0 ? '✓ all' : `✗ slower: ${slow.join('; ')};`} p95 (aim ≤ ${limitMs} ms)`)
}

/** The cost that tallying adds to a submission, with all tallies in place. */
const measureCounting = async (url: string, now: Date): Promise<void> => {
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 1 }, createLog('warn'))
  const times: number[] = []
  for (let turn = -20; turn < 200; turn += 1)
    await database.transaction(async (tx) => {
      const begin = performance.now()
      await tallyAnswers(tx, { ...newAnswers(turn + 20, now), survey, timeZone, now })
      if (turn >= 0) times.push(performance.now() - begin)
    })
  await database.close()
  times.sort((a, b) => a - b)
  say(
    `\ncounting a set of ${survey.questions.length} answers: p50 ${at(times, 0.5).toFixed(1)}, p95 ${at(times, 0.95).toFixed(1)} ms`,
  )
}

const { postgres, redis, rounds, scale } = readOptions(process.argv.slice(2))
process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  const url = await stores.newDatabase('surveys')
  say(`filling a database with ${scale} million answers …`)
  const { answers, tallies } = await fillWithAnswers(url, systemClock.now(), scale)
  say(`${answers} answers, ${tallies} sums`)
  await measure(url, rounds)
  await measureCounting(url, systemClock.now())
} finally {
  await stores.release()
}
