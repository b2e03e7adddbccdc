import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { byId, defineScreen, type Turn } from '#dialogue/screen.ts'
import { afterChoosing, chosenPeople } from '#dialogue/staff/choose-people.ts'
import { noteNotice, noteView } from '#dialogue/staff/note-view.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { noteCase, requestToActOn } from '#features/requests/act-on-case.ts'
import { colleaguesForRequest } from '#features/requests/staff-notes.ts'
import type { Request } from '#storage/requests/requests.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    jot: z.infer<typeof jotState>
  }
  interface Links {
    jot: 'jot'
  }
}

const toNote = ({ deps, who }: Turn, requestId: string): Promise<Request> =>
  requestToActOn(deps.database, { staff: who?.staff, requestId, right: 'note' })

const jotState = z.object({ requestId: z.uuid(), ...chosenPeople.shape })

/** Takes a note about a request, which only staff read, and whom to tell of it. */
export const jotScreen = defineScreen({
  name: 'jot',
  state: jotState,
  varies: ['problem', 'to', 'page'],
  links: {
    jot: byId(async (turn, requestId) => {
      await toNote(turn, requestId)
      return { to: { name: 'jot', requestId } }
    }),
  },
  afterCommit: (_, { requestId }) => ({ name: 'case', requestId }),
  draw: async (turn, { requestId, problem, to = [], page = 0 }) => {
    const { deps, who, say, builder } = turn
    const request = await toNote(turn, requestId)
    const people = await colleaguesForRequest(deps.database, request, who?.staff?.id ?? null)
    return noteView(builder, { screen: 'jot', question: say.t('act.jot'), problem, people, chosen: to, page })
  },
  tap: (_, state, tap) => {
    if (tap.action === 'back') return { to: { name: 'case', requestId: state.requestId } }
    const next = afterChoosing(state, tap)
    return next && { to: { ...next, name: 'jot' } }
  },
  words: async (turn, { requestId, to: mentions = [] }, text) => {
    const { who, now, deps, say } = turn
    if (countCharacters(text) > longestMessage)
      return { to: { name: 'jot', requestId, to: mentions, problem: 'story-too-long' } }
    const outcome = await turn.once((tx) =>
      noteCase(tx, deps, { staff: who?.staff, requestId, text, mentions, now }),
    )
    return { to: { name: 'case', requestId }, notice: noteNotice(say, outcome) }
  },
})
