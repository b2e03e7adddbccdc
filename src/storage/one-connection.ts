import { AsyncLocalStorage } from 'node:async_hooks'
import type { PGlite } from '@electric-sql/pglite'
import type { Connection } from './pglite-adapter.ts'

/**
 * Rejects queries that use the database instead of `tx` inside a transaction. On PGlite such a query would wait for the
 * connection that its own transaction holds, until the timeout. On a server it would go unnoticed, although it reads
 * outside the transaction.
 */
export const guard = (
  pglite: PGlite,
): { connection: Connection; inside<T>(work: () => Promise<T>): Promise<T> } => {
  const current = new AsyncLocalStorage<{ open: boolean }>()
  const outside = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (current.getStore()?.open) throw new Error('use `tx` inside a transaction')
    return ask()
  }
  return {
    connection: {
      query: (text, params, options) => outside(() => pglite.query(text, params, options)),
      exec: (text, options) => outside(() => pglite.exec(text, options)),
      transaction: (work) => outside(() => pglite.transaction(work)),
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
