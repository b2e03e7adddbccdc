import type { Region } from '#regions/schema.ts'
import type { Answers } from './answers.ts'
import { isAsked, type Question, questions } from './questions.ts'

/** «Step 3 of 8»: counts what people count, not cards. `null` where the question is out of its turn. */
export const stepCount = (
  { id, step }: Question,
  answers: Answers,
  region: Region,
): { step: number; steps: number } | null => {
  const steps = stepsOf(answers, region)
  // Who tells by choosing from the list is still telling.
  const now = id === 'circumstances' && answers.danger === undefined ? 'story' : step
  const at = steps.indexOf(now)
  return at === -1 ? null : { step: at + 1, steps: steps.length }
}

type Steps = readonly Question['step'][]

/** Every card of the questionnaire shows the count. Answers are never changed in place. */
const counted = new WeakMap<Answers, { region: Region; steps: Steps }>()

const stepsOf = (answers: Answers, region: Region): Steps => {
  const known = counted.get(answers)
  if (known?.region === region) return known.steps
  const steps = [...new Set(questions.filter((one) => isAsked(one, answers, region)).map((one) => one.step))]
  counted.set(answers, { region, steps })
  return steps
}
