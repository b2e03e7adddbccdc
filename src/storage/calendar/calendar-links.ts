import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export type CalendarLink = {
  id: string
  personId: string
  /** Whether names and purposes are in it. */
  named: boolean
  createdAt: Date
}

/** Keeps a link; the one before it works no more. */
export const replaceCalendarLink = async (
  tx: Tx,
  { now, ...link }: { personId: string; tokenHash: string; named: boolean; now: Date },
): Promise<void> => {
  // Of two at once the second waits here, and revokes the first one's.
  await tx.$queryRaw`SELECT 1 FROM persons WHERE id = ${link.personId}::uuid FOR NO KEY UPDATE`
  await revokeCalendarLinks(tx, link.personId, now)
  await tx.calendarLink.create({ data: { ...link, createdAt: now } })
}

/** False where there was none in force. */
export const revokeCalendarLinks = async (tx: Tx, personId: string, now: Date): Promise<boolean> =>
  (await tx.calendarLink.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } }))
    .count > 0

export const setCalendarNamed = async (tx: Tx, personId: string, named: boolean): Promise<void> => {
  await tx.calendarLink.updateMany({ where: { personId, revokedAt: null }, data: { named } })
}

/** The person's link that is in force. */
export const calendarLinkOf = async (reader: Reader, personId: string): Promise<CalendarLink | null> =>
  readFrom(reader).calendarLink.findFirst({
    where: { personId, revokedAt: null },
    orderBy: { createdAt: 'desc' },
    select,
  })

/** Whose link it is; null for one that is unknown or revoked. */
export const calendarOwner = async (
  reader: Reader,
  tokenHash: string,
): Promise<{ account: string; named: boolean } | null> => {
  const found = await readFrom(reader).calendarLink.findFirst({
    where: { tokenHash, revokedAt: null },
    select: { named: true, person: { select: { account: true } } },
  })
  return found && { account: found.person.account, named: found.named }
}

const select = { id: true, personId: true, named: true, createdAt: true }
