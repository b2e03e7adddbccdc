import { newId } from '#core/ids.ts'
import type { Reader, Tx } from '#storage/database.ts'
import {
  insertTalkApart,
  setTalkHiddenFrom,
  type TalkApart,
  talkApartOf,
} from '#storage/messages/talks-apart.ts'

// «Поговорить не с куратором»: from then on what the member and the centre write is hidden from the curator, until the
// member says otherwise (ADR 39).

type Asked = { familyId: string; memberId: string; curators: readonly (string | null)[]; now: Date }

/** Hides the conversation from the curators from now on; a talk that is already hidden stays so from its beginning. */
export const talkApart = async (tx: Tx, { familyId, memberId, curators, now }: Asked): Promise<void> => {
  const from = curators.filter((id) => id !== null)
  if (from.length === 0) return
  const open = await talkApartOf(tx, memberId)
  const staffIds = [...new Set([...(open?.staffIds ?? []), ...from])]
  if (open) await setTalkHiddenFrom(tx, open.id, staffIds)
  else await insertTalkApart(tx, { id: newId(), familyId, memberId, staffIds, since: now })
}

/** Since when a member's conversation is hidden from a staff member; null: it is not. Pure. */
export const hiddenSince = (talk: TalkApart | null | undefined, staffId: string): Date | null =>
  talk?.staffIds.includes(staffId) ? talk.since : null

/** The same, read. */
export const hiddenFrom = async (
  reader: Reader,
  { memberId, staffId }: { memberId: string; staffId: string },
): Promise<Date | null> => hiddenSince(await talkApartOf(reader, memberId), staffId)
