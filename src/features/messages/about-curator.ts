import { speaksAgainst } from '#features/words/about-reader.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { talkApartOf } from '#storage/messages/talks-apart.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { talkApart } from './talk-apart.ts'

type Words = {
  family: Pick<Family, 'id' | 'curatorId'>
  memberId: string
  text: string | null
  /** Whoever else would read it: the visitor of a visit. */
  also?: string
  now: Date
}

/**
 * Words of fear or complaint about the curator do not go to the curator: from this moment the member's conversation is apart
 * (ADR 39, 55), and somebody else reads it. They are told at once, and may let the curator read it with two taps. Returns
 * whether the talk began with these words.
 */
export const apartIfAboutCurator = async (
  tx: Tx,
  { family, memberId, text, also, now }: Words,
): Promise<boolean> => {
  const readers = [family.curatorId, also ?? null].filter((id) => id !== null)
  if (text === null || readers.length === 0) return false
  const names = [...(await namesOfStaff(tx, readers)).values()]
  if (!speaksAgainst(text, names) || (await talkApartOf(tx, memberId))) return false
  await talkApart(tx, { familyId: family.id, memberId, curators: readers, now })
  return true
}
