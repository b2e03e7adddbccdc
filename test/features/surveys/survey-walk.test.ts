import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAnswer } from '#features/surveys/answer-questions.ts'
import { validateSurvey } from '#features/surveys/validate-survey.ts'
import { secondsOf } from '#features/surveys/estimated-time.ts'
import { questionBefore, walkSurvey } from '#features/surveys/survey-walk.ts'
import {
  type Answer,
  type Answers,
  type Question,
  secondsFor,
  type SingleCondition,
} from '#surveys/schema.ts'
import { anyAnswers, anyDraft, anyQuestions, answersTo, passed } from '#test/support/any-survey.ts'

const walked = (questions: readonly Question[], answers: Answers) =>
  walkSurvey({ questions: [...questions] }, answers)
const codesOf = (questions: readonly { code: string }[]) => questions.map(({ code }) => code)
const singlesOf = ({ showIf }: Question): SingleCondition[] =>
  showIf === undefined ? [] : 'any' in showIf ? showIf.any : [showIf]

/** Whether a condition holds: an independent implementation for comparison. */
const isMet = (single: SingleCondition, answers: Answers): boolean => {
  const answer = answers.get(single.question)
  if (!answer) return false
  const { number, codes } = answer
  if ('is' in single) {
    const named = number === null ? codes : [number === 1 ? 'yes' : 'no']
    return single.is.some((code) => named.includes(code))
  }
  if (number === null) return false
  return 'atMost' in single ? number <= single.atMost : number >= single.atLeast
}

/** Questions, and answers to some of them. */
const half = anyQuestions().chain((questions) => fc.tuple(fc.constant(questions), anyAnswers(questions)))

/** Answers open questions at random until none is left. */
const play = (questions: readonly Question[], dice: readonly number[]) => {
  const answers = new Map<string, Answer>()
  for (let step = 0; step <= questions.length; step += 1) {
    const { gap } = walked(questions, answers)
    if (!gap) return { ...walked(questions, answers), steps: step }
    const choices = answersTo(gap).slice(gap.required ? 1 : 0)
    answers.set(gap.code, choices[(dice[step] ?? 0) % choices.length] ?? passed)
  }
  throw new Error('it does not end')
}
const anyDice = fc.array(fc.nat(), { minLength: 10, maxLength: 10 })

describe('for any survey and any answers', () => {
  test('the path contains exactly the questions whose conditions its answers meet, in order', () => {
    fc.assert(
      fc.property(half, ([questions, answers]) => {
        const walk = walked(questions, answers)
        const expected = questions.filter(
          (question) => !question.showIf || singlesOf(question).some((one) => isMet(one, walk.answers)),
        )
        expect(codesOf(walk.path)).toEqual(codesOf(expected))
      }),
    )
  })

  test('answers off the path, and empty ones, never count', () => {
    fc.assert(
      fc.property(half, ([questions, answers]) => {
        const walk = walked(questions, answers)
        for (const [code, answer] of walk.answers) {
          expect(codesOf(walk.path)).toContain(code)
          expect(answers.get(code)).toBe(answer)
        }
        const off = questions.filter(({ code }) => !codesOf(walk.path).includes(code))
        // Answers off the path may be anything, or missing.
        for (const other of [new Map(walk.answers), new Map([...answers, ['stranger', passed] as const])]) {
          for (const question of off) other.set(question.code, answersTo(question).at(-1) ?? passed)
          const again = walked(questions, other)
          expect([codesOf(again.path), again.gap, [...again.answers]]).toEqual([
            codesOf(walk.path),
            walk.gap,
            [...walk.answers],
          ])
        }
      }),
    )
  })

  test('the gap is the first question that is unanswered, or required and skipped', () => {
    fc.assert(
      fc.property(half, ([questions, answers]) => {
        const { path, gap, answers: counted } = walked(questions, answers)
        const open = path.filter(({ code, required }) => {
          const answer = answers.get(code)
          return answer === undefined || (required === true && answer === passed)
        })
        expect(codesOf(path).filter((code) => !counted.has(code))).toEqual(codesOf(open))
        expect(gap).toBe(open[0] ?? null)
      }),
    )
  })

  test('the walk always ends, and back leads to the start', () => {
    fc.assert(
      fc.property(anyQuestions(), anyDice, (questions, dice) => {
        const { path, gap, steps, answers } = play(questions, dice)
        expect([gap, steps, answers.size]).toEqual([null, path.length, path.length])
        const back: string[] = []
        for (let at = path.at(-1) ?? null; at; at = questionBefore({ path, gap, answers }, at.code))
          back.unshift(at.code)
        expect(back).toEqual(codesOf(path))
      }),
    )
  })

  test('every question can be skipped unless required', () => {
    fc.assert(
      fc.property(anyQuestions(), (questions) => {
        for (const question of questions) {
          const answer = readAnswer(question, 'skip')
          expect(answer).toEqual(question.required ? null : passed)
        }
        const optional = questions.map(({ required: _, ...question }) => question)
        const { path, answers } = play(optional, [])
        // A skipped question meets no condition.
        expect(codesOf(path)).toEqual(codesOf(optional.filter(({ showIf }) => !showIf)))
        expect([...answers.values()].every((answer) => answer === passed)).toBe(true)
      }),
    )
  })

  test('a changed answer adds and removes dependent questions, and affects nothing else', () => {
    const changed = half.chain(([questions, answers]) =>
      fc
        .nat(questions.length - 1)
        .chain((index) =>
          fc.tuple(
            fc.constant({ questions, answers, index }),
            fc.constantFrom(...answersTo(questions[index] ?? { kind: 'text' })),
          ),
        ),
    )
    fc.assert(
      fc.property(changed, ([{ questions, answers, index }, answer]) => {
        const code = `q${index}`
        const hanging = new Set([code])
        for (const question of questions)
          if (singlesOf(question).some((single) => hanging.has(single.question))) hanging.add(question.code)
        const before = walked(questions, answers)
        const after = walked(questions, new Map([...answers, [code, answer]]))
        const free = (codes: readonly string[]) => codes.filter((one) => !hanging.has(one))
        expect(free(codesOf(after.path))).toEqual(free(codesOf(before.path)))
        expect(free([...after.answers.keys()])).toEqual(free([...before.answers.keys()]))
        // Changing it back restores the initial state.
        const kept = answers.get(code)
        if (kept) {
          const again = walked(questions, new Map([...answers, [code, answer], [code, kept]]))
          expect(codesOf(again.path)).toEqual(codesOf(before.path))
        }
      }),
    )
  })
})

describe('a valid survey', () => {
  const good = anyDraft().map((draft) => validateSurvey(draft, { previous: null }))

  test('ends for any answers, within its estimated time', () => {
    let kept = 0
    fc.assert(
      fc.property(good, anyDice, (judged, dice) => {
        if ('problems' in judged) return
        kept += 1
        const { questions } = judged.survey
        const { path } = play(questions, dice)
        const seconds = path.reduce((sum, { kind }) => sum + secondsFor[kind], 0)
        expect(seconds).toBeLessThanOrEqual(secondsOf(questions))
      }),
      { numRuns: 1_000 },
    )
    expect(kept).toBeGreaterThan(50)
  })

  test('has answers that lead to every question, and some that take the longest path', () => {
    fc.assert(
      fc.property(anyQuestions(4), (questions) => {
        const ways = everyWay(questions)
        const met = new Set(ways.flatMap(codesOf))
        expect(codesOf(questions).filter((code) => !met.has(code))).toEqual([])
        const times = ways.map((path) => path.reduce((sum, { kind }) => sum + secondsFor[kind], 0))
        expect(secondsOf(questions)).toBe(Math.max(...times))
      }),
      { numRuns: 60 },
    )
  })
})

/** The paths of all possible answers. */
const everyWay = (questions: readonly Question[]): (readonly Question[])[] => {
  const ways: (readonly Question[])[] = []
  const go = (answers: Answers) => {
    const { gap, path } = walked(questions, answers)
    if (!gap) return ways.push(path)
    for (const answer of answersTo(gap).slice(gap.required ? 1 : 0))
      go(new Map([...answers, [gap.code, answer]]))
    return ways.length
  }
  go(new Map())
  return ways
}
