import { AsyncResource } from 'node:async_hooks'
import type pg from 'pg'
import type { NamedQuery, Sql } from './database.ts'
import { keysWanted } from './keys/known-keys.ts'
import { type KeyRow, keysSql, withKeys } from './keys/with-keys.ts'

type Statement = {
  query: NamedQuery
  done: (error: Error | undefined, rows: unknown[]) => void
}

/** More statements than these do not wait for each other on one connection. */
const mostTogether = 16

/**
 * Statements that are asked for in one turn of the event loop leave in one write, on one connection: a write to a
 * socket costs more than what is written. Each commits by itself and fails by itself, as on a connection of its own,
 * and is answered as soon as its result is there. The pool's clients must be opened with `pipeline`.
 */
export const createStatements = (pool: pg.Pool): Sql => {
  let waiting: Statement[] = []
  /** Where the parts begin that stay on one connection. */
  let parts: number[] = []

  // Bound to the context of the start, because a batch belongs to no caller.
  const flush = AsyncResource.bind(() => {
    const all = waiting
    const begins = parts
    waiting = []
    parts = []
    let from = 0
    for (const [n, begin] of begins.entries()) {
      const end = begins[n + 1] ?? all.length
      if (end - from > mostTogether && begin > from) {
        send(pool, all.slice(from, begin))
        from = begin
      }
    }
    send(pool, all.slice(from))
  })

  const ask = <Row>({ name, text, values }: NamedQuery) =>
    new Promise<Row[]>((resolve, reject) => {
      const done = (error: Error | undefined, rows: unknown[]) =>
        error ? reject(error) : resolve(rows as Row[])
      waiting.push({ query: { name, text, values }, done })
    })
  const begin = () => {
    if (waiting.length === 0) setImmediate(flush)
    parts.push(waiting.length)
  }

  return {
    query: <Row>(name: string, text: string, values: unknown[]) => {
      begin()
      return ask<Row>({ name, text, values })
    },
    inTurn: <First, Second>(first: NamedQuery, second: NamedQuery) => {
      begin()
      return [ask<First>(first), ask<Second>(second)]
    },
  }
}

const send = (pool: pg.Pool, batch: readonly Statement[]): void => {
  pool.connect((refused, client, release) => {
    if (refused || !client) {
      for (const { done } of batch) done(refused ?? new Error('no connection'), [])
      return
    }
    let open = batch.length
    // What was sent is told of the loss by the driver; the pool must not hand the connection out again.
    let lost: Error | undefined
    const onLost = (error: Error) => {
      lost = error
    }
    client.on('error', onLost)
    const { stream } = client.connection
    stream.cork()
    for (const { query, done } of batch) {
      const end = (error: Error | undefined, rows: unknown[]) => {
        // As in the pool's own `query`: a connection on which something failed is not used again.
        lost ??= error
        open -= 1
        if (open === 0) {
          client.off('error', onLost)
          release(lost)
        }
        done(error, rows)
      }
      client.query(query, (error: Error | undefined, result?: pg.QueryResult) => {
        const rows = result?.rows ?? []
        if (error || keysWanted(rows).length === 0) return end(error, rows)
        withKeys(rows, (ids) => keysFrom(client, ids)).then(
          () => end(undefined, rows),
          (failed) => end(failed, []),
        )
      })
    }
    stream.uncork()
  })
}

const keysFrom = async (client: pg.PoolClient, ids: string): Promise<KeyRow[]> =>
  (await client.query<KeyRow>({ name: 'subject-keys', text: keysSql, values: [ids] })).rows
