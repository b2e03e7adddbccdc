import { formatDayUntil } from '#core/dates.ts'
import type { Screen } from '#dialogue/screen.ts'
import { invitationView } from './survey-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { minutesOf, wordsFor } from '#features/surveys/spoken-questions.ts'
import { readerOf, readOwn, surveyWay } from './survey-navigation.ts'

/** Asks first: what it is about, how long it takes and who reads it. */
export const surveyScreen: Screen<'survey'> = {
  draw: async (turn, { invitationId }) => {
    const { deps, say, session, now } = turn
    const own = await readOwn(turn, invitationId)
    const { invitation, survey, walk } = own
    const { timeZone } = deps.region
    return invitationView(createPen(say, session.revision), {
      invitationId,
      title: wordsFor(survey.title, readerOf(turn, own)),
      questions: survey.questions.length,
      minutes: minutesOf(survey),
      begun: own.response !== null,
      left: walk.path.filter(({ code }) => !walk.answers.has(code)).length,
      until: formatDayUntil(say, { instant: invitation.expiresAt, timeZone, now }),
    })
  },
  tap: async (turn, { invitationId }, tap) => {
    if (tap.action === 'back') return { to: { name: 'home' } }
    if (tap.action !== 'yes') return null
    return { to: surveyWay(await readOwn(turn, invitationId), turn.now) }
  },
}
