import { z } from 'zod'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** What of the results a supervisor looks at, kept in their session rather than in the URL. Codes and months only. */
export const resultsFilterSchema = z
  .strictObject({
    code: z.string().max(40),
    from: z.string().regex(/^\d{4}-\d{2}$/),
    until: z.string().regex(/^\d{4}-\d{2}$/),
    territory: z.string().max(64),
    level: z.string().max(20),
    helpKind: z.string().max(20),
    curatorId: z.uuid(),
    version: z.int().positive(),
    /** The question to compare groups by. */
    compare: z.string().max(40),
  })
  .partial()
export type ResultsFilter = z.output<typeof resultsFilterSchema>

/** The filter of a session of the console; one that an older version kept counts as none. */
export const resultsFilterOf = async (reader: Reader, sessionId: string): Promise<ResultsFilter> => {
  const row = await readFrom(reader).consoleSession.findUnique({
    where: { id: sessionId },
    select: { resultsFilter: true },
  })
  return resultsFilterSchema.catch({}).parse(row?.resultsFilter)
}

export const setResultsFilter = async (tx: Tx, sessionId: string, filter: ResultsFilter): Promise<void> => {
  await tx.consoleSession.update({ where: { id: sessionId }, data: { resultsFilter: filter } })
}
