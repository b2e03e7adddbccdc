import type { Language } from '#core/text.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const consentKinds = ['personal-data', 'support-request', 'data-sharing', 'minor-agreement'] as const
export type ConsentKind = (typeof consentKinds)[number]

export type Consent = {
  id: string
  personId: string
  requestId: string | null
  kind: ConsentKind
  version: string
  /** SHA-256 (hex) of the exact text that was shown. */
  textHash: string
  language: Language
  givenAt: Date
  withdrawnAt: Date | null
}

export type NewConsent = Omit<Consent, 'id' | 'requestId' | 'withdrawnAt'> & { requestId?: string }

/** Adds a consent; returns false if there is one of this id. */
export const addConsent = async (tx: Tx, consent: NewConsent & { id: string }): Promise<boolean> =>
  (await tx.consent.createMany({ data: [consent], skipDuplicates: true })).count === 1

/** Attaches a person's standing consents without a request to this request. Returns how many. */
export const attachConsents = async (tx: Tx, personId: string, requestId: string): Promise<number> => {
  const where = { personId, requestId: null, withdrawal: null }
  return (await tx.consent.updateMany({ where, data: { requestId } })).count
}

/** Records that a person's standing consents of a kind are withdrawn, optionally of one request only. Returns how many. */
export const withdrawConsent = async (
  tx: Tx,
  { personId, kind, requestId, now }: { personId: string; kind: ConsentKind; requestId?: string; now: Date },
): Promise<number> => {
  const where = { personId, kind, withdrawal: null, ...(requestId === undefined ? {} : { requestId }) }
  const standing = await tx.consent.findMany({ where, select: { id: true } })
  const data = standing.map(({ id }) => ({ consentId: id, at: now }))
  return (await tx.consentWithdrawal.createMany({ data, skipDuplicates: true })).count
}

/** Returns a person's consents, oldest first. */
export const consentsOf = async (reader: Reader, personId: string): Promise<Consent[]> => {
  const orderBy = [{ givenAt: 'asc' as const }, { id: 'asc' as const }]
  const rows = await readFrom(reader).consent.findMany({
    where: { personId },
    orderBy,
    include: { withdrawal: true },
  })
  return rows.map(({ withdrawal, ...row }) => ({
    ...row,
    kind: row.kind as ConsentKind,
    language: row.language as Language,
    withdrawnAt: withdrawal?.at ?? null,
  }))
}
