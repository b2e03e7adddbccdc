import { DomainError } from '#core/errors.ts'
import { erase } from '#features/erasure/erase.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import type { EraseFamily } from './retention.ts'

/** Erases a closed family whose term is over, with an act of destruction; false for one that is gone, or may not be erased. */
export const eraseClosed =
  (database: Database, deps: { sealer: Sealer; enqueue: Enqueue }): EraseFamily =>
  async (family, now) => {
    try {
      await database.transaction((tx) => erase(tx, deps, { of: { family }, ground: 'term', by: {}, now }))
      return true
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-found') return false
      throw error
    }
  }
