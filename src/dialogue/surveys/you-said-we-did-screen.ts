import { z } from 'zod'
import { defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { localizedYouSaidWeDid, youSaidWeDidForMember } from '#features/surveys/you-said-we-did.ts'
import { markYouSaidWeDidSeen, youSaidWeDidSeenAt } from '#storage/surveys/you-said-we-did.ts'
import { youSaidWeDidView } from './you-said-we-did-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'said-done': z.infer<typeof youSaidWeDidState>
  }
  interface Links {
    'said-done': 'said-done'
  }
}

const youSaidWeDidState = z.object({
  page: z.number().int().min(0).optional(),
  /** When the person last looked. */
  since: z.iso.datetime().optional(),
})

/** «Вы сказали — мы сделали» for the chosen family. */
export const youSaidWeDidScreen = defineScreen({
  name: 'said-done',
  state: youSaidWeDidState,
  aside: true,
  varies: ['page'],
  links: { 'said-done': (turn) => openYouSaidWeDid(turn) },
  draw: async ({ deps, who, say, session, now, builder }, { page = 0, since }) => {
    const familyId = session.familyId
    const found = await youSaidWeDidForMember(deps.database, who, { familyId, page })
    const seen = since === undefined ? null : Date.parse(since)
    const items = found.items.map((item) => ({
      ...localizedYouSaidWeDid(item, say.language),
      from: item.from,
      until: item.until,
      isNew: seen === null || item.publishedAt.getTime() > seen,
    }))
    const { more } = found
    return youSaidWeDidView(builder, { items, page, more, now })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})

/** Opens the list and records that it was seen, so that its items are no longer new the next time. */
const openYouSaidWeDid = async (turn: Turn): Promise<Step> => {
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
