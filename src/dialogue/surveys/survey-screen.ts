import { z } from 'zod'
import { formatDayUntil } from '#core/dates.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { openSurveyOf } from '#features/surveys/open-survey.ts'
import { minutesOf, wordsFor } from '#features/surveys/spoken-questions.ts'
import { isOpen } from '#features/surveys/survey-for-member.ts'
import { openInvitation } from '#features/surveys/take-survey.ts'
import { readerOf, readOwn, surveyWay, wayBackIn } from './survey-navigation.ts'
import { invitationView } from './survey-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    survey: z.infer<typeof surveyState>
  }
  interface Links {
    survey: 'survey'
  }
}

const surveyState = z.object({ invitationId: z.uuid() })

/** Asks first: what it is about, how long it takes and who reads it. */
export const surveyScreen = defineScreen({
  name: 'survey',
  state: surveyState,
  links: { survey: (turn, arg) => (arg === '' ? openAny(turn) : openById(turn, arg)) },
  draw: async (turn, { invitationId }) => {
    const { deps, say, now, builder } = turn
    const own = await readOwn(turn, invitationId)
    const { invitation, survey, walk } = own
    const { timeZone } = deps.region
    return invitationView(builder, {
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
})

const openById = byId(async (turn, id) => ({ to: await openSurvey(turn, id) }))

/** Continues where the person stopped, or first asks whether they want to answer. */
const openSurvey = async (turn: Turn, id: string): Promise<Step['to']> => {
  const { deps, who, now } = turn
  const own = await readOwn(turn, id)
  if (!isOpen(own.invitation, now)) return surveyWay(own, now)
  if (own.invitation.openedAt === null)
    await deps.database.transaction((tx) => openInvitation(tx, deps, { who, id, now }))
  if (own.response === null) return { name: 'survey', invitationId: id }
  return wayBackIn(turn, own) ?? surveyWay(own, now)
}

/** Opens any survey that the person may answer now. */
const openAny = async (turn: Turn): Promise<Step> => {
  const found = await openSurveyOf(turn.deps.database, turn.who, turn.now)
  return { to: found ? await openSurvey(turn, found.invitation.id) : { name: 'home' } }
}
