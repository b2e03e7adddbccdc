import { DomainError } from '#core/errors.ts'
import { newId, newSecret, sha256 } from '#core/ids.ts'
import { markStaffReachable } from '#features/staff/reachability.ts'
import type { Enqueue } from '#queue/queues.ts'
import {
  type ConsoleSession,
  confirmConsoleSession,
  endConsoleAccess,
  endConsoleSession,
  findConsoleSession,
  insertConsoleLink,
  insertConsoleSession,
  isConsoleLinkOpen,
  takeConsoleLink,
} from '#storage/console/console-access.ts'
import { isAtDesk, joinAtDesk } from '#storage/console/ways-in.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import { createPerson, deskAccount } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findStaff, type StaffMember } from '#storage/staff/staff.ts'

// Access to the console: by a single-use link, for a working day, and no longer than the member may work at all.

const hour = 60 * 60_000
/** Lifetime of a link (ms): of one that somebody asked for in the bot, and of one that an operator passes on. */
export const linkMs = 10 * 60_000
export const operatorLinkMs = hour
/** The longest session: a working day (ms). */
export const sessionMs = 12 * hour
/** A session without a page asked for ends: somebody has left the desk (ms). */
const idleMs = 2 * hour
/** What was proved so long ago is asked for anew before exports and changes of staff (ms). */
export const confirmedMs = 30 * 60_000

const purpose = 'console-link'
const enterPath = '/console/enter/'

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
  {
    pagesUrl,
    staffId,
    to,
    now,
    forMs = linkMs,
  }: { pagesUrl: string; staffId: string; to?: string; now: Date; forMs?: number },
): Promise<{ address: string; expiresAt: Date }> => {
  if (!(await workerOf(tx, staffId, now))) throw new DomainError('not-allowed')
  const token = newSecret()
  const expiresAt = new Date(now.getTime() + forMs)
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

/** Consumes a link. Returns whose it is, or null if it is not valid. */
export const memberByLink = (tx: Tx, { token, now }: { token: string; now: Date }): Promise<string | null> =>
  takeConsoleLink(tx, sha256(token), now)

type EnterDeps = { sealer: Sealer; enqueue: Enqueue }

/**
 * Lets somebody in who has proved who they are. The session of this browser goes on for another working day if it is theirs, so that
 * nothing typed is lost; otherwise a new one begins, whose secret is returned, for the browser alone. Null if they may not work now. Audited.
 */
export const enterAs = async (
  tx: Tx,
  deps: EnterDeps,
  { staffId, current, now }: { staffId: string; current: OpenConsole | null; now: Date },
): Promise<{ session: string | null } | null> => {
  if (current?.staff.id !== staffId) {
    if (current) await endConsoleSession(tx, { id: current.session.id }, now)
    return openConsole(tx, deps, { staffId, now })
  }
  await confirmConsoleSession(tx, current.session.id, { now, expiresAt: new Date(now.getTime() + sessionMs) })
  await addAudit(tx, { at: now, action: 'console.confirmed', staffId })
  return { session: null }
}

/** «Выйти везде»: ends all sessions and unused links of one's own. Audited. */
export const leaveEverywhere = async (
  tx: Tx,
  { staffId, now }: { staffId: string; now: Date },
): Promise<void> => {
  await endConsoleAccess(tx, staffId, now)
  await addAudit(tx, { at: now, action: 'console.left', staffId })
}

/** Begins a session; null if the member may not work now. */
const openConsole = async (
  tx: Tx,
  deps: EnterDeps,
  { staffId, now }: { staffId: string; now: Date },
): Promise<{ session: string } | null> => {
  const staff = await workerOf(tx, staffId, now)
  if (!staff) return null
  await beAtDesk(tx, deps, { staff, now })
  const session = newSecret()
  const expiresAt = new Date(now.getTime() + sessionMs)
  const { role } = staff
  const moments = { startedAt: now, seenAt: now, confirmedAt: now, expiresAt }
  await insertConsoleSession(tx, { staffId, role, tokenHash: sha256(session), ...moments })
  await addAudit(tx, { at: now, action: 'console.entered', staffId })
  return { session }
}

/**
 * Whoever has no Telegram joins here: as somebody without an account, they are given work like all who have joined (ADR 105).
 * Whoever had not come for days is reached again.
 */
const beAtDesk = async (
  tx: Tx,
  { sealer, enqueue }: EnterDeps,
  { staff, now }: { staff: StaffMember; now: Date },
): Promise<void> => {
  const { id: staffId, personId, unreachableSince } = staff
  if (personId === null) {
    const account = `${deskAccount}${newId()}`
    const person = await createPerson(tx, sealer, { account, language: 'ru', address: 'adult' })
    if (!(await joinAtDesk(tx, { staffId, personId: person.id, now }))) return
    await enqueue(tx, 'reassign', { staffId })
  } else if (unreachableSince !== null && (await isAtDesk(tx, staffId)))
    await markStaffReachable(tx, { enqueue }, { staffId })
}

export type OpenConsole = { session: ConsoleSession; staff: StaffMember }

/**
 * The member of a session, named by its secret or, where the browser could not bring it, by its id; null if it has expired or was left alone, or the member has left, is absent or has another role
 * than when it began. Such a session is over for good: it does not come back with the end of an absence.
 */
export const consoleOf = async (
  database: Database,
  { now, ...of }: ({ session: string } | { id: string }) & { now: Date },
): Promise<OpenConsole | null> => {
  const which = 'id' in of ? of : { tokenHash: sha256(of.session) }
  const session = await findConsoleSession(database, which, now)
  if (!session) return null
  const alone = now.getTime() - session.seenAt.getTime() > idleMs
  const staff = alone ? null : await workerOf(database, session.staffId, now)
  if (staff && staff.role === session.role) return { session, staff }
  await database.transaction((tx) => endConsoleSession(tx, which, now))
  return null
}

/** Whether a session still stands once a file for it is made; if not, that it was withheld is audited. */
export const mayStillReceive = async (
  database: Database,
  { id, staffId, now }: { id: string; staffId: string; now: Date },
): Promise<boolean> => {
  if (await consoleOf(database, { id, now })) return true
  await database.transaction((tx) => addAudit(tx, { at: now, action: 'console.file-withheld', staffId }))
  return false
}
