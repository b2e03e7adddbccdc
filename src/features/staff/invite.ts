import type { Clock } from '#core/clock.ts'
import { DomainError } from '#core/errors.ts'
import { newToken, sha256 } from '#core/ids.ts'
import type { Database } from '#storage/database.ts'
import { addInvite, addStaff, findStaff, type NewStaff, type StaffMember } from '#storage/staff.ts'

export type Invitation = {
  staff: StaffMember
  /** `https://t.me/<bot>?start=s_<token>`: shown once, works once. */
  link: string
  expiresAt: Date
}

type InviteDeps = { db: Database; clock: Clock; botUsername: string }

const validForMs = 48 * 60 * 60 * 1000

/** Keeps a new staff member and makes the one-time link (128 bits, 48 h) by which they join the bot. */
export const inviteStaff = (deps: InviteDeps, member: NewStaff): Promise<Invitation> =>
  deps.db.transaction(async (tx) => makeLink(deps, tx, await addStaff(tx, member)))

/** A new link for a member who lost theirs. Throws DomainError `not-found`, `already-closed` for one who has joined. */
export const renewInvite = (deps: InviteDeps, staffId: string): Promise<Invitation> =>
  deps.db.transaction(async (tx) => {
    const staff = await findStaff(tx, staffId)
    if (!staff) throw new DomainError('not-found')
    if (staff.personId) throw new DomainError('already-closed')
    return makeLink(deps, tx, staff)
  })

const makeLink = async (
  { clock, botUsername }: InviteDeps,
  tx: Parameters<typeof addInvite>[0],
  staff: StaffMember,
): Promise<Invitation> => {
  const token = newToken()
  const expiresAt = new Date(clock.now().getTime() + validForMs)
  await addInvite(tx, { staffId: staff.id, tokenHash: sha256(token), expiresAt })
  return { staff, link: `https://t.me/${botUsername}?start=s_${token}`, expiresAt }
}
