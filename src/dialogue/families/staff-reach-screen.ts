import { z } from 'zod'
import { fileMinutes } from '#dialogue/messages/compose-message.ts'
import { fileView } from '#dialogue/messages/messages-view.ts'
import { contactMinutes } from '#dialogue/requests/staff-case-actions.ts'
import { detailsView, storyView } from '#dialogue/requests/staff-story-view.ts'
import { byId, defineScreen, type Step, type Turn, turnPage } from '#dialogue/screen.ts'
import {
  familyIntake,
  familyWithIntake,
  intakeFile,
  type ReachOf,
  reachFamily,
} from '#features/families/reach-family.ts'
import { intakeWays, reachView } from './staff-reach-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-intake': z.infer<typeof familyIntakeState>
  }
  interface Links {
    'f-intake': 'family-intake'
    'f-story': 'family-intake'
    'f-reach': 'family-intake'
    'v-reach': 'family-intake'
  }
}

const familyIntakeState = z.object({
  familyId: z.uuid(),
  part: z.literal('story').optional(),
  page: z.number().int().min(0).optional(),
})

/** What a family told at first, for its curator, and how to reach it now. Every access is audited. */
export const familyIntakeScreen = defineScreen({
  name: 'family-intake',
  state: familyIntakeState,
  aside: true,
  varies: ['page'],
  links: {
    'f-intake': byId((turn, familyId) => openIntake(turn, familyId)),
    'f-story': byId((turn, familyId) => openIntake(turn, familyId, 'story')),
    'f-reach': byId((turn, familyId) => showReach(turn, { familyId })),
    'v-reach': byId((turn, visitId) => showReach(turn, { visitId })),
  },
  draw: async ({ deps, who, now, builder }, { familyId, part, page = 0 }) => {
    const of = { staff: who?.staff, familyId, now }
    const seen = await deps.database.transaction((tx) => familyIntake(tx, deps.sealer, of))
    const ways = intakeWays(builder, { familyId, story: part === 'story' })
    const facts = { ...seen, region: deps.region, now, ways }
    return part === 'story' ? storyView(builder, { ...facts, page }) : detailsView(builder, facts)
  },
  tap: (turn, state, tap) =>
    turnPage(state, tap) ?? (tap.action === 'file' ? openFile(turn, state.familyId, tap.arg) : null),
})

const openIntake = async (turn: Turn, familyId: string, part?: 'story'): Promise<Step> => {
  const { deps, who, now } = turn
  await familyWithIntake(deps.database, { staff: who?.staff, familyId, now })
  return { to: { name: 'family-intake', familyId, ...(part && { part }) } }
}

/** Shows for a while, beside the live card, how the family can be reached. */
const showReach = async (turn: Turn, of: ReachOf): Promise<Step> => {
  const { deps, who, now, session, builder } = turn
  const found = await turn.once((tx) => reachFamily(tx, deps.sealer, { staff: who?.staff, of, now }))
  const view = reachView(builder, { ...found, region: deps.region, minutes: contactMinutes, now })
  return { to: session.screen, still: true, aside: { view, deleteAfterMinutes: contactMinutes } }
}

const openFile = async (turn: Turn, familyId: string, key: string): Promise<Step | null> => {
  const [, from, place] = /^([ns])(\d{1,18})$/.exec(key) ?? []
  if (!from || !place) return null
  const { deps, who, now, session, builder } = turn
  const which = from === 'n' ? { note: place } : { story: Number(place) }
  const asked = { staff: who?.staff, familyId, now, which }
  const file = await deps.database.transaction((tx) => intakeFile(tx, deps.sealer, asked))
  const view = fileView(builder, file, fileMinutes)
  return { to: session.screen, still: true, aside: { view, deleteAfterMinutes: fileMinutes } }
}
