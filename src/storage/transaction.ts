import type pg from 'pg'
import type { PrismaClient } from '#generated/client.ts'
import type { Tx } from './database.ts'
import { connectDirectly, type OnConnection } from './direct.ts'
import type { OnConnectionOf } from './pg-adapter.ts'

/** All of a transaction must be over within this time. */
const timeoutMs = 10_000

/** The transaction took too long and was rolled back. */
class TransactionTimeout extends Error {
  override name = 'TransactionTimeout'
  readonly code = 'transaction-timeout'
}

type Parts = {
  pool: pg.Pool
  prisma: () => PrismaClient
  on: OnConnectionOf
  onError: (error: Error) => void
}

/**
 * Runs transactions on connections of the pool. `direct` statements go to the connection itself; Prisma begins a
 * transaction of its own on it only if it is used, and its BEGIN and COMMIT are left out. Statements of one turn of the
 * event loop leave in one write.
 */
export const createTransaction =
  ({ pool, prisma, on, onError }: Parts) =>
  async <T, R>(work: (tx: Tx) => Promise<T>, read: (tx: Tx) => Promise<R>): Promise<[T, R]> => {
    const client = await pool.connect()
    let lost: Error | undefined
    const onLost = (error: Error) => {
      lost = error
      onError(error)
    }
    client.on('error', onLost)
    const connection = openConnection(client)
    const orm = lazily(prisma, on, connection)
    connectDirectly(orm.tx, connection)
    const late = Promise.withResolvers<never>()
    const overdue = () => late.reject(new TransactionTimeout('the transaction took too long'))
    const timer = setTimeout(overdue, timeoutMs)
    // Nobody waits for it before the work has begun.
    late.promise.catch(() => {})
    try {
      await connection.query({ text: 'BEGIN' })
      const done = await Promise.race([work(orm.tx), late.promise])
      await orm.end()
      // Behind the last statement, in the same write: if that fails, the server takes the COMMIT for a ROLLBACK.
      const [seen, { command }] = await Promise.all([read(orm.tx), connection.end('COMMIT')])
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
      return [done, seen]
    } catch (error) {
      await connection.end('ROLLBACK').catch(onLost)
      await orm.end()
      throw connection.causeOf(error)
    } finally {
      clearTimeout(timer)
      connection.giveBack()
      client.off('error', onLost)
      client.release(lost ?? connection.stale())
    }
  }

type Ending = 'COMMIT' | 'ROLLBACK'

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code
/** A prepared statement that the session cannot carry out any more: its columns have changed, or the session lost it. */
const unprepared: readonly unknown[] = ['0A000', '26000']

const openConnection = (client: pg.PoolClient) => {
  let open = true
  let held = true
  let corked = false
  let first: unknown
  let stale: Error | undefined
  const note = (error: Error) => {
    first ??= error
    if (unprepared.includes(codeOf(error))) stale ??= error
  }
  const { stream } = client.connection
  const together = () => {
    if (corked) return
    corked = true
    stream.cork()
    process.nextTick(() => {
      corked = false
      stream.uncork()
    })
  }
  const ended = () => Promise.reject(new Error('the transaction has ended'))
  const query = (config: pg.QueryConfig): Promise<pg.QueryResult> => {
    // What comes late, after the time of the transaction is up, would be carried out outside it.
    if (!open) return ended()
    together()
    const asked = client.query(config)
    asked.catch(note)
    return asked
  }
  return {
    query,
    /** Of statements that left together, those behind the one that failed say only that the transaction has failed. */
    causeOf: (error: unknown): unknown =>
      first !== undefined && [...unprepared, '25P02'].includes(codeOf(error)) ? first : error,
    /** Why the connection must not serve anybody else: its statement would fail for the next one, too. */
    stale: (): Error | undefined => stale,
    queryBehind: (config: pg.QueryConfig): Promise<pg.QueryResult> => {
      if (!held) return ended()
      together()
      return client.query(config)
    },
    giveBack: (): void => {
      held = false
    },
    /** Sends the last statement; from here on the connection takes no other. */
    end: (text: Ending): Promise<pg.QueryResult> => {
      together()
      open = false
      return client.query(text)
    },
  }
}

/** Prisma in a transaction that begins with the first use of it. */
const lazily = (prisma: () => PrismaClient, on: OnConnectionOf, connection: OnConnection) => {
  const over = Promise.withResolvers<void>()
  let begun: { tx: Promise<Tx>; ended: Promise<unknown> } | undefined
  const begin = (): Promise<Tx> => {
    if (begun) return begun.tx
    const ready = Promise.withResolvers<Tx>()
    const ended = on(connection, () =>
      prisma().$transaction(
        (tx) => {
          ready.resolve(tx)
          return over.promise
        },
        { timeout: 2 * timeoutMs },
      ),
    ).catch(ready.reject)
    begun = { tx: ready.promise, ended }
    return begun.tx
  }
  return {
    tx: proxyOf(begin),
    end: async (): Promise<void> => {
      over.resolve()
      await begun?.ended
    },
  }
}

type Callable = (...given: unknown[]) => Promise<unknown>
type Callables = Record<string | symbol, Callable>

/** Stands for a transaction of Prisma: `tx.model.method(…)` and `tx.$method(…)` begin it first. */
const proxyOf = (begin: () => Promise<Tx>): Tx => {
  const models = new Map<string | symbol, Callables>()
  const modelOf = (name: string): Callables => {
    const known = models.get(name)
    if (known) return known
    const made = new Proxy<Callables>(
      {},
      {
        get:
          (_, method) =>
          async (...given: unknown[]) => {
            const model = (await begin())[name as keyof Tx] as unknown as Callables
            return model[method]?.(...given)
          },
      },
    )
    models.set(name, made)
    return made
  }
  return new Proxy({} as Tx, {
    get: (_, name) => {
      // No promise, though asked by every `await`.
      if (typeof name === 'symbol' || name === 'then') return undefined
      if (!name.startsWith('$')) return modelOf(name)
      return async (...given: unknown[]) => ((await begin()) as unknown as Callables)[name]?.(...given)
    },
  })
}
