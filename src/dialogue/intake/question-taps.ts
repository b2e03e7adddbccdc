import type { Tap } from '#dialogue/callback-data.ts'
import type { StateOf } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { Answers, QuestionId } from '#features/intake/answers.ts'
import { exclusiveOptions, otherOption, question, questions } from '#features/intake/questions.ts'
import { chosenIn, withChosen } from '#features/intake/topics.ts'
import { previousQuestion } from '#features/intake/walk.ts'
import { accept, clean } from './accept-answer.ts'
import { agree, fullText, refuse } from './consent-question.ts'
import { mapIn, takeReading } from './parse-answer.ts'

type State = StateOf<'question'>

export const questionTaps: {
  [A in Tap['action']]?: (turn: Turn, state: State, arg: string) => Promise<Step | null> | Step | null
} = {
  set: (turn, state, code) => {
    const { kind, list } = question(state.id)
    if (kind !== 'one' && kind !== 'phone') return null
    if (!offered(turn, state.id).includes(code) && !(kind === 'phone' && code === 'telegram-only'))
      return null
    // A place on the map that was sent already says where.
    const map = state.id === 'territory' && code === otherOption ? mapIn(turn.answers) : {}
    return accept(turn, state, {
      answers: { ...turn.answers, [state.id]: list ? [code] : code, ...map } as Answers,
    })
  },
  tick: (turn, state, code) => {
    if (!offered(turn, state.id).includes(code)) return null
    const kept = ticks(turn, state).filter((one) => !exclusiveOptions.includes(one) && one !== code)
    // «I do not know» has nothing to be confirmed.
    if (exclusiveOptions.includes(code)) return answer(turn, state, [code])
    const ticked = offered(turn, state.id).filter((one) => one === code || kept.includes(one))
    return { to: { ...clean(state), ticked } }
  },
  untick: (turn, state, code) => ({
    to: { ...clean(state), ticked: ticks(turn, state).filter((one) => one !== code) },
  }),
  page: (_, state, page) => (/^\d{1,2}$/.test(page) ? { to: { ...clean(state), page: Number(page) } } : null),
  done: (turn, state) => {
    if (question(state.id).kind !== 'many') return null
    const ticked = ticks(turn, state)
    return ticked.length === 0 ? { to: { ...state, problem: 'tick-one' } } : answer(turn, state, ticked)
  },
  skip: (turn, state, which) => {
    if (which !== '') return skip(turn, state, which)
    if (state.id === 'name') return answer(turn, state, turn.say.label('question.name.none'))
    if (state.id === 'children') return answer(turn, state, [])
    return question(state.id).optional ? answer(turn, state, null) : null
  },
  /** Tells by choosing from the list, which has its turn later otherwise. */
  change: async (turn, state) => {
    if (state.id !== 'ownWords' || state.changing) return null
    await turn.keep({ ...turn.answers, ownWords: turn.answers.ownWords ?? null })
    return { to: { name: 'question', id: 'circumstances' } }
  },
  yes: (turn, state, at) => {
    const reading = /^\d$/.test(at) ? state.readings?.[Number(at)] : undefined
    return reading ? accept(turn, clean(state), takeReading(turn, reading)) : null
  },
  no: (_, state) => ({ to: clean(state) }),
  agree,
  refuse,
  full: (turn, state) =>
    question(state.id).kind === 'consent'
      ? fullText(turn, state)
      : { to: { ...clean(state), explained: true } },
  back: (turn, state) => {
    // Back from a topic is back to the topics.
    if (state.id === 'circumstances' && (state.page ?? 0) > 0) return { to: { ...clean(state), page: 0 } }
    if (state.changing) return { to: { name: 'summary' } }
    const previous = previousQuestion(state.id, turn.answers, turn.deps.region)
    return { to: previous === null ? { name: 'home' } : { name: 'question', id: previous } }
  },
}

const answer = (turn: Turn, state: State, said: unknown): Promise<Step> =>
  accept(turn, state, { answers: answered(turn, state, said) })

const answered = ({ answers, deps }: Turn, { id }: State, said: unknown): Answers =>
  id === 'circumstances' && Array.isArray(said)
    ? withChosen(answers, deps.region, said.map(String))
    : ({ ...answers, [id]: said } as Answers)

/** Leaves this question, or all that can be asked later, to the specialist. */
const skip = (turn: Turn, state: State, which: string): Promise<Step> | null => {
  if (!question(state.id).later || (which !== 'this' && which !== 'rest')) return null
  const left = which === 'this' ? [state.id] : questions.filter(({ later }) => later).map(({ id }) => id)
  const { [state.id]: _, ...others } = turn.answers
  const ticked = ticks(turn, state)
  const answers = which === 'rest' && ticked.length > 0 ? answered(turn, state, ticked) : others
  const skipped = [...new Set([...(answers.skipped ?? []), ...left])]
  return accept(turn, state, { answers: { ...answers, skipped } })
}

const offered = (turn: Turn, id: QuestionId): readonly string[] => [
  ...(id === 'circumstances' ? turn.deps.region.categories.map(({ code }) => code) : []),
  ...(question(id).options?.(turn.deps.region, turn.answers) ?? []),
]

export const ticks = (turn: Turn, state: State): string[] => {
  const kept = state.id === 'circumstances' ? chosenIn(turn.answers) : turn.answers[state.id]
  return state.ticked ?? (question(state.id).kind === 'many' && Array.isArray(kept) ? kept.map(String) : [])
}
