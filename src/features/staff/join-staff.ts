import { DomainError } from '#core/errors.ts'
import { sha256 } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { createPerson } from '#storage/people.ts'
import { type StaffMember, useInvite } from '#storage/staff/staff.ts'

/**
 * Joins a staff member by a one-time link; the requests that wait in their territories come to them at once.
 * Throws `invite-invalid` for a link that is unknown, used or older than 48 hours: the transaction is undone,
 * so nothing is kept of whoever tried it.
 */
export const joinStaff = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { token, account, language, now }: { token: string; account: string; language: Language; now: Date },
): Promise<StaffMember> => {
  const person = await createPerson(tx, { account, language, address: 'adult' })
  const member = await useInvite(tx, sha256(token), person.id, now)
  if (!member) throw new DomainError('invite-invalid')
  // What came while nobody was there to see it must not depend on somebody opening the queue.
  await enqueue(tx, 'reassign', { staffId: member.id })
  return member
}
