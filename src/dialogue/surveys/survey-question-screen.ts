import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import type { Tap } from '#dialogue/callback-data.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import type { Picture } from '#dialogue/view.ts'
import { longestAnswer, type Said } from '#features/surveys/answer-questions.ts'
import { facesPicture } from '#features/surveys/picture/faces-picture.ts'
import { type SpokenQuestion, spokenQuestion, wordsFor } from '#features/surveys/spoken-questions.ts'
import type { SurveyForMember } from '#features/surveys/survey-for-member.ts'
import { questionBefore } from '#features/surveys/survey-walk.ts'
import { answerQuestion } from '#features/surveys/take-survey.ts'
import {
  afterAnswer,
  inSurvey,
  questionOf,
  readerOf,
  readOwn,
  surveyLeft,
  surveyWay,
} from './survey-navigation.ts'
import { surveyQuestionView } from './survey-question-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'survey-question': z.infer<typeof surveyQuestionState>
  }
}

type State = StateOf<'survey-question'>

const surveyQuestionState = z.object({
  invitationId: z.uuid(),
  question: z.string().max(32),
  problem: z.enum(['too-long', 'no-words', 'tick-one']).optional(),
  /** It had been answered before it was shown. */
  again: z.literal(true).optional(),
  /** Codes ticked so far in a question with several answers. */
  ticked: z.array(z.string().max(32)).optional(),
  /** Opened from the check before sending, and leads back to it. */
  changing: z.boolean().optional(),
})

/** One question of a survey, with what was answered before. */
export const surveyQuestionScreen = defineScreen({
  name: 'survey-question',
  state: surveyQuestionState,
  varies: ['problem', 'ticked', 'changing'],
  afterCommit: (turn, state) => surveyLeft(turn, state),
  draw: async (turn, state) => {
    const own = await readOwn(turn, state.invitationId)
    const { path, answers } = own.walk
    const place = path.findIndex(({ code }) => code === state.question)
    const asked = path[place]
    if (!asked) throw new DomainError('not-found')
    const reader = readerOf(turn, own)
    const question = spokenQuestion(asked, reader)
    const answer = answers.get(asked.code) ?? null
    return surveyQuestionView(turn.builder, {
      title: wordsFor(own.survey.title, reader),
      number: place + 1,
      total: path.length,
      question,
      answer,
      ticked: state.ticked ?? answer?.codes ?? [],
      picture: pictureOf(own, question),
      longest: longestAnswer,
      ...(state.problem && { problem: state.problem }),
    })
  },
  behind: async (turn, state) => isBehind(await readOwn(turn, state.invitationId), state),
  tap: (turn, state, tap) => taps[tap.action]?.(turn, state, tap.arg) ?? null,
  words: async (turn, state, text) => {
    const own = await readOwn(turn, state.invitationId)
    // What follows an answer at once was not meant for this question.
    if (isBehind(own, state)) return null
    if (own.walk.path.find(({ code }) => code === state.question)?.kind !== 'text') return null
    if (countCharacters(text) > longestAnswer) return { to: { ...clean(state), problem: 'too-long' } }
    return text.trim() === ''
      ? { to: { ...clean(state), problem: 'no-words' } }
      : accept(turn, state, { text })
  },
})

const taps: {
  [A in Tap['action']]?: (turn: Turn, state: State, arg: string) => Promise<Step> | Step | null
} = {
  set: (turn, state, arg) =>
    accept(turn, state, /^\d{1,2}$/.test(arg) ? { number: Number(arg) } : { codes: [arg] }),
  tick: (turn, state, code) =>
    withTicks(turn, state, (ticked) => [...ticked.filter((one) => one !== code), code]),
  untick: (turn, state, code) => withTicks(turn, state, (ticked) => ticked.filter((one) => one !== code)),
  done: async (turn, state) => {
    const codes = await ticksOf(turn, state)
    return codes.length === 0
      ? { to: { ...clean(state), problem: 'tick-one' } }
      : accept(turn, state, { codes })
  },
  skip: (turn, state) => accept(turn, state, 'skip'),
  /** Continues to the next question; the answer stays. */
  yes: async (turn, state) => {
    const own = await readOwn(turn, state.invitationId)
    const { path } = own.walk
    const next = path[path.findIndex(({ code }) => code === state.question) + 1]
    if (!next || state.changing) return { to: surveyWay(own, turn.now) }
    return { to: questionOf(own, next.code) }
  },
  back: async (turn, { invitationId, question, changing }) => {
    if (changing) return { to: { name: 'survey-check', invitationId } }
    const own = await readOwn(turn, invitationId)
    const before = questionBefore(own.walk, question)
    return { to: before ? questionOf(own, before.code) : { name: 'survey', invitationId } }
  },
}

const accept = (turn: Turn, { invitationId: id, question }: State, said: Said): Promise<Step> =>
  inSurvey(turn, id, async () => {
    const { deps, who, now } = turn
    await turn.once((tx) => answerQuestion(tx, deps, { who, id, question, said, now }))
    return { to: await afterAnswer(turn, await readOwn(turn, id), question) }
  })

/**
 * The question was answered and the next card drawn, which the session does not know because the process died in between.
 * What the person says now was not meant for this question.
 */
const isBehind = ({ walk }: SurveyForMember, { question, again }: State): boolean =>
  again !== true && walk.answers.has(question)

/** The ticks on the card, or the stored answer. */
const ticksOf = async (turn: Turn, { ticked, invitationId, question }: State): Promise<string[]> =>
  ticked ?? (await readOwn(turn, invitationId)).walk.answers.get(question)?.codes ?? []

const withTicks = async (
  turn: Turn,
  state: State,
  change: (ticked: string[]) => string[],
): Promise<Step> => ({ to: { ...clean(state), ticked: change(await ticksOf(turn, state)) } })

const clean = ({ problem: _, ...state }: State): State => state

/** Faces are for minors; an adult reads words. */
const pictureOf = ({ invitation }: SurveyForMember, { kind, choices }: SpokenQuestion): Picture | null =>
  invitation.minor && kind === 'scale' ? facesPicture(choices.map(({ words }) => words)) : null
