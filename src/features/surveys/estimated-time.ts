import type { DraftQuestion } from '#surveys/draft.ts'
import { type Answer, mostQuestions, secondsFor, type SingleCondition } from '#surveys/schema.ts'
import { meets } from './survey-walk.ts'

/** More steps than any realistic survey needs. */
const mostSteps = 20_000

/**
 * Estimated time of a survey (s): its longest path, because nobody is asked both the questions after «yes» and those
 * after «no». If there are too many paths to search, returns the sum over all questions.
 */
export const secondsOf = (questions: readonly DraftQuestion[]): number => {
  const rest = questions.map((_, index) =>
    questions.slice(index).reduce((sum, { kind }) => sum + secondsFor[kind], 0),
  )
  const all = rest[0] ?? 0
  if (questions.length > mostQuestions) return all
  const branches = questions.map((question) => branchesOf(question, conditionsOn(questions, question.code)))
  let longest = 0
  let steps = 0
  const walk = (index: number, met: ReadonlySet<SingleCondition>, seconds: number): void => {
    longest = Math.max(longest, seconds)
    const question = questions[index]
    steps += 1
    if (!question || seconds + (rest[index] ?? 0) <= longest || steps > mostSteps) return
    const asked = !question.showIf || conditionsIn(question).some((condition) => met.has(condition))
    if (asked)
      for (const branch of branches[index] ?? [])
        walk(index + 1, new Set([...met, ...branch]), seconds + secondsFor[question.kind])
    else walk(index + 1, met, seconds)
  }
  walk(0, new Set(), 0)
  return steps > mostSteps ? all : longest
}

const conditionsIn = ({ showIf }: DraftQuestion): SingleCondition[] => {
  if (!showIf) return []
  return 'any' in showIf ? showIf.any : [showIf]
}

const conditionsOn = (questions: readonly DraftQuestion[], code: string): SingleCondition[] =>
  questions.flatMap(conditionsIn).filter(({ question }) => question === code)

/**
 * The branches of a question, each as the conditions that its answers meet. A branch whose conditions are a subset of
 * another's is dropped: no condition requires an answer to be absent.
 */
const branchesOf = (
  question: DraftQuestion,
  conditions: readonly SingleCondition[],
): (readonly SingleCondition[])[] => {
  const met = answersTo(question).map((answer) => conditions.filter((condition) => meets(condition, answer)))
  const isBehind = (one: number, other: number): boolean => {
    const [less = [], more = []] = [met[one], met[other]]
    const within = less.every((condition) => more.includes(condition))
    return within && (less.length < more.length || other < one)
  }
  return met.filter((_, one) => !met.some((_other, other) => isBehind(one, other)))
}

const answersTo = ({ kind, options = [] }: DraftQuestion): Answer[] => {
  const nothing: Answer = { number: null, codes: [], text: null }
  const codes = options.map(({ code }) => code)
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, step) => ({ ...nothing, number: from + step }))
  if (kind === 'scale') return numbers(1, 5)
  if (kind === 'ten') return numbers(0, 10)
  if (kind === 'yes-no') return numbers(0, 1)
  if (kind === 'one' && codes.length > 0) return codes.map((code) => ({ ...nothing, codes: [code] }))
  return [{ ...nothing, codes }]
}
