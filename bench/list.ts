import { createLog } from '#core/log.ts'
import type { Database } from '#storage/database.ts'
import { openDatabase } from '#storage/open.ts'
import type { RequestFilter, RequestPage } from '#storage/requests/request-list-statement.ts'
import { listRequests } from '#storage/requests/request-lists.ts'
import { compareOverHttp } from './list-http.ts'
import { type Filled, fillWithRequests, territories } from './list-rows.ts'
import { readOptions } from './options.ts'
import { openStores } from './stores.ts'

// Cost of a page of 50 out of a million requests: in the database for each filter, and over HTTP beside a bare
// fastify + Prisma `findMany` of the same rows.
// node --disable-warning=ExperimentalWarning bench/list.ts [--seconds 5] [--rounds 3] [--postgres …] [--redis …]

const { postgres, redis, seconds, rounds, scale } = readOptions(process.argv.slice(2))
const rows = Math.round(1_000_000 * scale)
const limitMs = 20
const pagesOfEach = 200

const say = (line: string) => process.stdout.write(`${line}\n`)

const filtersOf = ({ staffId, moments }: Filled): Record<string, Partial<RequestFilter>> => {
  const submitted = { statuses: ['submitted'] } as const
  const [rare] = territories.slice(-1)
  const ofRare = { territories: rare ? [rare] : [] }
  return {
    'no filter': {},
    'status=submitted': submitted,
    'status=closed': { statuses: ['closed'] },
    'two statuses': { statuses: ['submitted', 'claimed'] },
    territory: { territories: ['leninsky'] },
    'a rare territory': ofRare,
    'three territories': { territories: ['oktyabrsky', 'promyshlenny', 'other'] },
    'urgent only': { urgent: true },
    'not urgent': { urgent: false },
    assignee: { assigneeId: staffId },
    'assignee=none': { assigneeId: 'none' },
    'since half of the time': { submittedSince: moments[4] },
    'since yesterday, or so': { submittedSince: moments.at(-1) },
    'submitted, territory': { ...submitted, territories: ['leninsky'] },
    'submitted, urgent': { ...submitted, urgent: true },
    'submitted, none, territory': { ...submitted, assigneeId: 'none', territories: ['leninsky'] },
    'urgent, territory': { urgent: true, territories: ['leninsky'] },
    'urgent, a rare territory': { urgent: true, ...ofRare },
    'urgent, assignee': { urgent: true, assigneeId: staffId },
    'urgent, none': { urgent: true, assigneeId: 'none' },
    'assignee, territory': { assigneeId: staffId, territories: ['leninsky'] },
    'assignee, a rare territory': { assigneeId: staffId, ...ofRare },
    'none, a rare territory': { assigneeId: 'none', ...ofRare },
    'closed, since': { statuses: ['closed'], submittedSince: moments[4] },
    'all at once': {
      ...submitted,
      territories: ['leninsky', 'oktyabrsky'],
      urgent: false,
      assigneeId: staffId,
      submittedSince: moments[4],
    },
  }
}

/** Milliseconds per page in both orders: first pages, or pages at random positions in the ten years. */
const timesOf = async (
  database: Database,
  filter: Partial<RequestFilter>,
  deepAt: readonly Date[],
): Promise<number[]> => {
  const times: number[] = []
  for (let turn = 0; turn < pagesOfEach; turn += 1) {
    const moment = deepAt[Math.floor(turn / 2) % Math.max(1, deepAt.length)]
    const page: RequestPage = {
      order: turn % 2 === 0 ? 'oldest' : 'newest',
      // A different position each time: no query is repeated.
      after: moment && { submittedAt: new Date(moment.getTime() + turn * 977), id: nobodysId },
      limit: 51,
    }
    const begin = performance.now()
    await listRequests(database, { territories: 'all', ...filter }, page)
    times.push(performance.now() - begin)
  }
  return times.sort((a, b) => a - b)
}

const nobodysId = '00000000-0000-7000-8000-000000000000'

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

const measureFilters = async (url: string, filled: Filled): Promise<void> => {
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 1 }, createLog('warn'))
  const slow: string[] = []
  say(
    `\n${'a page of 50, ms'.padEnd(28)}${'first p50'.padStart(11)}${'p95'.padStart(8)}${'deep p50'.padStart(11)}${'p95'.padStart(8)}`,
  )
  for (const [name, filter] of Object.entries(filtersOf(filled))) {
    await timesOf(database, filter, [])
    const [first, deep] = [
      await timesOf(database, filter, []),
      await timesOf(database, filter, filled.moments),
    ]
    const figures = [at(first, 0.5), at(first, 0.95), at(deep, 0.5), at(deep, 0.95)]
    say(
      name.padEnd(28) +
        figures.map((figure, place) => figure.toFixed(2).padStart(place % 2 === 0 ? 11 : 8)).join(''),
    )
    if (Math.max(at(first, 0.95), at(deep, 0.95)) > limitMs) slow.push(name)
  }
  const verdict = slow.length === 0 ? '✓ every filter' : `✗ slower: ${slow.join('; ')};`
  say(`\n${verdict} p95 (aim ≤ ${limitMs} ms)`)
  await database.close()
}

process.once('SIGINT', () => process.exit(130))
const stores = await openStores(postgres, redis)
try {
  const url = await stores.newDatabase('list')
  say(`filling a database with ${rows} requests …`)
  const filled = await fillWithRequests(url, rows)
  await measureFilters(url, filled)
  await compareOverHttp({
    url,
    redis: await stores.emptyRedis(15),
    moments: filled.moments,
    seconds,
    rounds,
    say,
  })
} finally {
  await stores.release()
}
