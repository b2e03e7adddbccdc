import { DomainError } from '#core/errors.ts'
import { sha256 } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { createPerson } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { type StaffMember, staffOfInvite, useInvite } from '#storage/staff/staff.ts'

/**
 * Joins a staff member by a one-time link and assigns them the waiting requests of their territories. Throws
 * `invite-invalid` if the link is unknown, used or older than 48 hours; the rollback leaves no trace of the
 * person who tried it.
 */
export const joinStaff = async (
  tx: Tx,
  { sealer, enqueue }: { sealer: Sealer; enqueue: Enqueue },
  { token, account, language, now }: { token: string; account: string; language: Language; now: Date },
): Promise<StaffMember> => {
  const person = await createPerson(tx, sealer, { account, language, address: 'adult' })
  const member = await useInvite(tx, sha256(token), person.id, now)
  if (!member) throw new DomainError('invite-invalid')
  // Requests that arrived while nobody was present must not depend on somebody opening the queue.
  await enqueue(tx, 'reassign', { staffId: member.id })
  return member
}

/** Whether it is the link of somebody who works here already: it has done its work, and leads them in. */
export const isOwnStaffLink = async (
  reader: Reader,
  staff: { id: string; active: boolean } | null | undefined,
  token: string,
): Promise<boolean> => staff?.active === true && (await staffOfInvite(reader, sha256(token))) === staff.id
