import fc from 'fast-check'
import type { Answer, Condition, Question, QuestionKind, SingleCondition } from '#surveys/schema.ts'
import { aSurvey, five, words } from './drafts-of-surveys.ts'

const kinds: QuestionKind[] = ['scale', 'yes-no', 'one', 'many', 'ten', 'text']
const codes = ['a', 'b', 'c']
const options = codes.map((code) => ({ code, words: words(code) }))
const nothing: Answer = { number: null, codes: [], text: null }
export const passed = nothing

type Draft = Omit<Question, 'since'>

const partsOf = {
  scale: { scale: five },
  ten: { ends: [words('0'), words('10')] as [ReturnType<typeof words>, ReturnType<typeof words>] },
  one: { options },
  many: { options },
  'yes-no': {},
  text: {},
} satisfies Record<QuestionKind, object>

/** A condition on an earlier question; `wild`: on any question, valid or not. */
const single = (before: readonly Draft[], wild: boolean): fc.Arbitrary<SingleCondition> | null => {
  const fitting = before.flatMap(({ code, kind }): fc.Arbitrary<SingleCondition>[] => {
    const is = (known: readonly string[]) =>
      fc.subarray([...known], { minLength: 1 }).map((chosen) => ({ question: code, is: chosen }))
    const bounds = (least: number, most: number) => [
      fc.integer({ min: least, max: most }).map((atMost) => ({ question: code, atMost })),
      fc.integer({ min: least, max: most }).map((atLeast) => ({ question: code, atLeast })),
    ]
    if (wild) return [is(codes), is(['yes', 'no']), ...bounds(0, 10)]
    if (kind === 'scale') return bounds(1, 5)
    if (kind === 'ten') return bounds(0, 10)
    if (kind === 'yes-no') return [is(['yes', 'no'])]
    return kind === 'text' ? [] : [is(codes)]
  })
  return fitting.length === 0 ? null : fc.oneof(...fitting)
}

const condition = (before: readonly Draft[], wild: boolean): fc.Arbitrary<Condition | undefined> => {
  const one = single(before, wild)
  if (!one) return fc.constant(undefined)
  const any = fc.array(one, { minLength: 2, maxLength: 3 }).map((list) => ({ any: list }))
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.oneof(one, any) },
  )
}

const bare = (mostQuestions: number) =>
  fc
    .array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 4 })), {
      minLength: 1,
      maxLength: mostQuestions,
    })
    .map((list) =>
      list.map(([kind, dice], index): Draft => {
        const required = dice === 0 ? ({ required: true } as const) : {}
        return { code: `q${index}`, kind, words: words(kind), ...partsOf[kind], ...required }
      }),
    )

const withConditions = (wild: boolean, mostQuestions: number) =>
  bare(mostQuestions).chain((questions) =>
    fc
      .tuple(...questions.map((_, index) => condition(wild ? questions : questions.slice(0, index), wild)))
      .map((conditions) =>
        questions.map((question, index): Draft => {
          const showIf = conditions[index]
          return { ...question, ...(showIf && { showIf }) }
        }),
      ),
  )

/** Questions with valid conditions on earlier ones. */
export const anyQuestions = (mostQuestions = 10): fc.Arbitrary<Question[]> =>
  withConditions(false, mostQuestions).map((questions) => questions.map((one) => ({ ...one, since: 1 })))

/** Surveys as a client may send them: with any conditions, including loops and impossible ones. */
export const anyDraft = (mostQuestions = 6): fc.Arbitrary<object> =>
  withConditions(true, mostQuestions).map((questions) => aSurvey(questions))

/** Every answer to a question (one sample for free text), and skipping it. */
export const answersTo = ({ kind }: Pick<Question, 'kind'>): Answer[] => {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, step) => ({ ...nothing, number: from + step }))
  if (kind === 'scale') return [nothing, ...numbers(1, 5)]
  if (kind === 'ten') return [nothing, ...numbers(0, 10)]
  if (kind === 'yes-no') return [nothing, ...numbers(0, 1)]
  if (kind === 'text') return [nothing, { ...nothing, text: 'Всё хорошо' }]
  const sets = kind === 'one' ? codes.map((code) => [code]) : [['a'], ['b'], ['c'], ['a', 'c'], codes]
  return [nothing, ...sets.map((chosen) => ({ ...nothing, codes: chosen }))]
}

/** Answers to some questions, on or off the path. */
export const anyAnswers = (questions: readonly Question[]): fc.Arbitrary<Map<string, Answer>> =>
  fc
    .tuple(...questions.map((question) => fc.option(fc.constantFrom(...answersTo(question)))))
    .map((answers) => {
      const given = questions.flatMap(({ code }, index): [string, Answer][] => {
        const answer = answers[index]
        return answer ? [[code, answer]] : []
      })
      return new Map(given)
    })
