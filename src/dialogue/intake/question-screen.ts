import { z } from 'zod'
import type { Tap } from '#dialogue/callback-data.ts'
import type { ScreenState, StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { type Answers, type QuestionId, questionIdSchema } from '#features/intake/answers.ts'
import { pagesOf } from '#features/intake/option-pages.ts'
import { exclusiveOptions, otherOption, question } from '#features/intake/questions.ts'
import { datePartsSchema, readingSchema } from '#features/intake/typed/reading.ts'
import { readYesOrNo } from '#features/intake/typed/typed-yes-or-no.ts'
import { previousQuestion, walk } from '#features/intake/walk.ts'
import { refusalOf } from '../messages/refused-file.ts'
import { addToStory, takeHeld } from '../words/story-words.ts'
import { agree, fullText, refuse } from './consent-question.ts'
import { onward } from './next-question.ts'
import { mapIn, type Taken, takeContact, takeMap, takeReading, takeWords } from './parse-answer.ts'
import { questionView } from './question-view.ts'
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

type State = StateOf<'question'>
type Danger = StateOf<'danger'>

const questionState = z.object({
  id: questionIdSchema,
  page: z.number().int().min(0).optional(),
  /** Why the last answer was not taken: a key of `question.problems`. */
  problem: z.string().optional(),
  /** Codes ticked so far in a question with several answers. */
  ticked: z.array(z.string()).optional(),
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
  varies: ['page', 'problem', 'ticked', 'changing', 'readings', 'known'],
  links: {
    ask: async (turn) => ({ to: await askFor(turn) }),
    quick: async (turn) => ({ to: await beginShortWay(turn) }),
  },
  afterCommit: (turn, state) =>
    turn.who?.openRequest
      ? { name: 'status', just: 'submitted' }
      : turn.who?.draft
        ? onward(turn, state.id, state.changing)
        : state,
  draw: (turn, state) =>
    questionView(turn.builder, {
      question: question(state.id),
      region: turn.deps.region,
      answers: turn.answers,
      pages: pagesOf(question(state.id), turn.deps.region),
      page: state.page ?? 0,
      ticked: ticks(turn, state),
      organisation: turn.deps.organisation.name,
      first: previousQuestion(state.id, turn.answers, turn.deps.region) === null,
      ...(state.problem && { problem: state.problem }),
      ...(state.readings && { readings: state.readings }),
    }),
  tap: (turn, state, tap) => taps[tap.action]?.(turn, state, tap.arg) ?? null,
  words: async (turn, state, text) => {
    const confirmed = state.readings && readYesOrNo(text)
    if (confirmed) return taps[confirmed]?.(turn, state, '0') ?? null
    const taken = takeWords(turn, state.id, text, state.known)
    return taken && accept(turn, state, taken)
  },
  more: (turn, state, text) => (state.id === 'ownWords' ? addToStory(turn, { text, file: null }) : null),
  file: async (turn, state, { file, caption }) => {
    if (state.id !== 'ownWords' || refusalOf(turn.say, file)) return null
    const kept = await addToStory(turn, { text: caption === '' ? null : caption, file })
    return kept.aside ? kept : { ...kept, to: onward(turn, state.id, state.changing) }
  },
  place: (turn, state, words) =>
    state.id === 'territoryWords' ? accept(turn, state, takeMap(turn, words)) : null,
  contact: (turn, state, contact) =>
    state.id === 'phone' ? accept(turn, state, takeContact(turn, contact)) : null,
})

const taps: {
  [A in Tap['action']]?: (turn: Turn, state: State, arg: string) => Promise<Step | null> | Step | null
} = {
  set: (turn, state, code) => {
    const { kind } = question(state.id)
    if (kind !== 'one' && kind !== 'phone') return null
    if (!offered(turn, state.id).includes(code) && !(kind === 'phone' && code === 'telegram-only'))
      return null
    // A place on the map that was sent already says where.
    const map = state.id === 'territory' && code === otherOption ? mapIn(turn.answers) : {}
    return accept(turn, state, { answers: { ...turn.answers, [state.id]: code, ...map } as Answers })
  },
  tick: (turn, state, code) => {
    if (!offered(turn, state.id).includes(code)) return null
    const kept = ticks(turn, state).filter((one) => !exclusiveOptions.includes(one))
    // In the order in which they are offered, whatever was tapped first.
    const ticked = offered(turn, state.id).filter((one) => one === code || kept.includes(one))
    return { to: { ...clean(state), ticked: exclusiveOptions.includes(code) ? [code] : ticked } }
  },
  untick: (turn, state, code) => ({
    to: { ...clean(state), ticked: ticks(turn, state).filter((one) => one !== code) },
  }),
  page: (_, state, page) => (/^\d{1,2}$/.test(page) ? { to: { ...clean(state), page: Number(page) } } : null),
  done: (turn, state) => {
    if (question(state.id).kind !== 'many') return null
    const ticked = ticks(turn, state)
    return ticked.length === 0
      ? { to: { ...state, problem: 'tick-one' } }
      : accept(turn, state, { answers: { ...turn.answers, [state.id]: ticked } as Answers })
  },
  skip: (turn, state) => {
    if (state.id === 'name')
      return accept(turn, state, { answers: { ...turn.answers, name: turn.say.label('question.name.none') } })
    if (state.id === 'children') return accept(turn, state, { answers: { ...turn.answers, children: [] } })
    return question(state.id).optional
      ? accept(turn, state, { answers: { ...turn.answers, [state.id]: null } as Answers })
      : null
  },
  yes: (turn, state, at) => {
    const reading = /^\d$/.test(at) ? state.readings?.[Number(at)] : undefined
    return reading ? accept(turn, clean(state), takeReading(turn, reading)) : null
  },
  no: (_, state) => ({ to: clean(state) }),
  agree,
  refuse,
  full: fullText,
  back: (turn, state) => {
    if (state.changing || question(state.id).closing) return { to: { name: 'summary' } }
    const previous = previousQuestion(state.id, turn.answers, turn.deps.region)
    return { to: previous === null ? { name: 'home' } : { name: 'question', id: previous } }
  },
}

const accept = async (turn: Turn, state: State, taken: Taken): Promise<Step> => {
  const { story, ...rest } = taken
  if (story) {
    // The answers hold the story already, and an input is kept once.
    if (!('answers' in rest)) await turn.keep(story)
    const notice = turn.say.t(turn.who?.draft ? 'words.inStory' : 'words.inStoryHere')
    return { ...(await accept(turn, state, rest)), notice }
  }
  if ('problem' in taken) {
    const { problem, known } = taken
    return { to: { ...clean(state), problem, ...(known && { known }) } }
  }
  if ('readings' in taken) return { to: { ...clean(state), readings: taken.readings } }
  if ('ticked' in taken) return { to: { ...clean(state), ticked: taken.ticked } }
  // A slip of the finger must not erase stored answers: asks once more.
  if ('age' in taken && taken.age === 'too-young' && turn.who?.draft) {
    return { to: { name: 'younger' } }
  }
  if ('age' in taken) return otherAge(turn, taken.age)
  await turn.keep(taken.answers)
  const { changing } = state
  const because = dangerIn(turn, state.id)
  if (because) return { to: { name: 'danger', ...because, ...(changing && { changing }) } }
  return { to: onward(turn, state.id, changing) }
}

/** Whether this answer calls for the crisis numbers before the next question. */
const dangerIn = ({ answers, deps }: Turn, id: QuestionId): Pick<Danger, 'because' | 'after'> | null => {
  if (id === 'danger') return answers.danger === 'now' ? { because: 'now' } : null
  if (id !== 'circumstances' && id !== 'categories') return null
  const said = answers[id] ?? []
  const hints = deps.region[id].filter(({ code, urgentHint }) => urgentHint && said.includes(code))
  return hints.length > 0 && answers.danger !== 'now' ? { because: 'heavy', after: id } : null
}

/** Under ten nothing is stored, whatever was said before; from eighteen the person is asked as an adult. */
const otherAge = async (turn: Turn, age: 'too-young' | 'adult'): Promise<Step> => {
  if (age === 'too-young') {
    delete turn.session.answers
    delete turn.session.held
    turn.answers = {}
    return { to: { name: 'under-ten' } }
  }
  const { applicant: _, birthDate: __, ...rest } = turn.answers
  delete turn.session.address
  await turn.keep(rest)
  return { to: { name: 'question', id: 'applicant', problem: 'adult-now' } }
}

const offered = (turn: Turn, id: QuestionId): readonly string[] =>
  question(id).options?.(turn.deps.region, turn.answers) ?? []

const ticks = (turn: Turn, state: State): string[] => {
  const kept = turn.answers[state.id]
  return state.ticked ?? (question(state.id).kind === 'many' && Array.isArray(kept) ? kept.map(String) : [])
}

const clean = ({ problem: _, readings: __, known: ___, ...state }: State): State => state

/** «Ask for help»: the open request where there is one, else the questionnaire where it was left. */
const askFor = async (turn: Turn): Promise<ScreenState> => {
  if (turn.who?.openRequest) return { name: 'status' }
  await takeHeld(turn)
  const begun = walk(turn.answers, turn.deps.region).path.length > 1
  const next: ScreenState = begun ? onward(turn) : { name: 'question', id: 'applicant' }
  // The question that was left, ticks included.
  const { before } = turn.session
  return before?.name === 'question' && next.name === 'question' && before.id === next.id ? before : next
}
