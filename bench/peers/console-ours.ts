import { systemClock } from '#core/clock.ts'
import { openConsoleServer } from '#console/console-server.ts'
import { createLog } from '#core/log.ts'
import { loadTexts } from '#core/text.ts'
import { loadConsents } from '#features/consents/consent-texts.ts'
import { region } from '#regions/index.ts'
import { openDatabase } from '#storage/open.ts'
import { createSealer } from '#storage/seal.ts'

// The console as deployed, without the bot: sessions, rate limits in Redis, the semaphore that leaves connections to others.
const { port, postgres, redis, key } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>
const log = createLog(process.env.BENCH_LOG === undefined ? 'silent' : 'warn')
const database = await openDatabase({ kind: 'postgres', url: postgres ?? '' }, log)
const sealer = createSealer([{ id: 'bench', key: Buffer.from(key ?? '', 'base64') }])
const operator = { name: 'bench', address: 'bench', contact: 'bench', region: 'stavropol' }
const consents = loadConsents(new URL('../../locales', import.meta.url).pathname, operator)
const server = await openConsoleServer(
  {
    database,
    log,
    clock: systemClock,
    sealer,
    region: region('stavropol'),
    texts: await loadTexts(new URL('../../locales', import.meta.url).pathname),
    enqueue: () => Promise.reject(new Error('pages add no jobs')),
    botUsername: () => 'bench',
    organisation: () => ({ name: '', address: '', contact: '' }),
    consents: () => consents,
    pagesUrl: () => `http://127.0.0.1:${port}`,
    fetchFile: () => Promise.reject(new Error('no file is asked for here')),
    available: () => true,
    closing: new AbortController().signal,
    territories: { all: () => [], refresh: async () => {} },
    guard: { allowLoopback: false },
  },
  {
    redisUrl: redis,
    botId: 'bench',
    conceal: (one) => sealer.sign(one, 'counters'),
    perMinute: 1_000_000_000,
  },
)
await server.listen({ port: Number(port), host: '127.0.0.1' })
