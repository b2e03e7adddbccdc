import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { cleanText } from '#core/words.ts'
import type {
  EditedBounds,
  EditedQuestion,
  EditedSurvey,
  EditedWords,
} from '#features/surveys/authoring/edited-survey.ts'
import { mostOptions } from '#surveys/schema.ts'

/** What a form of the editor has: fields, and the button that was pressed. */
export const editFields = z.looseObject({ act: z.string().max(60).catch('save') })
type Fields = z.output<typeof editFields>

/** Longer than any text may be: so much is kept, and then said to be too long. */
const longestTyped = 1000

const wordIn = (fields: Fields, name: string): string => {
  const value = fields[name]
  const text = typeof value === 'string' ? value : ''
  if (text.length > longestTyped) throw new DomainError('invalid-input', { field: name })
  return cleanText(text)
}

/** Of check boxes; the field may come several times. */
const codesIn = (fields: Fields, name: string): string[] =>
  [fields[name]]
    .flat()
    .flatMap((one) => (typeof one === 'string' && one !== '' && one.length <= 32 ? [one] : []))
    .slice(0, 12)

const wordsIn = (fields: Fields, name: string): EditedWords => ({
  ru: wordIn(fields, `${name}.ru`),
  ruMinor: wordIn(fields, `${name}.ruMinor`),
  en: wordIn(fields, `${name}.en`),
  enMinor: wordIn(fields, `${name}.enMinor`),
})

const boundsIn = (fields: Fields, name: string): EditedBounds => ({
  atMost: wordIn(fields, `${name}.atMost`),
  atLeast: wordIn(fields, `${name}.atLeast`),
  is: codesIn(fields, `${name}.is`),
})

/** The head of a survey with what was typed. */
export const headTyped = (survey: EditedSurvey, fields: Fields): EditedSurvey => ({
  ...survey,
  title: wordsIn(fields, 'title'),
  on: wordIn(fields, 'on'),
  months: wordIn(fields, 'months'),
  audience: wordIn(fields, 'audience'),
})

const has = (fields: Fields, name: string): boolean => typeof fields[name] === 'string'
const upTo = (most: number): number[] => Array.from({ length: most }, (_, index) => index)

/** What was typed of a question. Parts that this form does not have stay as they were. */
export const questionIn = (
  { code, questions }: { code: string; questions: readonly EditedQuestion[] },
  fields: Fields,
): Partial<EditedQuestion> => {
  const before = questions.find((one) => one.code === code)
  const known = new Set(before?.options.map((one) => one.code))
  const several = (name: string, count: number) =>
    upTo(count).map((index) => wordsIn(fields, `${name}.${index}`))
  const options = upTo(mostOptions)
    .filter((index) => has(fields, `option.${index}.ru`))
    .map((index) => {
      const given = wordIn(fields, `option.${index}.code`)
      return { code: known.has(given) ? given : '', words: wordsIn(fields, `option.${index}`) }
    })
  return {
    kind: wordIn(fields, 'kind'),
    words: wordsIn(fields, 'words'),
    required: has(fields, 'required'),
    ...(has(fields, 'scale.0.ru') && { scale: several('scale', 5) }),
    ...(has(fields, 'ends.0.ru') && { ends: several('ends', 2) }),
    ...(options.length > 0 && { options }),
    ...(has(fields, 'tests') && {
      showIf: questions
        .slice(
          0,
          questions.findIndex((one) => one.code === code),
        )
        .map((one) => ({
          question: one.code,
          ...boundsIn(fields, `if.${one.code}`),
        })),
    }),
    ...(has(fields, 'rescues') && { rescue: boundsIn(fields, 'rescue') }),
  }
}
