import type { Say } from '#core/text.ts'
import type { SurveyFault } from '#features/surveys/survey-errors.ts'

const fieldNames = [
  ...(['title', 'when', 'audience', 'questions', 'words', 'scale', 'ends', 'options'] as const),
  ...(['showIf', 'rescue'] as const),
] as const
type Field = (typeof fieldNames)[number] | 'other'

/** Where a fault stands: the question, from 0 (null: the head of the survey), and the field. */
export type FaultPlace = { question: number | null; field: Field; words: string }

/** A fault in words: of which field, of which answer of a list, and what is wrong. */
export const faultPlace = (say: Say, { path, code, detail }: SurveyFault): FaultPlace => {
  const [, number, inside] = /^#\/questions\/(\d+)\/?(.*)$/.exec(path) ?? []
  const parts = (inside ?? path.replace(/^#\/?/, '')).split('/')
  const field = fieldNames.find((one) => one === parts[0]) ?? 'other'
  const item = isList(field) && /^\d+$/.test(parts[1] ?? '') ? Number(parts[1]) + 1 : null
  const name = say.label(`consoleAuthoring.fields.${field}`)
  const where = item === null ? name : say.label('consoleAuthoring.fieldItem', { field: name, number: item })
  const what = say.label(problemKey({ field, code, isItem: item !== null }), { detail: detail ?? '' })
  return {
    question: number === undefined ? null : Number(number),
    field,
    words: say.label('consoleAuthoring.fault', { where, what }),
  }
}

const isList = (field: Field): boolean => field === 'scale' || field === 'ends' || field === 'options'

/** What does not fit the form is said by its field: a schema's own words are for systems. */
const problemKey = ({
  field,
  code,
  isItem,
}: {
  field: Field
  code: SurveyFault['code']
  isItem: boolean
}): string => {
  if (code !== 'form') return `consoleAuthoring.faults.${code}`
  if (isItem || field === 'words' || field === 'title') return 'consoleAuthoring.form.words'
  return `consoleAuthoring.form.${field}`
}
