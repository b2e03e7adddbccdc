import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { heardNow } from '#dialogue/hearing.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { longestStory } from '#features/intake/answers.ts'
import { noteApartLine } from './note-apart-receipt.ts'
import { addObjection } from '#features/requests/objection.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    objection: z.infer<typeof objectionState>
  }
}

const objectionState = z.object({ problem: z.string().optional() })

/** Takes what the family says against the decision on its request. */
export const objectionScreen = defineScreen({
  name: 'objection',
  state: objectionState,
  varies: ['problem'],
  afterCommit: () => ({ name: 'status', just: 'objected' }),
  draw: ({ say, builder }, { problem }) => {
    const head = problem ? `⚠️ ${say.t(`question.problems.${problem}`)}\n\n` : ''
    return builder.card('objection', head + say.t('decision.object'), [])
  },
  tap: (_, __, tap) => (tap.action === 'back' ? { to: { name: 'status' } } : null),
  words: async (turn, _, text) => {
    if (countCharacters(text) > longestStory) return { to: { name: 'objection', problem: 'story-too-long' } }
    return object(turn, text)
  },
})

/** Passes on what is said against the decision, and says who reads it; words of danger in it have opened a new request. */
export const object = async (turn: Turn, text: string): Promise<Step> => {
  const { who, now, deps } = turn
  const said = { who, text, ...heardNow(turn), now }
  const { anew, apart } = await turn.once((tx) => addObjection(tx, deps, said))
  if (anew !== null) return { to: { name: 'status', just: 'anew' } }
  if (apart) return { to: { name: 'status' }, notice: await noteApartLine(turn, apart) }
  return { to: { name: 'status', just: 'objected' } }
}
