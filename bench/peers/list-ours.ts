import { randomBytes } from 'node:crypto'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { loadTexts } from '#core/text.ts'
import { serveApi } from '#http/api.ts'
import { connectCounters } from '#http/rate-limit.ts'
import { createServer } from '#http/server.ts'
import { loadConsents } from '#features/consents/consent-texts.ts'
import { region } from '#regions/index.ts'
import { openDatabase } from '#storage/open.ts'
import { createSealer } from '#storage/seal.ts'

// The staff API as deployed, without the bot: keys, rate limits in Redis, validation of input and output.
const { port, postgres, redis } = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>
const log = createLog('silent')
const database = await openDatabase({ kind: 'postgres', url: postgres ?? '' }, log)
const sealer = createSealer([{ id: 'bench', key: randomBytes(32) }])
const conceal = (key: string) => sealer.sign(key, 'counters')
const operator = { name: 'bench', address: 'bench', contact: 'bench', region: 'stavropol' }
const consents = loadConsents(new URL('../../locales', import.meta.url).pathname, operator)
const server = createServer({ database: () => database.ping(1000) }, log)
serveApi(
  server,
  {
    database,
    log,
    clock: systemClock,
    sealer,
    region: region('stavropol'),
    texts: await loadTexts(new URL('../../locales', import.meta.url).pathname),
    enqueue: () => Promise.reject(new Error('lists add no jobs')),
    botUsername: () => 'bench',
    organisation: () => ({ name: '', address: '', contact: '' }),
    consents: () => consents,
    publicUrl: () => undefined,
    territories: { all: () => [], refresh: async () => {} },
    closing: new AbortController().signal,
    guard: { allowLoopback: false },
  },
  {
    redis: redis === undefined ? undefined : await connectCounters(server, redis, log),
    botId: 'bench',
    conceal,
    perMinute: 1_000_000_000,
  },
)
await server.listen({ port: Number(port), host: '127.0.0.1' })
