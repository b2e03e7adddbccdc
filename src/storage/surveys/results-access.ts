import { z } from 'zod'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** Keeps a one-time link to the results page; of several that were not used the last one works. */
export const insertResultsLink = async (
  tx: Tx,
  link: { staffId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.resultsLink.deleteMany({ where: { staffId: link.staffId, usedAt: null } })
  await tx.resultsLink.create({ data: link })
}

/** Uses a link up, in one conditional update: of two at once one wins. Returns whose it was; null: it leads nowhere. */
export const takeResultsLink = async (tx: Tx, tokenHash: string, now: Date): Promise<string | null> => {
  const [taken] = await tx.resultsLink.updateManyAndReturn({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { staffId: true },
  })
  return taken?.staffId ?? null
}

/** Whether a link could still be used. */
export const isResultsLinkOpen = async (reader: Reader, tokenHash: string, now: Date): Promise<boolean> =>
  (await readFrom(reader).resultsLink.count({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
  })) === 1

/** What is looked at; no address bar holds it. Codes and months only. */
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
    /** The question by which groups are compared. */
    compare: z.string().max(40),
  })
  .partial()
export type ResultsFilter = z.output<typeof resultsFilterSchema>

export type ResultsSession = { id: string; staffId: string; filter: ResultsFilter; expiresAt: Date }

export const insertResultsSession = async (
  tx: Tx,
  session: { staffId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.resultsSession.create({ data: { ...session, filter: {} } })
}

/** A session that is open; null for one that has ended, was ended, or never was. */
export const findResultsSession = async (
  reader: Reader,
  tokenHash: string,
  now: Date,
): Promise<ResultsSession | null> => {
  const row = await readFrom(reader).resultsSession.findFirst({
    where: { tokenHash, endedAt: null, expiresAt: { gt: now } },
    select: { id: true, staffId: true, filter: true, expiresAt: true },
  })
  return row && { ...row, filter: resultsFilterSchema.catch({}).parse(row.filter) }
}

export const setResultsFilter = async (tx: Tx, id: string, filter: ResultsFilter): Promise<void> => {
  await tx.resultsSession.update({ where: { id }, data: { filter } })
}

export const endResultsSession = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.resultsSession.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } })
}

/** Forgets links and sessions that expired before a moment. Returns how many. */
export const deleteResultsAccessBefore = async (tx: Tx, date: Date): Promise<number> => {
  const where = { expiresAt: { lt: date } }
  return (
    (await tx.resultsLink.deleteMany({ where })).count + (await tx.resultsSession.deleteMany({ where })).count
  )
}
