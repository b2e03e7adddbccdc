import type { DraftQuestion } from '#surveys/draft.ts'
import type { QuestionKind, Words } from '#surveys/schema.ts'
import type { Found } from './survey-errors.ts'

/** The parts that each kind of question requires; any other is an error. */
const parts = {
  scale: ['scale'],
  ten: ['ends'],
  one: ['options'],
  many: ['options'],
  'yes-no': [],
  text: [],
} as const satisfies Record<QuestionKind, readonly ('scale' | 'ends' | 'options')[]>

/** All errors in a question by itself. */
export const questionFaults = (question: DraftQuestion, minors: boolean): Found[] => [
  ...(minors ? missingMinorWords('words', question.words) : []),
  ...(['scale', 'ends', 'options'] as const).flatMap((part) => partFaults(question, part)),
  ...optionFaults(question),
  ...rescueFaults(question),
]

/** Questions and titles need a wording for minors; choices («Yes») may share one. */
export const missingMinorWords = (place: string, { ru, en }: Words): Found[] => [
  ...(ru.minor === undefined ? [[`${place}/ru/minor`, 'minor-words'] as Found] : []),
  ...(en && en.minor === undefined ? [[`${place}/en/minor`, 'minor-words'] as Found] : []),
]

const partFaults = (question: DraftQuestion, part: 'scale' | 'ends' | 'options'): Found[] => {
  const needed: readonly string[] = parts[question.kind]
  if (needed.includes(part) === (question[part] !== undefined)) return []
  return [[part, needed.includes(part) ? 'missing' : 'superfluous']]
}

const optionFaults = ({ options = [] }: DraftQuestion): Found[] =>
  options.flatMap(({ code }, index): Found[] =>
    options.findIndex((one) => one.code === code) < index ? [[`options/${index}/code`, 'twice']] : [],
  )

const rescueFaults = ({ rescue, ...question }: DraftQuestion): Found[] => {
  if (!rescue) return []
  if (question.kind === 'text') return [['rescue', 'superfluous']]
  return boundFaults(question, rescue).map(([place, ...found]): Found => [`rescue/${place}`, ...found])
}

const ranges: Partial<Record<QuestionKind, readonly [least: number, most: number]>> = {
  scale: [1, 5],
  ten: [0, 10],
}

type Bound = { atMost: number } | { atLeast: number } | { is: readonly string[] }

/** All errors in a bound on answers: bounds that no answer can meet. */
export const boundFaults = (question: Pick<DraftQuestion, 'kind' | 'options'>, bound: Bound): Found[] => {
  const range = ranges[question.kind]
  if ('is' in bound) {
    if (range || question.kind === 'text') return [['is', 'bound']]
    const known = question.kind === 'yes-no' ? ['yes', 'no'] : question.options?.map(({ code }) => code)
    return bound.is.flatMap((code, index): Found[] => {
      if (known && !known.includes(code)) return [[`is/${index}`, 'unknown-option', code]]
      return bound.is.indexOf(code) < index ? [[`is/${index}`, 'twice']] : []
    })
  }
  const place = 'atMost' in bound ? 'atMost' : 'atLeast'
  if (!range) return [[place, 'bound']]
  const [least, most] = range
  const met = 'atMost' in bound ? bound.atMost >= least : bound.atLeast <= most
  return met ? [] : [[place, 'never']]
}
