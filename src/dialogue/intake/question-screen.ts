import { z } from 'zod'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { questionIdSchema } from '#features/intake/answers.ts'
import { datePartsSchema, readingSchema } from '#features/intake/typed/reading.ts'
import { readDanger, readYesOrNo } from '#features/intake/typed/typed-yes-or-no.ts'
import { refusalOf } from '../messages/refused-file.ts'
import { addToStory } from '../words/story-words.ts'
import { accept, thanksForStory } from './accept-answer.ts'
import { beginIntake, whoInWords } from './begin-intake.ts'
import { onward } from './next-question.ts'
import { takeContact, takeMap, takeWords } from './parse-answer.ts'
import { factsOf } from './question-facts.ts'
import { questionTaps } from './question-taps.ts'
import { questionView } from './question-view.ts'
import { isEarlierAnswer } from './said-again.ts'
import { beginShortWay } from './short-way.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    question: z.infer<typeof questionState>
  }
  interface Links {
    ask: 'question'
    quick: 'question'
  }
}

const questionState = z.object({
  id: questionIdSchema,
  page: z.number().int().min(0).optional(),
  /** Why the last answer was not taken: a key of `question.problems`. */
  problem: z.string().optional(),
  /** Codes ticked so far in a question with several answers. */
  ticked: z.array(z.string()).optional(),
  /** «What does this mean?» was tapped. */
  explained: z.boolean().optional(),
  /** How typed words were understood, to be confirmed. */
  readings: z.array(readingSchema).max(5).optional(),
  /** What has been said of a date of birth. */
  known: datePartsSchema.optional(),
  /** Opened from the summary, and leads back to it. */
  changing: z.boolean().optional(),
})

/** One question of the questionnaire, whichever it is. */
export const questionScreen = defineScreen({
  name: 'question',
  state: questionState,
  varies: ['page', 'problem', 'ticked', 'explained', 'changing', 'readings', 'known'],
  links: {
    ask: (turn) => askFor(turn),
    quick: (turn) => beginShortWay(turn),
  },
  afterCommit: (turn, state) =>
    turn.who?.openRequest
      ? { name: 'status', just: 'submitted' }
      : turn.who?.draft
        ? onward(turn, state.changing)
        : state,
  draw: (turn, state) => questionView(turn.builder, factsOf(turn, state)),
  tap: (turn, state, tap) => questionTaps[tap.action]?.(turn, state, tap.arg) ?? null,
  words: async (turn, state, text) => {
    if (state.id === 'applicant') return whoInWords(turn, text)
    const confirmed = state.readings && readYesOrNo(text)
    if (confirmed) return questionTaps[confirmed]?.(turn, state, '0') ?? null
    const taken = takeWords(turn, state.id, text, state.known)
    if (taken && isEarlierAnswer(turn, state.id, text)) return { to: state, notice: turn.say.t('words.kept') }
    return taken && accept(turn, state, taken)
  },
  more: (turn, state, text) =>
    state.id === 'ownWords' && !saysDangerNow(turn, text) ? addToStory(turn, { text, file: null }) : null,
  file: async (turn, state, { file, caption }) => {
    if (state.id !== 'ownWords' || refusalOf(turn.say, file)) return null
    const kept = await addToStory(turn, { text: caption === '' ? null : caption, file })
    if (kept.aside) return kept
    return { ...kept, to: onward(turn, state.changing), notice: thanksForStory(turn.answers, turn.say) }
  },
  place: (turn, state, words) =>
    state.id === 'territoryWords' ? accept(turn, state, takeMap(turn, words)) : null,
  contact: (turn, state, contact) =>
    state.id === 'phone' ? accept(turn, state, takeContact(turn, contact)) : null,
})

/** «Да, сейчас» to the question on the screen is no part of the story, however soon after it. */
const saysDangerNow = ({ session: { screen }, input }: Turn, text: string): boolean =>
  !input.unseen && screen.name === 'question' && screen.id === 'danger' && readDanger(text) === 'now'

/** «Ask for help»: the open request where there is one, else the questionnaire where it was left. */
const askFor = async (turn: Turn): Promise<Step> => {
  if (turn.who?.openRequest) return { to: { name: 'status' } }
  const { to: next, ...step } = await beginIntake(turn)
  // The question that was left, ticks included.
  const { before } = turn.session
  const left = before?.name === 'question' && next.name === 'question' && before.id === next.id
  return { ...step, to: left ? before : next }
}
