import { createLog } from '#core/log.ts'
import { boardOf, boardScope, type WholeFigures } from '#features/board/board.ts'
import { notVisitedOnBoard, waitingOnBoard } from '#features/board/board-lists.ts'
import { keepFigures } from '#features/board/kept-figures.ts'
import type { ListedStaff } from '#features/staff/staff-for-supervisor.ts'
import { region } from '#regions/index.ts'
import { answersByMonth, stageFigures, termsByMonth } from '#storage/board/board-figures.ts'
import { openDatabase } from '#storage/open.ts'
import { listStaff } from '#storage/staff/staff.ts'
import { fillWithWork } from './board-rows.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'
import { fillWithCases } from './term-rows.ts'

// The supervisors' board over 100,000 families of one supervisor: each figure alone, the board as thirty people ask for it, and a list
// behind a figure.
// node --disable-warning=ExperimentalWarning bench/board.ts [--scale 1] [--rounds 3] [--postgres …]

const limitMs = 100
const stavropol = region('stavropol')
const now = new Date('2026-11-25T09:00:00Z')

const say = (line: string) => process.stdout.write(`${line}\n`)
const verdict = (held: boolean, words: string) => say(`${held ? '✓' : '✗'} ${words}`)

const { postgres, redis, scale, rounds } = readOptions(process.argv.slice(2))
const families = Math.round(100_000 * scale)
process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  const url = await stores.newDatabase('board')
  say(`filling a database with ${families} families …`)
  await fillWithCases(url, { region: stavropol, cases: families, now })
  await fillWithWork(url, { requests: Math.round(families * 0.3), now })
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 4 }, createLog('warn'))
  const staff = (await listStaff(database)).find(({ role }) => role === 'supervisor')
  if (!staff) throw new Error('nobody to look at the board')
  const deps = {
    database,
    region: stavropol,
    figures: keepFigures<WholeFigures>(),
    loads: keepFigures<ListedStaff[]>(),
  }
  const { territories } = await boardScope(deps, { staff })
  const time = async (work: () => Promise<unknown>): Promise<number> => {
    const begin = performance.now()
    await work()
    return performance.now() - begin
  }
  const best = async (work: () => Promise<unknown>): Promise<number> => {
    const taken: number[] = []
    for (let round = 0; round < rounds; round += 1) taken.push(await time(work))
    return Math.min(...taken)
  }
  const figures = {
    'terms by stage': () => stageFigures(database, { territories, today: '2026-11-25' }),
    'terms by month': () => termsByMonth(database, { territories, from: '2026-06-01', today: '2026-11-25' }),
    answers: () =>
      answersByMonth(database, {
        territories,
        since: new Date('2026-06-01T00:00:00Z'),
        timeZone: 'Europe/Moscow',
      }),
  }
  for (const [name, work] of Object.entries(figures)) say(`  ${name}: ${(await best(work)).toFixed(0)} ms`)
  const ask = { staff, now, page: 0 }
  say(`  the board for the first time: ${(await time(() => boardOf(deps, ask))).toFixed(0)} ms`)
  const asked: number[] = []
  for (let round = 0; round < rounds * 10; round += 1)
    asked.push(...(await Promise.all(Array.from({ length: 3 }, () => time(() => boardOf(deps, ask))))))
  const sorted = asked.toSorted((a, b) => a - b)
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0
  verdict(p95 <= limitMs, `the board, three at once: p95 ${p95.toFixed(0)} ms (limit ${limitMs} ms)`)
  const waiting = await best(() => waitingOnBoard(deps, ask))
  verdict(waiting <= limitMs, `who waits longest: ${waiting.toFixed(0)} ms`)
  say(`  families with too few visits: ${(await best(() => notVisitedOnBoard(deps, ask))).toFixed(0)} ms`)
  await database.close()
} finally {
  await stores.release()
}
