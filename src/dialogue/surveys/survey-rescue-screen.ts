import { formatDayUntil } from '#core/dates.ts'
import type { Screen, Step, Turn } from '#dialogue/screen.ts'
import { rescueView } from './survey-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { askRescue } from '#features/surveys/low-score-rescue.ts'
import { inSurvey, questionOf, readOwn, surveyWay } from './survey-navigation.ts'

/** After a low answer, at once: somebody other than the curator may write. */
export const surveyRescueScreen: Screen<'survey-rescue'> = {
  draw: async (turn, { invitationId }) => {
    await readOwn(turn, invitationId)
    return rescueView(createPen(turn.say, turn.session.revision))
  },
  tap: async (turn, { invitationId, question }, tap) => {
    if (tap.action === 'yes') return inSurvey(turn, invitationId, () => askFor(turn, invitationId, question))
    if (tap.action === 'back') return { to: questionOf(await readOwn(turn, invitationId), question) }
    if (tap.action !== 'no') return null
    return { to: surveyWay(await readOwn(turn, invitationId), turn.now) }
  },
}

/** Passes on that they want it, and says by when somebody writes. */
export const askFor = async (turn: Turn, id: string, question: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  const { dueAt } = await turn.once((tx) => askRescue(tx, deps, { who, id, question, now }))
  const until = formatDayUntil(say, { instant: dueAt, timeZone: deps.region.timeZone, now })
  return { to: surveyWay(await readOwn(turn, id), now), notice: say.t('survey.rescue.asked', { until }) }
}
