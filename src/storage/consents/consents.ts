import type { Language } from '#core/text.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { idsOfPerson } from '#storage/one-person.ts'

export const consentKinds = [
  'personal-data',
  'support-request',
  'data-sharing',
  'minor-agreement',
  'special-categories',
] as const
export type ConsentKind = (typeof consentKinds)[number]
/** Those that are asked for in the bot; the other one is signed on paper. */
export type TappedKind = Exclude<ConsentKind, 'special-categories'>

/** `joint`: a parent and a minor together. */
export const consentWays = ['tap', 'paper', 'joint'] as const
export type ConsentWay = (typeof consentWays)[number]

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
  channel: 'telegram' | 'paper'
  how: ConsentWay
  /** The member of a family that a representative agreed for; null: for whom the text says. */
  forMemberId: string | null
  /** Of a paper: the day of the signature. */
  signedOn: Date | null
  /** Who wrote a paper down. */
  staffId: string | null
  apiKeyId: string | null
  /** What was signed on one paper has one id. */
  paperId: string | null
  withdrawnAt: Date | null
}

type Optional = 'channel' | 'how' | 'forMemberId' | 'signedOn' | 'staffId' | 'apiKeyId' | 'paperId'
export type NewConsent = Omit<Consent, 'id' | 'requestId' | 'withdrawnAt' | Optional> &
  Partial<Pick<Consent, Optional>> & { requestId?: string | null }

/** Adds a consent; returns false if there is one of this id. */
export const addConsent = async (tx: Tx, consent: NewConsent & { id: string }): Promise<boolean> =>
  (await tx.consent.createMany({ data: [consent], skipDuplicates: true })).count === 1

/** Attaches a person's standing consents without a request to this request. Returns how many. */
export const attachConsents = async (tx: Tx, personId: string, requestId: string): Promise<number> => {
  const where = { personId, requestId: null, withdrawal: null }
  return (await tx.consent.updateMany({ where, data: { requestId } })).count
}

/** How a consent was withdrawn: by its giver in the bot, or on paper, which staff wrote down. */
export type WithdrawnBy = { how?: 'tap' | 'paper'; staffId?: string; apiKeyId?: string }

/** Records that a person's standing consents of these kinds are withdrawn, optionally of one request, or given in one way, only. Returns how many. */
export const withdrawConsents = async (
  tx: Tx,
  {
    personId,
    kinds,
    requestId,
    how,
    by = {},
    now,
  }: {
    personId: string
    kinds: readonly ConsentKind[]
    requestId?: string
    how?: ConsentWay
    by?: WithdrawnBy
    now: Date
  },
): Promise<number> => {
  const theirs = { personId: { in: await idsOfPerson(tx, personId) } }
  const of = { ...theirs, kind: { in: [...kinds] }, withdrawal: null }
  const where = { ...of, ...(requestId !== undefined && { requestId }), ...(how && { how }) }
  const standing = await tx.consent.findMany({ where, select: { id: true } })
  const data = standing.map(({ id }) => ({ consentId: id, at: now, ...by }))
  return (await tx.consentWithdrawal.createMany({ data, skipDuplicates: true })).count
}

/** Returns a person's consents, oldest first, with what they signed before they had an account. */
export const consentsOf = async (reader: Reader, personId: string): Promise<Consent[]> =>
  consentsOfAll(reader, await idsOfPerson(reader, personId))

/** The consents that are kept under these ids. */
export const consentsOfAll = async (reader: Reader, personIds: readonly string[]): Promise<Consent[]> => {
  const rows = await readFrom(reader).consent.findMany({
    where: { personId: { in: [...personIds] } },
    orderBy: [{ givenAt: 'asc' }, { id: 'asc' }],
    include: { withdrawal: true },
  })
  return rows.map(({ withdrawal, ...row }) => ({
    ...row,
    kind: row.kind as ConsentKind,
    language: row.language as Language,
    channel: row.channel as Consent['channel'],
    how: row.how as ConsentWay,
    withdrawnAt: withdrawal?.at ?? null,
  }))
}
