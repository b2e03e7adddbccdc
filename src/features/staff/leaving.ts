import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { forgetCards } from '#storage/requests/staff-cards.ts'
import { addAudit } from '#storage/staff/audit.ts'
import {
  clearAccount,
  findStaff,
  joinedStaff,
  lockStaff,
  type StaffMember,
  updateStaff,
} from '#storage/staff/staff.ts'
import { takeStaffMessages } from '#storage/staff/staff-messages.ts'
import { type StaffWork, staffWork } from '#storage/staff/staff-work.ts'
import { listTerritories } from '#storage/territories/territories.ts'
import { alarmAboutWork } from './alarm-about-work.ts'
import { endAccess } from './end-access.ts'
import { type Invitation, type Link, renewLink } from './invite-staff.ts'

/** With the territories that nobody else of their role serves: there, what comes next reaches nobody. */
export type WorkOfMember = StaffWork & { uncovered: string[] }

/** Everything that has to be given to somebody before a member leaves. Throws `not-found`. */
export const workOfMember = async (reader: Reader, staffId: string, now: Date): Promise<WorkOfMember> => {
  const member = await findStaff(reader, staffId)
  if (!member) throw new DomainError('not-found')
  const others = (await joinedStaff(reader, member.role)).filter(({ id }) => id !== staffId)
  const served = new Set(others.flatMap(({ territories }) => territories))
  // Staff keep the code of a retired territory, in which nothing comes next.
  const retired = (await listTerritories(reader)).flatMap(({ code, retiredAt }) => (retiredAt ? code : []))
  const uncovered = member.territories.filter((code) => !served.has(code) && !retired.includes(code))
  return { ...(await staffWork(reader, staffId, now)), uncovered }
}

/** Families and visits are for a curator or a supervisor; an intake specialist who curates them would not be told of them. */
const mustTake = async (tx: Tx, to: string, staffId: string): Promise<void> => {
  const taker = to === staffId ? null : await findStaff(tx, to)
  const field = 'handOverTo'
  if (!taker?.active) throw new DomainError('not-eligible', { field })
  if (taker.role === 'intake') throw new DomainError('not-eligible', { field, rule: 'role' })
}

type Leaving = {
  staffId: string
  /** Who takes the families and visits; null: each territory's curators, evenly. */
  to: string | null
  by: { staffId?: string | undefined; apiKeyId?: string | undefined }
  now: Date
}

/**
 * Ends a member's work here as one act: no access from now on, requests go on by the routing's rule, families and visits to
 * whoever is named or evenly, and each family is told. Returns what is handed over; that is done by a job, within seconds.
 * May be called again for whoever left work behind. Throws `not-found`; `not-eligible` if `to` does not work here, or (rule `role`) is an intake specialist.
 */
export const leave = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { staffId, to, by, now }: Leaving,
): Promise<WorkOfMember> => {
  const member = await lockStaff(tx, staffId, 'all')
  if (!member) throw new DomainError('not-found')
  if (to !== null) await mustTake(tx, to, staffId)
  const work = await workOfMember(tx, staffId, now)
  if (member.active) {
    await endAccess(tx, { enqueue }, { memberId: staffId, now })
    await updateStaff(tx, staffId, member.revision, { active: false })
    await takeBack(tx, { enqueue }, member, now)
  }
  const { apiKeyId, staffId: byStaffId } = by
  const actor = { apiKeyId: apiKeyId ?? null, staffId: byStaffId ?? null }
  await addAudit(tx, { at: now, action: 'staff.changed', subjectId: staffId, ...actor })
  await enqueue(tx, 'reassign', { staffId })
  await enqueue(tx, 'hand-over', { staffId, to, apiKeyId, byStaffId })
  return work
}

/**
 * A new link for somebody who has joined and whose phone is lost: the old account is a stranger's from now on, and the cards
 * in it are taken back as far as Telegram lets us; the door codes that stand there hold no longer. Throws `not-found`; `already-closed` if they do not work here.
 */
export const replaceAccount = async (
  tx: Tx,
  { enqueue, ...link }: { enqueue: Enqueue } & Link,
  staffId: string,
): Promise<Invitation> => {
  const member = await lockStaff(tx, staffId, 'all')
  if (!member) throw new DomainError('not-found')
  if (!member.active) throw new DomainError('already-closed')
  await endAccess(tx, { enqueue }, { memberId: staffId, now: link.now })
  await takeBack(tx, { enqueue }, member, link.now)
  await clearAccount(tx, staffId)
  // Until they join again nobody reads what is theirs.
  await enqueue(tx, 'reassign', { staffId })
  await enqueue(tx, 'door-codes', { staffId })
  await alarmAboutWork(tx, { enqueue }, { staffId, now: link.now })
  return renewLink(tx, link, staffId)
}

/** Deletes what was sent to their chat, as far as Telegram still lets us. */
const takeBack = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { id, personId }: StaffMember,
  now: Date,
): Promise<void> => {
  if (personId === null) return
  const messages = new Set([...(await forgetCards(tx, id)), ...(await takeStaffMessages(tx, id, now))])
  for (const messageId of messages) await enqueue(tx, 'delete-message', { personId, messageId })
}
