import type { Clock } from '#core/clock.ts'
import { DomainError } from '#core/errors.ts'
import { newToken, sha256 } from '#core/ids.ts'
import { isAtDesk } from '#storage/console/ways-in.ts'
import type { Database, Tx } from '#storage/database.ts'
import { addInvite, addStaff, lockStaff, type NewStaff, type StaffMember } from '#storage/staff/staff.ts'

export type Invitation = {
  staff: StaffMember
  /** `https://t.me/<bot>?start=s_<token>`: shown once, valid once. */
  link: string
  expiresAt: Date
}

type InviteDeps = { db: Database; clock: Clock; botUsername: string }
export type Link = { botUsername: string; now: Date }

const validForMs = 48 * 60 * 60 * 1000

/** Adds a staff member and creates the one-time link (128 bits, 48 h) by which they join the bot. */
export const inviteMember = async (tx: Tx, link: Link, member: NewStaff): Promise<Invitation> =>
  makeLink(tx, link, await addStaff(tx, member))

/**
 * Replaces the link of a member who lost theirs, or who has come to the console alone so far. Throws `not-found`; `already-closed` if they
 * have joined the bot.
 */
export const renewLink = async (tx: Tx, link: Link, staffId: string): Promise<Invitation> => {
  // Concurrent renewals run one after another; each revokes the earlier links.
  const staff = await lockStaff(tx, staffId, 'all')
  if (!staff) throw new DomainError('not-found')
  if (staff.personId && !(await isAtDesk(tx, staffId))) throw new DomainError('already-closed')
  return makeLink(tx, link, staff)
}

/** `inviteMember` for an operator, in a transaction of its own. */
export const inviteStaff = ({ db, clock, botUsername }: InviteDeps, member: NewStaff): Promise<Invitation> =>
  db.transaction((tx) => inviteMember(tx, { botUsername, now: clock.now() }, member))

/** `renewLink` for an operator, in a transaction of its own. */
export const renewInvite = ({ db, clock, botUsername }: InviteDeps, staffId: string): Promise<Invitation> =>
  db.transaction((tx) => renewLink(tx, { botUsername, now: clock.now() }, staffId))

const makeLink = async (tx: Tx, { botUsername, now }: Link, staff: StaffMember): Promise<Invitation> => {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + validForMs)
  await addInvite(tx, { staffId: staff.id, tokenHash: sha256(token), expiresAt })
  return { staff, link: `https://t.me/${botUsername}?start=s_${token}`, expiresAt }
}
