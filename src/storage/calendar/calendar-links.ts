import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export type CalendarLink = {
  id: string
  personId: string
  /** Whether the feed includes names and purposes. */
  named: boolean
  createdAt: Date
}

/** Stores a new link and revokes the previous one. */
export const replaceCalendarLink = async (
  tx: Tx,
  { now, ...link }: { personId: string; tokenHash: string; named: boolean; now: Date },
): Promise<void> => {
  // Serialises concurrent calls: the second one revokes the link of the first.
  await tx.$queryRaw`SELECT 1 FROM persons WHERE id = ${link.personId}::uuid FOR NO KEY UPDATE`
  await revokeCalendarLinks(tx, link.personId, now)
  await tx.calendarLink.create({ data: { ...link, createdAt: now } })
}

/** Revokes the person's link; returns false if there was none in force. */
export const revokeCalendarLinks = async (tx: Tx, personId: string, now: Date): Promise<boolean> =>
  (await tx.calendarLink.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } }))
    .count > 0

export const setCalendarNamed = async (tx: Tx, personId: string, named: boolean): Promise<void> => {
  await tx.calendarLink.updateMany({ where: { personId, revokedAt: null }, data: { named } })
}

/** Returns the person's link in force. */
export const calendarLinkOf = async (reader: Reader, personId: string): Promise<CalendarLink | null> =>
  readFrom(reader).calendarLink.findFirst({
    where: { personId, revokedAt: null },
    orderBy: { createdAt: 'desc' },
    select,
  })

/** Returns the link's owner; null if the link is unknown or revoked. */
export const calendarOwner = async (
  reader: Reader,
  tokenHash: string,
): Promise<{ personId: string; named: boolean } | null> =>
  readFrom(reader).calendarLink.findFirst({
    where: { tokenHash, revokedAt: null },
    select: { named: true, personId: true },
  })

const select = { id: true, personId: true, named: true, createdAt: true }
