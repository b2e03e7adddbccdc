import type { Screen, Step, Turn } from '#dialogue/screen.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { saidDoneView } from './you-said-we-did-view.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { ownSaidDone, spokenSaidDone } from '#features/surveys/you-said-we-did.ts'
import { markYouSaidWeDidSeen, youSaidWeDidSeenAt } from '#storage/surveys/you-said-we-did.ts'

/** «Вы сказали — мы сделали»: what came of the answers, for the family that the person looks at. */
export const saidDoneScreen: Screen<'said-done'> = {
  draw: async ({ deps, who, say, session, now }, { page = 0, since }) => {
    const familyId = session.familyId
    const found = await ownSaidDone(deps.database, who, { familyId, page })
    const seen = since === undefined ? null : Date.parse(since)
    const items = found.items.map((item) => ({
      ...spokenSaidDone(item, say.language),
      from: item.from,
      until: item.until,
      isNew: seen === null || item.publishedAt.getTime() > seen,
    }))
    const { more } = found
    return saidDoneView(createPen(say, session.revision), { items, page, more, now })
  },
  tap: (_, state, tap) =>
    tap.action === 'page' && /^\d{1,3}$/.test(tap.arg) ? { to: { ...state, page: Number(tap.arg) } } : null,
}

/** Opens it, and keeps that the person has looked: what they have seen is not new to them the next time. */
export const openSaidDone = async (turn: Turn): Promise<Step> => {
  const { who, now, session } = turn
  familyForMember(who, session.familyId)
  const personId = who?.person.id ?? ''
  const seenAt = await turn.once(async (tx) => {
    const before = await youSaidWeDidSeenAt(tx, personId)
    await markYouSaidWeDidSeen(tx, personId, now)
    return before
  })
  return { to: { name: 'said-done', ...(seenAt && { since: seenAt.toISOString() }) } }
}
