import { z } from 'zod'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { lowAnswers } from '#features/surveys/low-answers.ts'
import { spokenQuestion } from '#features/surveys/spoken-questions.ts'
import { sendAnswers, setContactAllowed } from '#features/surveys/take-survey.ts'
import { rescueOfInvitation } from '#storage/surveys/survey-rescues.ts'
import { checkView } from './survey-check-view.ts'
import { inSurvey, questionOf, readerOf, readOwn, surveyLeft, surveyWay } from './survey-navigation.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'survey-check': z.infer<typeof surveyCheckState>
  }
}

const surveyCheckState = z.object({ invitationId: z.uuid(), page: z.number().int().min(0).optional() })

/** All answers before they are sent. */
export const surveyCheckScreen = defineScreen({
  name: 'survey-check',
  state: surveyCheckState,
  interruptible: false,
  varies: ['page'],
  afterCommit: (turn, state) => surveyLeft(turn, state),
  draw: async (turn, { invitationId, page = 0 }) => {
    const { deps, builder } = turn
    const own = await readOwn(turn, invitationId)
    const { path, answers } = own.walk
    const reader = readerOf(turn, own)
    const low = lowAnswers(own.walk).length > 0
    return checkView(builder, {
      items: path.map((question) => ({
        question: spokenQuestion(question, reader),
        answer: answers.get(question.code) ?? null,
      })),
      contact: own.response?.contactAllowed ?? false,
      offersRescue: low && (await rescueOfInvitation(deps.database, invitationId)) === null,
      page,
    })
  },
  tap: async (turn, state, tap) => {
    const { invitationId } = state
    switch (tap.action) {
      case 'submit':
        return inSurvey(turn, invitationId, () => send(turn, invitationId))
      case 'agree':
      case 'refuse':
        return inSurvey(turn, invitationId, () => allow(turn, invitationId, tap.action === 'agree'))
      case 'change':
        return change(turn, invitationId, tap.arg)
      case 'page':
        return /^\d{1,2}$/.test(tap.arg) ? { to: { ...state, page: Number(tap.arg) } } : null
      case 'write':
        return toRescue(turn, invitationId)
      case 'back':
        return toLast(turn, invitationId)
      default:
        return null
    }
  },
})

const send = async (turn: Turn, id: string): Promise<Step> => {
  const { deps, who, now } = turn
  await turn.once((tx) => sendAnswers(tx, deps, { who, id, now }))
  return { to: { name: 'survey-end', invitationId: id } }
}

const allow = async (turn: Turn, id: string, allowed: boolean): Promise<Step> => {
  const { deps, who, now } = turn
  await turn.once((tx) => setContactAllowed(tx, deps, { who, id, allowed, now }))
  return { to: { name: 'survey-check', invitationId: id } }
}

/** `number` counts the questions of the path from 1. */
const change = async (turn: Turn, invitationId: string, number: string): Promise<Step | null> => {
  const own = await readOwn(turn, invitationId)
  const question = /^\d{1,2}$/.test(number) ? own.walk.path[Number(number) - 1] : undefined
  return question ? { to: { ...questionOf(own, question.code), changing: true } } : null
}

const toRescue = async (turn: Turn, invitationId: string): Promise<Step> => {
  const own = await readOwn(turn, invitationId)
  const [question] = lowAnswers(own.walk)
  return {
    to: question ? { name: 'survey-rescue', invitationId, question } : surveyWay(own, turn.now),
  }
}

const toLast = async (turn: Turn, invitationId: string): Promise<Step> => {
  const own = await readOwn(turn, invitationId)
  const last = own.walk.path.at(-1)
  return {
    to: last ? questionOf(own, last.code) : surveyWay(own, turn.now),
  }
}
