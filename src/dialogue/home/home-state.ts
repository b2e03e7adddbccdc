import type { Turn } from '#dialogue/screen.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import type { PathDeadline } from '#features/families/path.ts'
import { pathForMember } from '#features/families/path-for-member.ts'
import { waitsOfMember } from '#features/messages/awaited-message.ts'
import { readersForMember } from '#features/messages/messages-for-member.ts'
import type { Awaited } from '#features/requests/awaited-reading.ts'
import { type RequestForMember, requestForMember } from '#features/requests/request-for-member.ts'
import { visitsForMember } from '#features/visits/visits-for-member.ts'

/** Where things stand for somebody who has a request or a family. */
export type HomeState = {
  request: RequestForMember | null
  /** A line above the card has just said who reads it by when. */
  said: boolean
  /** A decision that is news: it stands in the menu until they ask again, but not for ever. */
  decided: boolean
  family: {
    /** In which of their families somebody has written what they have not opened; null if in none. */
    unreadIn: string | null
    awaited: Awaited | null
    /** The curator does not read the conversation. */
    apart: boolean
    nextVisit: Date | null
    deadline: PathDeadline | null
  } | null
}

/** For how long (ms) a decision is said in the menu, also to those whom no push may tell. */
const decisionMs = 30 * 24 * 60 * 60_000

export const homeStateOf = async (turn: Turn): Promise<HomeState> => {
  const { deps, who, now } = turn
  const request = await requestForMember(deps, { who, now })
  const { decision, outsider } = request ?? { decision: null, outsider: false }
  const family = await familyStateOf(turn)
  const news = decision !== null && !outsider && now.getTime() - decision.at.getTime() < decisionMs
  const said = turn.session.notices !== undefined
  return { request, said, decided: news && family === null && request?.status === 'closed', family }
}

const familyStateOf = async ({ deps, who, session, now }: Turn): Promise<HomeState['family']> => {
  if (!who || who.families.length === 0) return null
  const { database, region } = deps
  const own = familyForMember(who, session.familyId)
  const { id } = own
  const { awaited, unreadIn, apart } = await database.transaction(async (tx) => {
    let unreadIn: string | null = null
    let awaited: Awaited | null = null
    for (const { id: familyId, memberId } of who.families) {
      const waits = await waitsOfMember(tx, region, { who, familyId, memberId, now })
      if (waits.unread) unreadIn ??= familyId
      if (familyId === id) awaited = waits.awaited
    }
    const readers = await readersForMember(tx, region, { who, familyId: id, now })
    return { awaited, unreadIn, apart: readers.apart !== null }
  })
  const { visits } = await visitsForMember(database, who, { familyId: id, page: 0, now })
  const next = visits.find(({ status }) => status === 'planned')
  const { path } = await pathForMember(database, { region, own, personId: who.person.id, now })
  return { unreadIn, awaited, apart, nextVisit: next?.startsAt ?? null, deadline: path.deadline }
}
