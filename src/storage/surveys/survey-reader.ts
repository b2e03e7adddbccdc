import type { Database, Tx } from '#storage/database.ts'
import { readKeys } from '#storage/keys/subject-keys.ts'
import { keysLater } from '#storage/keys/with-keys.ts'

/** Database roles for reading answers: each can read its own views and no tables. */
export const surveyReaders = {
  /** Sums of adults' answers. */
  results: 'ryadom_survey_results',
  /** Also minors' answers, and anonymous single answers. */
  supervisor: 'ryadom_survey_supervisor',
  /** Sums about the curator themselves. */
  curator: 'ryadom_survey_curator',
} as const
export type SurveyReader = keyof typeof surveyReaders

/** Restricts what a role can read. `staffId` null: an API client, which is not a curator. */
export type ReaderScope = { territories: readonly string[] | 'all'; staffId: string | null }

/** A transaction restricted to what the reader may see. */
export type Reading = { tx: Tx; reader: SurveyReader; territories: ReaderScope['territories'] }

/**
 * Runs the work in a transaction under the reader's role and scope; the only way to read survey answers. The database
 * rejects any query beyond the role's views: the keys of what it returns are read after it.
 */
export const asReader = async <T>(
  database: Pick<Database, 'transaction'>,
  reader: SurveyReader,
  { territories, staffId }: ReaderScope,
  work: (reading: Reading) => Promise<T>,
): Promise<T> => {
  const { result, ids } = await keysLater(() =>
    database.transaction(async (tx) => {
      const reached = territories === 'all' ? '*' : territories.join(',')
      // JIT compilation of these queries takes longer than summing a million answers does.
      await tx.$queryRaw`SELECT set_config('jit', 'off', true), set_config('ryadom.territories', ${reached}, true),
      set_config('ryadom.staff_id', ${staffId ?? '-'}, true), set_config('role', ${surveyReaders[reader]}, true)`
      return work({ tx, reader, territories })
    }),
  )
  if (ids.length > 0) await database.transaction((tx) => readKeys(tx, ids))
  return result
}
