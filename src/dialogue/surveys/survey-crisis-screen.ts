import { z } from 'zod'
import { heardIn } from '#dialogue/danger-card.ts'
import { defineScreen } from '#dialogue/screen.ts'
import { inSurvey, questionOf, readOwn, surveyLeft, surveyWay } from './survey-navigation.ts'
import { askFor } from './survey-rescue-screen.ts'
import { surveyCrisisView } from './survey-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'survey-heavy': z.infer<typeof surveyCrisisState>
  }
}

const surveyCrisisState = z.object({ invitationId: z.uuid(), question: z.string().max(32) })

/** After an alarming answer: the crisis numbers, and an offer that somebody reads it at once. */
export const surveyCrisisScreen = defineScreen({
  name: 'survey-heavy',
  state: surveyCrisisState,
  interruptible: false,
  afterCommit: (turn, state) => surveyLeft(turn, state),
  draw: async (turn, { invitationId }) => {
    const { familyId } = (await readOwn(turn, invitationId)).invitation
    return surveyCrisisView(turn.builder, familyId, heardIn(turn))
  },
  tap: async (turn, { invitationId, question }, tap) => {
    const own = await readOwn(turn, invitationId)
    if (tap.action === 'back') return { to: questionOf(own, question) }
    if (tap.action === 'set' && tap.arg === 'write')
      return inSurvey(turn, invitationId, () => askFor(turn, invitationId, question))
    return tap.action === 'yes' ? { to: surveyWay(own, turn.now) } : null
  },
})
