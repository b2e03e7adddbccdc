import { AsyncLocalStorage } from 'node:async_hooks'
import type { PGlite } from '@electric-sql/pglite'
import type { Connection } from './pglite-adapter.ts'

/**
 * Work inside a transaction that asks the database itself, instead of its `tx`, waits for the one connection
 * that it holds. On a server this goes unnoticed (and is a fault all the same: the answer is from outside the
 * transaction); here it is refused at once, and not after ten seconds of silence.
 */
export const guard = (
  pglite: PGlite,
): { connection: Connection; inside<T>(work: () => Promise<T>): Promise<T> } => {
  const current = new AsyncLocalStorage<{ open: boolean }>()
  const outside = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (current.getStore()?.open) throw new Error('inside a transaction its `tx` has to be asked')
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
