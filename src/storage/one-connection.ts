import { AsyncLocalStorage } from 'node:async_hooks'
import type { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import type { Connection } from './pglite-adapter.ts'

type Inside = <T>(work: () => Promise<T>) => Promise<T>

/** Tells whether the caller is inside a transaction, and then refuses queries that do not use its `tx`. */
const watchTransactions = (): { refuse: () => void; inside: Inside } => {
  const current = new AsyncLocalStorage<{ open: boolean }>()
  return {
    refuse: () => {
      if (current.getStore()?.open) throw new Error('use `tx` inside a transaction')
    },
    inside: async (work) => {
      const state = { open: true }
      try {
        return await current.run(state, work)
      } finally {
        state.open = false
      }
    },
  }
}

/**
 * Rejects queries that use the database instead of `tx` inside a transaction. On PGlite such a query would wait for the
 * connection that its own transaction holds, until the timeout.
 */
export const guard = (pglite: PGlite): { connection: Connection; inside: Inside } => {
  const { refuse, inside } = watchTransactions()
  const outside = async <T>(ask: () => Promise<T>): Promise<T> => {
    refuse()
    return ask()
  }
  return {
    connection: {
      query: (text, params, options) => outside(() => pglite.query(text, params, options)),
      exec: (text, options) => outside(() => pglite.exec(text, options)),
      transaction: (work) => outside(() => pglite.transaction(work)),
    },
    inside,
  }
}

/**
 * The same for a server's pool. There such a query goes unnoticed, although it reads outside the transaction; tests
 * open the pool with this guard.
 */
export const guardPool = (pool: pg.Pool): { inside: Inside; refuse: () => void } => {
  const watch = watchTransactions()
  for (const name of ['query', 'connect'] as const) {
    const ask = pool[name].bind(pool) as (...given: unknown[]) => unknown
    const guarded = (...given: unknown[]) => {
      watch.refuse()
      return ask(...given)
    }
    Object.assign(pool, { [name]: guarded })
  }
  return watch
}
