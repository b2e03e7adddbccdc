import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** Why a person's data may not be processed; both null: they may. */
export type Restriction = {
  /** The consent is withdrawn. */
  consentWithdrawnAt: Date | null
  /** Staff have blocked the data. */
  restrictedSince: Date | null
}

export const restrictionOf = async (reader: Reader, personId: string): Promise<Restriction> =>
  (await readFrom(reader).person.findUnique({
    where: { id: personId },
    select: { consentWithdrawnAt: true, restrictedSince: true },
  })) ?? { consentWithdrawnAt: null, restrictedSince: null }

/** `null`: the consent stands again. */
export const setConsentWithdrawn = async (tx: Tx, personId: string, at: Date | null): Promise<void> => {
  await tx.person.updateMany({ where: { id: personId }, data: { consentWithdrawnAt: at } })
}

export const setRestricted = async (tx: Tx, personId: string, since: Date | null): Promise<void> => {
  await tx.person.updateMany({ where: { id: personId }, data: { restrictedSince: since } })
}

/** Ends the person's calendar links. */
export const endCalendarLinks = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  await tx.calendarLink.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } })
}

/** Drops what waits to be sent to the person. */
export const dropPushesTo = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  const where = { personId, status: { in: ['waiting', 'held'] } }
  await tx.push.updateMany({ where, data: { status: 'dropped', endedAt: now } })
}
