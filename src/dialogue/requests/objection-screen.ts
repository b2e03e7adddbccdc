import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { heardNow } from '#dialogue/hearing.ts'
import { defineScreen } from '#dialogue/screen.ts'
import { longestStory } from '#features/intake/answers.ts'
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
    const { who, now, deps } = turn
    if (countCharacters(text) > longestStory) return { to: { name: 'objection', problem: 'story-too-long' } }
    const { anew } = await turn.once((tx) => addObjection(tx, deps, { who, text, ...heardNow(turn), now }))
    return { to: { name: 'status', just: anew === null ? 'objected' : 'anew' } }
  },
})
