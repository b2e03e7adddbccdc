import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { describe, expect, inject, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { openDatabase } from '#storage/open.ts'
import { openTestDatabase } from '#test/support/database.ts'

/** A PostgreSQL behind a proxy: `refuse` acts like a server that is down, `swallow` like a cut cable. */
const createWire = async (target: URL) => {
  let state: 'through' | 'refuse' | 'swallow' = 'through'
  const sockets = new Set<Socket>()
  const server: Server = createServer((near) => {
    sockets.add(near)
    near.on('error', () => near.destroy())
    if (state === 'refuse') return near.destroy()
    if (state === 'swallow') return near.resume()
    const far = connect(Number(target.port || 5432), target.hostname)
    sockets.add(far)
    far.on('error', () => near.destroy())
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.on('data', (data) => state === 'through' && far.write(data))
    far.on('data', (data) => state === 'through' && near.write(data))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(typeof address === 'object' ? address?.port : '')
  const cut = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    url: url.href,
    set: (next: typeof state) => {
      state = next
      if (next !== 'swallow') cut()
    },
    close: () => {
      cut()
      server.close()
    },
  }
}

const timed = async (work: Promise<unknown>) => {
  const start = performance.now()
  const outcome = await work.then(
    () => 'answered',
    () => 'failed',
  )
  return { outcome, ms: performance.now() - start }
}

describe.runIf(inject('database') === 'postgres')('a database that is gone', () => {
  test.each(['refuse', 'swallow'] as const)(
    '(%s) makes queries fail quickly, and is recovered from automatically',
    async (how) => {
      const { options, dispose } = await openTestDatabase()
      if (options.kind !== 'postgres') throw new Error('this is about a server')
      const wire = await createWire(new URL(options.url))
      const database = await openDatabase({ kind: 'postgres', url: wire.url }, createLog('silent'))
      await database.ping(1_000)
      await database.transaction((tx) => tx.person.count())

      wire.set(how)
      expect((await timed(database.ping(500))).outcome).toBe('failed')
      const lost = await Promise.all([
        timed(database.transaction((tx) => tx.person.count())),
        timed(database.sql.query('count', 'SELECT count(*) FROM persons', [])),
        timed(database.prisma.person.count()),
      ])
      for (const { outcome, ms } of lost) {
        expect(outcome).toBe('failed')
        expect(ms).toBeLessThan(9_000)
      }
      // The time limit for new connections.
      const next = await timed(database.sql.query('count', 'SELECT count(*) FROM persons', []))
      expect(next.outcome).toBe('failed')
      expect(next.ms).toBeLessThan(3_000)

      wire.set('through')
      await expect(database.transaction((tx) => tx.person.count())).resolves.toBe(0)
      await database.ping(1_000)
      await database.close()
      wire.close()
      await dispose()
    },
    60_000,
  )

  test('does not prevent opening the database', async () => {
    const database = await openDatabase(
      { kind: 'postgres', url: 'postgresql://nobody@127.0.0.1:1/none' },
      createLog('silent'),
    )
    const { outcome, ms } = await timed(database.ping(1_000))
    expect(outcome).toBe('failed')
    expect(ms).toBeLessThan(1_500)
    await database.close()
  })
})
