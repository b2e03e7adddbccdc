import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { defineScreen, turnPage } from '#dialogue/screen.ts'
import { afterChoosing, chosenPeople } from '#dialogue/staff/choose-people.ts'
import { noteNotice, noteView } from '#dialogue/staff/note-view.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { colleaguesForFamily, noteFamily, notesForStaff } from '#features/families/family-notes.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { ofFamily } from './family-link.ts'
import { familyNotesView } from './staff-family-notes-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'family-notes': z.infer<typeof notesState>
    'family-jot': z.infer<typeof jotState>
  }
  interface Links {
    'f-notes': 'family-notes'
  }
}

const notesState = z.object({ familyId: z.uuid(), page: z.int().min(0).optional() })

/** What staff have written about a family for each other. Every access is audited. */
export const familyNotesScreen = defineScreen({
  name: 'family-notes',
  state: notesState,
  aside: true,
  varies: ['page'],
  links: { 'f-notes': ofFamily((familyId) => ({ name: 'family-notes', familyId })) },
  draw: async ({ deps, who, now, builder }, { familyId, page = 0 }) => {
    const as = { staff: who?.staff, familyId, now }
    const found = await deps.database.transaction((tx) => notesForStaff(tx, deps.sealer, as))
    return familyNotesView(builder, { ...found, page, region: deps.region, now })
  },
  tap: (_, { familyId, page }, tap) =>
    tap.action === 'note'
      ? { to: { name: 'family-jot', familyId } }
      : turnPage({ name: 'family-notes' as const, familyId, page }, tap),
})

const jotState = z.object({ familyId: z.uuid(), ...chosenPeople.shape })

/** Takes a note about a family, and whom to tell of it. */
export const familyJotScreen = defineScreen({
  name: 'family-jot',
  state: jotState,
  varies: ['problem', 'to', 'page'],
  afterCommit: (_, { familyId }) => ({ name: 'family-notes', familyId }),
  draw: async ({ deps, who, now, say, builder }, { familyId, problem, to = [], page = 0 }) => {
    const family = await familyForStaff(deps.database, { staff: who?.staff, familyId, now })
    const as = { authorId: who?.staff?.id ?? null, now }
    const people = await colleaguesForFamily(deps.database, family, as)
    const question = say.t('mentions.familyJot', { number: family.number })
    return noteView(builder, { screen: 'family-jot', question, problem, people, chosen: to, page })
  },
  tap: (_, state, tap) => {
    if (tap.action === 'back') return { to: { name: 'family-notes', familyId: state.familyId } }
    const next = afterChoosing(state, tap)
    return next && { to: { ...next, name: 'family-jot' } }
  },
  words: async (turn, { familyId, to: mentions = [] }, text) => {
    const { who, now, deps, say } = turn
    if (countCharacters(text) > longestMessage)
      return { to: { name: 'family-jot', familyId, to: mentions, problem: 'story-too-long' } }
    const note = { staff: who?.staff, familyId, text, mentions, now }
    const outcome = await turn.once((tx) => noteFamily(tx, deps, note))
    return { to: { name: 'family-notes', familyId }, notice: noteNotice(say, outcome) }
  },
})
