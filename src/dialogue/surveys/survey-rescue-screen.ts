import { z } from 'zod'
import { formatDayUntil } from '#core/dates.ts'
import { inTalk } from '#dialogue/hearing.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { askRescue } from '#features/surveys/low-score-rescue.ts'
import { inSurvey, questionOf, readOwn, surveyLeft, surveyWay } from './survey-navigation.ts'
import { rescueView } from './survey-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'survey-rescue': z.infer<typeof surveyRescueState>
  }
}

const surveyRescueState = z.object({ invitationId: z.uuid(), question: z.string().max(32) })

/** Right after a low answer: offers a word from somebody other than the curator. */
export const surveyRescueScreen = defineScreen({
  name: 'survey-rescue',
  state: surveyRescueState,
  interruptible: false,
  afterCommit: (turn, state) => surveyLeft(turn, state),
  draw: async (turn, { invitationId }) => {
    await readOwn(turn, invitationId)
    return rescueView(turn.builder)
  },
  tap: async (turn, { invitationId, question }, tap) => {
    if (tap.action === 'yes') return inSurvey(turn, invitationId, () => askFor(turn, invitationId, question))
    if (tap.action === 'back') return { to: questionOf(await readOwn(turn, invitationId), question) }
    if (tap.action !== 'no') return null
    return { to: surveyWay(await readOwn(turn, invitationId), turn.now) }
  },
})

/** Requests the rescue and says by when somebody writes. */
export const askFor = async (turn: Turn, id: string, question: string): Promise<Step> => {
  const { deps, who, now, say } = turn
  const { dueAt } = await turn.once((tx) =>
    askRescue(tx, deps, { who, id, question, talk: inTalk(turn), now }),
  )
  const until = formatDayUntil(say, { instant: dueAt, timeZone: deps.region.timeZone, now })
  return { to: surveyWay(await readOwn(turn, id), now), notice: say.t('survey.rescue.asked', { until }) }
}
