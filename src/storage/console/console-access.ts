import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { StaffRole } from '#storage/staff/staff.ts'

/** Stores a one-time link into the console and deletes the member's unused ones. */
export const insertConsoleLink = async (
  tx: Tx,
  link: { staffId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.consoleLink.deleteMany({ where: { staffId: link.staffId, usedAt: null } })
  await tx.consoleLink.create({ data: link })
}

/** Consumes a link in one conditional update. Returns its owner; null if the link is not valid (any more). */
export const takeConsoleLink = async (tx: Tx, tokenHash: string, now: Date): Promise<string | null> => {
  const [taken] = await tx.consoleLink.updateManyAndReturn({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { staffId: true },
  })
  return taken?.staffId ?? null
}

/** Whether a link is still valid. */
export const isConsoleLinkOpen = async (reader: Reader, tokenHash: string, now: Date): Promise<boolean> =>
  (await readFrom(reader).consoleLink.count({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
  })) === 1

export type ConsoleSession = {
  id: string
  staffId: string
  role: StaffRole
  startedAt: Date
  expiresAt: Date
  seenAt: Date
  confirmedAt: Date
  place: string | null
}

export const insertConsoleSession = async (
  tx: Tx,
  session: Omit<ConsoleSession, 'id' | 'place'> & { tokenHash: string },
): Promise<void> => {
  await tx.consoleSession.create({ data: session })
}

const shown = {
  id: true,
  staffId: true,
  role: true,
  startedAt: true,
  expiresAt: true,
  seenAt: true,
  confirmedAt: true,
  place: true,
} as const

/** Finds an open session; null if it is unknown, expired or ended. */
export const findConsoleSession = async (
  reader: Reader,
  which: { id: string } | { tokenHash: string },
  now: Date,
): Promise<ConsoleSession | null> => {
  const row = await readFrom(reader).consoleSession.findFirst({
    where: { ...which, endedAt: null, expiresAt: { gt: now } },
    select: shown,
  })
  return row && { ...row, role: row.role as StaffRole }
}

/** Notes that a page was asked for, and which record it shows. */
export const seeConsoleSession = async (
  tx: Tx,
  id: string,
  { place, now }: { place: string | null; now: Date },
): Promise<void> => {
  await tx.consoleSession.updateMany({ where: { id, endedAt: null }, data: { place, seenAt: now } })
}

/** Notes that the member has proved anew who they are. */
export const confirmConsoleSession = async (
  tx: Tx,
  id: string,
  { now, expiresAt }: { now: Date; expiresAt: Date },
): Promise<void> => {
  const data = { confirmedAt: now, seenAt: now, expiresAt }
  await tx.consoleSession.updateMany({ where: { id, endedAt: null }, data })
}

/** How many of a member's sessions are open. */
export const countConsoleSessions = (reader: Reader, staffId: string, now: Date): Promise<number> =>
  readFrom(reader).consoleSession.count({ where: { staffId, endedAt: null, expiresAt: { gt: now } } })

/** Members, besides one, who have a record open since a moment. */
export const othersAtPlace = async (
  reader: Reader,
  { place, staffId, since }: { place: string; staffId: string; since: Date },
): Promise<string[]> => {
  const rows = await readFrom(reader).consoleSession.findMany({
    where: { place, endedAt: null, seenAt: { gte: since }, staffId: { not: staffId } },
    select: { staff: { select: { name: true } } },
    distinct: ['staffId'],
  })
  return rows.map(({ staff }) => staff.name)
}

/** Ends a session, named by its id or by the hash of its secret. */
export const endConsoleSession = async (
  tx: Tx,
  which: { id: string } | { tokenHash: string },
  now: Date,
): Promise<void> => {
  await tx.consoleSession.updateMany({ where: { ...which, endedAt: null }, data: { endedAt: now } })
}

/** Ends all of a member's sessions and deletes their unused links. Returns how many. */
export const endConsoleAccess = async (
  tx: Tx,
  staffId: string,
  now: Date,
): Promise<{ links: number; sessions: number }> => {
  const open = { staffId, expiresAt: { gt: now } }
  const links = await tx.consoleLink.deleteMany({ where: { ...open, usedAt: null } })
  const sessions = await tx.consoleSession.updateMany({
    where: { ...open, endedAt: null },
    data: { endedAt: now },
  })
  return { links: links.count, sessions: sessions.count }
}

/** Where a form led that this session has sent before; null: it has not. */
export const formSent = async (
  reader: Reader,
  form: { sessionId: string; once: string },
): Promise<string | null> =>
  (await readFrom(reader).consoleForm.findUnique({ where: { sessionId_once: form } }))?.next ?? null

/** Notes that a form was carried out. Throws if it was before, which undoes the second. */
export const insertFormSent = async (
  tx: Tx,
  form: { sessionId: string; once: string; next: string },
): Promise<void> => {
  await tx.consoleForm.create({ data: form })
}

/** Deletes links and sessions that expired before a date. Returns how many. */
export const deleteConsoleAccessBefore = async (tx: Tx, date: Date): Promise<number> => {
  const where = { expiresAt: { lt: date } }
  return (
    (await tx.consoleLink.deleteMany({ where })).count + (await tx.consoleSession.deleteMany({ where })).count
  )
}
