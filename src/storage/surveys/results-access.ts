import { z } from 'zod'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** Stores a one-time link to the results page and deletes the member's unused ones. */
export const insertResultsLink = async (
  tx: Tx,
  link: { staffId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.resultsLink.deleteMany({ where: { staffId: link.staffId, usedAt: null } })
  await tx.resultsLink.create({ data: link })
}

/** Consumes a link in one conditional update. Returns its owner; null if the link is not valid (any more). */
export const takeResultsLink = async (tx: Tx, tokenHash: string, now: Date): Promise<string | null> => {
  const [taken] = await tx.resultsLink.updateManyAndReturn({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { staffId: true },
  })
  return taken?.staffId ?? null
}

/** Whether a link is still valid. */
export const isResultsLinkOpen = async (reader: Reader, tokenHash: string, now: Date): Promise<boolean> =>
  (await readFrom(reader).resultsLink.count({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
  })) === 1

/** The results filter, kept in the session rather than in the URL. Codes and months only. */
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

export type ResultsSession = { id: string; staffId: string; filter: ResultsFilter; expiresAt: Date }

export const insertResultsSession = async (
  tx: Tx,
  session: { staffId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.resultsSession.create({ data: { ...session, filter: {} } })
}

/** Finds an open session; null if it is unknown, expired or ended. */
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

/** Ends all of a member's sessions and deletes their unused links. Returns how many. */
export const endResultsAccess = async (
  tx: Tx,
  staffId: string,
  now: Date,
): Promise<{ links: number; sessions: number }> => {
  const open = { staffId, expiresAt: { gt: now } }
  const links = await tx.resultsLink.deleteMany({ where: { ...open, usedAt: null } })
  const sessions = await tx.resultsSession.updateMany({
    where: { ...open, endedAt: null },
    data: { endedAt: now },
  })
  return { links: links.count, sessions: sessions.count }
}

/** Deletes links and sessions that expired before a date. Returns how many. */
export const deleteResultsAccessBefore = async (tx: Tx, date: Date): Promise<number> => {
  const where = { expiresAt: { lt: date } }
  return (
    (await tx.resultsLink.deleteMany({ where })).count + (await tx.resultsSession.deleteMany({ where })).count
  )
}
