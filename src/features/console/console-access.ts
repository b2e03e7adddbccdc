import { DomainError } from '#core/errors.ts'
import { newSecret, sha256 } from '#core/ids.ts'
import {
  type ConsoleSession,
  endConsoleSession,
  findConsoleSession,
  insertConsoleLink,
  insertConsoleSession,
  isConsoleLinkOpen,
  takeConsoleLink,
} from '#storage/console/console-access.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findStaff, type StaffMember } from '#storage/staff/staff.ts'

// Access to the console: by a single-use link, for a working day, and no longer than the member may work at all.

const hour = 60 * 60_000
/** Lifetime of a link (ms). */
export const linkMs = 10 * 60_000
/** The longest session: a working day (ms). */
export const sessionMs = 12 * hour
/** A session without a page asked for ends: somebody has left the desk (ms). */
export const idleMs = 2 * hour
/** What was proved so long ago is asked for anew before exports and changes of staff (ms). */
export const confirmedMs = 30 * 60_000

const purpose = 'console-link'
export const enterPath = '/console/enter/'

/** Whoever may be at a desk now: active and not absent. */
const workerOf = async (reader: Reader, staffId: string, now: Date): Promise<StaffMember | null> => {
  const staff = await findStaff(reader, staffId)
  if (!staff?.active) return null
  return (await absentAt(reader, now)).has(staffId) ? null : staff
}

/**
 * Creates a signed link for a member of staff (a token of 256 bits, stored as a hash; HMAC) and revokes the previous one.
 * `to`: the section of the console that it leads to. Throws `not-allowed` for whoever left or is absent.
 */
export const newConsoleAddress = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { pagesUrl, staffId, to, now }: { pagesUrl: string; staffId: string; to?: string; now: Date },
): Promise<{ address: string; expiresAt: Date }> => {
  if (!(await workerOf(tx, staffId, now))) throw new DomainError('not-allowed')
  const token = newSecret()
  const expiresAt = new Date(now.getTime() + linkMs)
  await insertConsoleLink(tx, { staffId, tokenHash: sha256(token), expiresAt })
  const page = to === undefined ? '' : `?to=${encodeURIComponent(to)}`
  return { address: `${pagesUrl}${enterPath}${token}.${sealer.sign(token, purpose)}${page}`, expiresAt }
}

/** The token of a link, or null if the signature is wrong: such links never reach the database. */
export const consoleTokenOf = (sealer: Sealer, given: string): string | null => {
  const [, token, signature] = /^([\w-]{43})\.([\w-]{43})$/.exec(given) ?? []
  if (token === undefined || signature === undefined) return null
  return sealer.isSigned(token, signature, purpose) ? token : null
}

/** Whether a link is valid. Does not consume it, because messengers prefetch links. */
export const canEnter = (reader: Reader, token: string, now: Date): Promise<boolean> =>
  isConsoleLinkOpen(reader, sha256(token), now)

/** Consumes a link. Returns the session secret, for the browser alone, or null if the link is not valid. */
export const enterByLink = async (tx: Tx, { token, now }: { token: string; now: Date }) => {
  const staffId = await takeConsoleLink(tx, sha256(token), now)
  return staffId === null ? null : openConsole(tx, { staffId, now })
}

/** Begins a session for somebody who has proved who they are; null if they may not work now. Audited. */
export const openConsole = async (
  tx: Tx,
  { staffId, now }: { staffId: string; now: Date },
): Promise<{ session: string; expiresAt: Date } | null> => {
  const staff = await workerOf(tx, staffId, now)
  if (!staff) return null
  const session = newSecret()
  const expiresAt = new Date(now.getTime() + sessionMs)
  const { role } = staff
  const moments = { startedAt: now, seenAt: now, confirmedAt: now, expiresAt }
  await insertConsoleSession(tx, { staffId, role, tokenHash: sha256(session), ...moments })
  await addAudit(tx, { at: now, action: 'console.entered', staffId })
  return { session, expiresAt }
}

export type OpenConsole = { session: ConsoleSession; staff: StaffMember }

/**
 * The member of a session; null if it has expired or was left alone, or the member has left, is absent or has another role
 * than when it began. Such a session is over for good: it does not come back with the end of an absence.
 */
export const consoleOf = async (
  database: Database,
  { session: secret, now }: { session: string; now: Date },
): Promise<OpenConsole | null> => {
  const tokenHash = sha256(secret)
  const session = await findConsoleSession(database, tokenHash, now)
  if (!session) return null
  const alone = now.getTime() - session.seenAt.getTime() > idleMs
  const staff = alone ? null : await workerOf(database, session.staffId, now)
  if (staff && staff.role === session.role) return { session, staff }
  await database.transaction((tx) => endConsoleSession(tx, { tokenHash }, now))
  return null
}
