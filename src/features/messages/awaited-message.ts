import type { Region } from '#regions/schema.ts'
import { type Awaited, awaitedOf } from '#features/requests/awaited-reading.ts'
import type { Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { findMember } from '#storage/families/family-members.ts'
import { hasUnreadOfStaff } from '#storage/messages/messages.ts'
import type { Snapshot } from '#storage/people.ts'
import { readersForMember } from './messages-for-member.ts'

/** What a member's conversation holds for them: unread words of the centre, and by when their own are read. */
export const waitsOfMember = async (
  tx: Tx,
  region: Region,
  own: { who: Snapshot | null; familyId: string; memberId: string; now: Date },
): Promise<{ unread: boolean; awaited: Awaited | null }> => {
  const member = await findMember(tx, own.memberId)
  const family = await findFamily(tx, own.familyId)
  if (!member || !family) return { unread: false, awaited: null }
  const { expected } = await readersForMember(tx, region, own)
  const { memberId, now } = own
  const facts = { expected, territory: family.territory, now }
  return {
    unread: await hasUnreadOfStaff(tx, memberId, member.unconfirmedSince),
    awaited: await awaitedOf(tx, region, { memberId }, facts),
  }
}
