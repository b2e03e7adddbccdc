import type { Database, Tx } from '#storage/database.ts'

/** Whose eyes answers are read with: roles of the database, each with views of its own and no table. */
export const surveyReaders = {
  /** Sums of what adults said. */
  results: 'ryadom_survey_results',
  /** Minors' too, and single answers without a name. */
  supervisor: 'ryadom_survey_supervisor',
  /** Sums about themselves. */
  curator: 'ryadom_survey_curator',
} as const
export type SurveyReader = keyof typeof surveyReaders

/** What of it they reach; null: a system, which is nobody's curator. */
export type ReaderScope = { territories: readonly string[] | 'all'; staffId: string | null }

/** A transaction in which nothing can be read but what such a reader sees. */
export type Reading = { tx: Tx; reader: SurveyReader; territories: ReaderScope['territories'] }

/**
 * Reads answers, as everything that reads answers does: the role and its reach hold for this transaction and end with it.
 * Whatever the work asks for beyond the role's views is refused by the database.
 */
export const asReader = <T>(
  database: Pick<Database, 'transaction'>,
  reader: SurveyReader,
  { territories, staffId }: ReaderScope,
  work: (reading: Reading) => Promise<T>,
): Promise<T> =>
  database.transaction(async (tx) => {
    const reached = territories === 'all' ? '*' : territories.join(',')
    // Sums of a million answers are short work once; compiling it first (JIT) takes longer than the work.
    await tx.$queryRaw`SELECT set_config('jit', 'off', true), set_config('ryadom.territories', ${reached}, true),
      set_config('ryadom.staff_id', ${staffId ?? '-'}, true), set_config('role', ${surveyReaders[reader]}, true)`
    return work({ tx, reader, territories })
  })
