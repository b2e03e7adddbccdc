import { z } from 'zod'
import { defineScreen } from '#dialogue/screen.ts'
import { inSurvey, questionOf, readOwn, surveyLeft, surveyWay } from './survey-navigation.ts'
import { askFor } from './survey-rescue-screen.ts'
import { heavyView } from './survey-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'survey-heavy': z.infer<typeof surveyHeavyState>
  }
}

const surveyHeavyState = z.object({ invitationId: z.uuid(), question: z.string().max(32) })

/** An alarming word in an answer: where to call, and who reads sooner than a survey is read. */
export const surveyHeavyScreen = defineScreen({
  name: 'survey-heavy',
  state: surveyHeavyState,
  interruptible: false,
  afterCommit: (turn, state) => surveyLeft(turn, state),
  draw: async (turn, { invitationId }) => {
    const { familyId } = (await readOwn(turn, invitationId)).invitation
    return heavyView(turn.builder, familyId)
  },
  tap: async (turn, { invitationId, question }, tap) => {
    const own = await readOwn(turn, invitationId)
    if (tap.action === 'back') return { to: questionOf(own, question) }
    if (tap.action === 'set' && tap.arg === 'write')
      return inSurvey(turn, invitationId, () => askFor(turn, invitationId, question))
    return tap.action === 'yes' ? { to: surveyWay(own, turn.now) } : null
  },
})
