import type { Screen } from '#dialogue/screen.ts'
import { heavyView } from './survey-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { askFor } from './survey-rescue-screen.ts'
import { inSurvey, questionOf, readOwn, surveyWay } from './survey-navigation.ts'

/** An alarming word in an answer: where to call, and who reads sooner than a survey is read. */
export const surveyHeavyScreen: Screen<'survey-heavy'> = {
  draw: async (turn, { invitationId }) => {
    const { familyId } = (await readOwn(turn, invitationId)).invitation
    return heavyView(createPen(turn.say, turn.session.revision), familyId)
  },
  tap: async (turn, { invitationId, question }, tap) => {
    const own = await readOwn(turn, invitationId)
    if (tap.action === 'back') return { to: questionOf(own, question) }
    if (tap.action === 'set' && tap.arg === 'write')
      return inSurvey(turn, invitationId, () => askFor(turn, invitationId, question))
    return tap.action === 'yes' ? { to: surveyWay(own, turn.now) } : null
  },
}
