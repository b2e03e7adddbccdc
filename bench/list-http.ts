import { Pool } from 'undici'
import { createLog } from '#core/log.ts'
import { createKey } from '#features/staff/api-keys.ts'
import { openDatabase } from '#storage/open.ts'
import { type BotProcess, startBot } from './driver/bot-process.ts'

type Settings = {
  url: string
  redis: string
  moments: readonly Date[]
  seconds: number
  rounds: number
  say: (line: string) => void
}
type Server = { name: 'ours' | 'bare'; process: BotProcess; pool: Pool; paths: string[]; token: string }
type Result = { perSecond: number; microseconds: number }

/** Concurrent calls. */
const connections = 16
const nobodysId = '00000000-0000-7000-8000-000000000000'

/** Requests a second of the list endpoint, alternating with the bare one; medians over the rounds. */
export const compareOverHttp = async ({ url, redis, moments, seconds, rounds, say }: Settings) => {
  const token = await keyFor(url)
  const servers: Server[] = []
  const results = { ours: [] as Result[], bare: [] as Result[] }
  try {
    for (const name of ['bare', 'ours'] as const)
      servers.push(await start(name, { url, redis, token, moments }))
    await agree(servers)
    say(`\n${''.padEnd(34)}requests/s   CPU µs/request`)
    // The warm-up runs until the code is compiled.
    for (const server of servers) await load(server, 2)
    for (let round = 0; round < rounds; round += 1) {
      for (const server of servers) results[server.name].push(await load(server, seconds))
    }
  } finally {
    for (const server of servers) {
      await server.pool.destroy()
      await server.process.stop()
    }
  }
  const [ours, bare] = [middle(results.ours), middle(results.bare)]
  const line = (title: string, { perSecond, microseconds }: Result) =>
    say(`${title.padEnd(34)}${perSecond.toFixed(0).padStart(10)}${microseconds.toFixed(0).padStart(17)}`)
  line('bare fastify + Prisma findMany', bare)
  line('GET /api/v1/requests', ours)
  say(`ours / bare: ${(ours.perSecond / bare.perSecond).toFixed(2)}`)
}

const keyFor = async (url: string): Promise<string> => {
  const database = await openDatabase({ kind: 'postgres', url }, createLog('warn'))
  const key = { name: 'bench', scopes: ['requests:read'] as const, territories: [] }
  const { token } = await database.transaction((tx) => createKey(tx, { ...key, now: new Date() }))
  await database.close()
  return token
}

const start = async (
  name: Server['name'],
  { url, redis, token, moments }: Pick<Settings, 'url' | 'redis' | 'moments'> & { token: string },
): Promise<Server> => {
  const script = new URL(`./peers/list-${name}.ts`, import.meta.url).pathname
  const settings = (port: number) => JSON.stringify({ port, postgres: url, redis })
  const process = await startBot({
    name,
    args: (port) => ['--disable-warning=ExperimentalWarning', script, settings(port)],
    env: () => ({ NODE_ENV: 'production' }),
    readyPath: name === 'ours' ? '/health/ready' : '/',
  })
  const pool = new Pool(`http://127.0.0.1:${process.port}`, { connections })
  return { name, process, pool, token, paths: name === 'ours' ? ourPaths(moments) : barePaths(moments) }
}

/** The first page, the first page of waiting requests, and deep pages: the same rows from both. */
const ourPaths = (moments: readonly Date[]): string[] => {
  const cursors = moments.map((submittedAt) =>
    // As src/http/pages.ts encodes cursors: the list, its order, the position.
    Buffer.from(JSON.stringify(['requests', 'oldest', { submittedAt, id: nobodysId }])).toString('base64url'),
  )
  const deep = cursors.map((cursor) => `/api/v1/requests?cursor=${cursor}`)
  return ['/api/v1/requests', '/api/v1/requests?status=submitted', ...deep]
}

const barePaths = (moments: readonly Date[]): string[] => {
  const deep = moments.map((moment) => `/requests?at=${moment.toISOString()}&id=${nobodysId}`)
  return ['/requests', '/requests?status=submitted', ...deep]
}

const get = async ({ pool, token }: Server, path: string): Promise<string> => {
  const answer = await pool.request({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${text.slice(0, 300)}`)
  return text
}

/** Verifies that both return the same rows; otherwise the figures mean nothing. */
const agree = async (servers: readonly Server[]): Promise<void> => {
  const idsOf = async (server: Server) =>
    JSON.stringify(
      await Promise.all(
        server.paths.map(async (path) => {
          const { items } = JSON.parse(await get(server, path)) as { items: { id: string }[] }
          return items.map(({ id }) => id)
        }),
      ),
    )
  const [first, ...others] = await Promise.all(servers.map(idsOf))
  if (others.some((ids) => ids !== first)) throw new Error('the two lists differ')
}

/** Closed loop: every client repeats as soon as it is answered. */
const load = async (server: Server, seconds: number): Promise<Result> => {
  let answered = 0
  const before = server.process.cpuSeconds()
  const until = performance.now() + seconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async (_, caller) => {
      for (let turn = caller; performance.now() < until; turn += 1) {
        await get(server, server.paths[turn % server.paths.length] ?? '')
        answered += 1
      }
    }),
  )
  const cpu = server.process.cpuSeconds() - before
  return { perSecond: answered / seconds, microseconds: (cpu / answered) * 1e6 }
}

const middle = (results: readonly Result[]): Result => {
  const median = (key: keyof Result) => {
    const sorted = results.map((result) => result[key]).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  }
  return { perSecond: median('perSecond'), microseconds: median('microseconds') }
}
