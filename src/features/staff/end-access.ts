import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import { endConsoleAccess } from '#storage/console/console-access.ts'
import { deletePasskeysOf } from '#storage/console/ways-in.ts'
import { revokeCalendarLinks } from '#storage/calendar/calendar-links.ts'
import type { Tx } from '#storage/database.ts'
import { deleteUnusedInvitesOf, findMember } from '#storage/families/family-members.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { deleteUnusedInvites, findStaff } from '#storage/staff/staff.ts'

export type EndedAccess = {
  of: 'staff' | 'family'
  links: number
  /** Of the console. */
  sessions: number
  calendars: number
  /** By which they came into the console: they may lie in a device that was lost. */
  passkeys: number
  /** Whether there is a conversation whose open card is replaced. */
  card: boolean
}

/**
 * Ends whatever a member of staff or of a family could still open: links that were not used, sessions of the console, passkeys, the
 * calendar, the card on their screen. They stay a member, for example with a phone that was lost and locked. Throws
 * `not-found`.
 */
export const endAccess = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { memberId, now }: { memberId: string; now: Date },
): Promise<EndedAccess> => {
  const staff = await findStaff(tx, memberId)
  const member = staff ? null : await findMember(tx, memberId)
  const found = staff ?? member
  if (!found) throw new DomainError('not-found')
  const { personId } = found
  const none = { links: 0, sessions: 0 }
  const consoles = staff ? await endConsoleAccess(tx, memberId, now) : none
  const passkeys = staff ? await deletePasskeysOf(tx, memberId) : 0
  const invites = staff ? await deleteUnusedInvites(tx, memberId) : await deleteUnusedInvitesOf(tx, memberId)
  const calendar = personId !== null && (await revokeCalendarLinks(tx, personId, now))
  if (personId !== null) await enqueue(tx, 'end-session', { personId })
  await addAudit(tx, {
    at: now,
    action: 'access.ended',
    subjectId: memberId,
    ...(member && { familyId: member.familyId }),
  })
  return {
    of: staff ? 'staff' : 'family',
    links: consoles.links + invites,
    sessions: consoles.sessions,
    calendars: calendar ? 1 : 0,
    passkeys,
    card: personId !== null,
  }
}
