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
  /** Whether danger was heard in it. */
  alarming?: boolean
  now: Date
}

/**
 * Words of fear or complaint about the curator do not go to the curator: from this moment the member's conversation is apart
 * (ADR 39, 55), and somebody else reads it. They are told at once, and may let the curator read it with two taps. A talk that is
 * apart already hides them from whoever has become the curator since, too; and words of danger are kept from those from whom it
 * is hidden. `begun`: the talk began with these words; `kept`: it was apart before; null: the readers may read them.
 */
export const apartIfAboutCurator = async (
  tx: Tx,
  { family, memberId, text, also, alarming = false, now }: Words,
): Promise<'begun' | 'kept' | null> => {
  const readers = [family.curatorId, also ?? null].filter((id) => id !== null)
  if (text === null || readers.length === 0) return null
  const names = [...(await namesOfStaff(tx, readers)).values()]
  const against = speaksAgainst(text, names)
  if (!against && !alarming) return null
  const open = await talkApartOf(tx, memberId)
  const hidden = (id: string) => open?.staffIds.includes(id) === true
  if (!against) return readers.some(hidden) ? 'kept' : null
  if (!readers.every(hidden)) await talkApart(tx, { familyId: family.id, memberId, curators: readers, now })
  return open ? 'kept' : 'begun'
}
