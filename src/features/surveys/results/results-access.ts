import { DomainError } from '#core/errors.ts'
import { newSecret, sha256 } from '#core/ids.ts'
import type { Reader, Tx } from '#storage/database.ts'
import {
  findResultsSession,
  insertResultsLink,
  insertResultsSession,
  isResultsLinkOpen,
  type ResultsSession,
  takeResultsLink,
} from '#storage/surveys/results-access.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff, type StaffMember } from '#storage/staff/staff.ts'

// Access to the results in a browser: for a supervisor, by a single-use link, for a quarter of an hour.

/** Lifetime of a link, and of the session that it opens (ms). */
export const linkMs = 10 * 60_000
export const sessionMs = 15 * 60_000

const purpose = 'results-link'
const path = '/results/'

export type Supervisor = Pick<StaffMember, 'id' | 'name' | 'territories' | 'personId'>

const supervisorOf = async (reader: Reader, staffId: string): Promise<Supervisor | null> => {
  const staff = await findStaff(reader, staffId)
  return staff?.active && staff.role === 'supervisor' ? staff : null
}

/**
 * Creates a signed link for a supervisor (a token of 256 bits, stored as a hash; HMAC) and revokes the previous one.
 * Throws `not-allowed` for anybody else.
 */
export const newResultsAddress = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { pagesUrl, staffId, now }: { pagesUrl: string; staffId: string; now: Date },
): Promise<{ address: string; expiresAt: Date }> => {
  if (!(await supervisorOf(tx, staffId))) throw new DomainError('not-allowed')
  const token = newSecret()
  const expiresAt = new Date(now.getTime() + linkMs)
  await insertResultsLink(tx, { staffId, tokenHash: sha256(token), expiresAt })
  return { address: `${pagesUrl}${path}${token}.${sealer.sign(token, purpose)}`, expiresAt }
}

/** The token of a link, or null if the signature is wrong: such links never reach the database. */
export const tokenOf = (sealer: Sealer, given: string): string | null => {
  const [, token, signature] = /^([\w-]{43})\.([\w-]{43})$/.exec(given) ?? []
  if (token === undefined || signature === undefined) return null
  return sealer.isSigned(token, signature, purpose) ? token : null
}

/** Whether a link is valid. Does not consume it, because messengers prefetch links. */
export const canOpen = (reader: Reader, token: string, now: Date): Promise<boolean> =>
  isResultsLinkOpen(reader, sha256(token), now)

/** Consumes a link. Returns the session secret, for the browser alone, or null if the link is not valid. */
export const openResults = async (
  tx: Tx,
  { token, now }: { token: string; now: Date },
): Promise<{ session: string; expiresAt: Date } | null> => {
  const staffId = await takeResultsLink(tx, sha256(token), now)
  if (staffId === null || !(await supervisorOf(tx, staffId))) return null
  const session = newSecret()
  const expiresAt = new Date(now.getTime() + sessionMs)
  await insertResultsSession(tx, { staffId, tokenHash: sha256(session), expiresAt })
  return { session, expiresAt }
}

export type OpenResults = { session: ResultsSession; supervisor: Supervisor }

/** The supervisor of a session; null if it has expired, or the person is no longer a supervisor. */
export const resultsOf = async (
  reader: Reader,
  { session: secret, now }: { session: string; now: Date },
): Promise<OpenResults | null> => {
  const session = await findResultsSession(reader, sha256(secret), now)
  const supervisor = session && (await supervisorOf(reader, session.staffId))
  return session && supervisor && { session, supervisor }
}
