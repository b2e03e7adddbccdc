import { DomainError } from '#core/errors.ts'
import { type Erased, erase } from '#features/erasure/erase.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import type { EraseExpired } from './retention.ts'

/**
 * Erases a closed family, or an applicant whose requests became no case, when the term is over: with an act of destruction. False for
 * whoever is gone, or may not be erased.
 */
export const eraseClosed = (database: Database, deps: { sealer: Sealer; enqueue: Enqueue }): EraseExpired => {
  const erased = async (of: Erased, now: Date): Promise<boolean> => {
    try {
      await database.transaction((tx) => erase(tx, deps, { of, ground: 'term', by: {}, now }))
      return true
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not-found') return false
      throw error
    }
  }
  return {
    family: (family, now) => erased({ family }, now),
    applicant: (person, now) => erased({ person, withAppeals: true }, now),
  }
}
