import { z } from 'zod'
import type { Condition, Question, SingleCondition, Survey, Words } from '#surveys/schema.ts'

// A survey while it is typed: fields as they stand in a form, right or wrong.

const text = z.string().max(1000).catch('')
const codes = z.array(z.string().max(32)).max(12).catch([])

/** Wording in Russian and English, for adults and, where it differs, for minors; empty: not given. */
const editedWords = z.object({ ru: text, ruMinor: text, en: text, enMinor: text })
export type EditedWords = z.output<typeof editedWords>

/** Bounds on an answer: a number in words, or codes. */
const bounds = z.object({ atMost: text, atLeast: text, is: codes })
export type EditedBounds = z.output<typeof bounds>

const editedQuestionSchema = z.object({
  code: z.string().max(32),
  kind: text,
  words: editedWords,
  required: z.boolean().catch(false),
  scale: z.array(editedWords).max(5),
  ends: z.array(editedWords).max(2),
  options: z.array(z.object({ code: z.string().max(32), words: editedWords })).max(8),
  /** Shown if any of them holds. */
  showIf: z.array(bounds.extend({ question: z.string().max(32) })).max(30),
  /** `atLeast` has no meaning here. */
  rescue: bounds,
})
export type EditedQuestion = z.output<typeof editedQuestionSchema>

/** `base`: the version that it began with; 0: none. */
export const editedSurveySchema = z.object({
  base: z.int().min(0),
  on: text,
  months: text,
  audience: text,
  title: editedWords,
  questions: z.array(editedQuestionSchema).max(40),
})
export type EditedSurvey = z.output<typeof editedSurveySchema>

export const noWords: EditedWords = { ru: '', ruMinor: '', en: '', enMinor: '' }
export const noBounds: EditedBounds = { atMost: '', atLeast: '', is: [] }

export const typedWords = ({ ru, en }: Words): EditedWords => ({
  ...{ ru: ru.adult, ruMinor: ru.minor ?? '', en: en?.adult ?? '', enMinor: en?.minor ?? '' },
})

/** A survey that can be typed over; an empty one where there is none. Pure. */
export const editedOf = (survey: Survey | null): EditedSurvey => {
  if (!survey)
    return { base: 0, on: 'hand', months: '3', audience: 'everyone', title: noWords, questions: [] }
  const { version, when, audience, title, questions } = survey
  return {
    ...{ base: version, on: when.on, months: 'months' in when ? `${when.months}` : '3', audience },
    title: typedWords(title),
    questions: questions.map(editedQuestion),
  }
}

const editedQuestion = ({ code, kind, words, scale, ends, options, ...rest }: Question): EditedQuestion => ({
  ...{ code, kind, words: typedWords(words), required: rest.required === true },
  scale: (scale ?? []).map(typedWords),
  ends: (ends ?? []).map(typedWords),
  options: (options ?? []).map((one) => ({ code: one.code, words: typedWords(one.words) })),
  showIf: rest.showIf ? testsOf('any' in rest.showIf ? rest.showIf.any : [rest.showIf]) : [],
  rescue: rest.rescue ? typedBounds([rest.rescue]) : noBounds,
})

const testsOf = (singles: readonly SingleCondition[]): EditedQuestion['showIf'] =>
  [...Map.groupBy(singles, ({ question }) => question)].map(([question, own]) => ({
    question,
    ...typedBounds(own),
  }))

type Bound = { atMost: number } | { atLeast: number } | { is: readonly string[] }

/** Any of several bounds, as one: the widest of each kind. */
const typedBounds = (all: readonly Bound[]): EditedBounds => {
  const most = all.flatMap((one) => ('atMost' in one ? [one.atMost] : []))
  const least = all.flatMap((one) => ('atLeast' in one ? [one.atLeast] : []))
  return {
    atMost: most.length > 0 ? `${Math.max(...most)}` : '',
    atLeast: least.length > 0 ? `${Math.min(...least)}` : '',
    is: [...new Set(all.flatMap((one) => ('is' in one ? [...one.is] : [])))],
  }
}

/** The draft that was typed; whether it is a survey, `validateSurvey` says. Pure. */
export const draftOf = (edited: EditedSurvey, { code, version }: { code: string; version: number }) => ({
  ...{ code, version, audience: edited.audience, title: wordsOf(edited.title) },
  when: {
    on: edited.on,
    ...((edited.on === 'period' || edited.on === 'after-end') && { months: numberOf(edited.months) }),
  },
  questions: edited.questions.map(draftQuestion),
})

/** Of the parts only those that this kind of question has: what was typed for another kind is kept, and not sent. */
const draftQuestion = (one: EditedQuestion) => {
  const { code, kind, words, required, scale, ends, options } = one
  const showIf = conditionOf(one)
  const [rescue] = boundsIn(one.rescue)
  return {
    ...{ code, kind, words: wordsOf(words) },
    ...(required && { required: true }),
    ...(kind === 'scale' && { scale: scale.map(wordsOf) }),
    ...(kind === 'ten' && { ends: ends.map(wordsOf) }),
    ...((kind === 'one' || kind === 'many') && {
      options: options.map((option) => ({ code: option.code, words: wordsOf(option.words) })),
    }),
    ...(showIf && { showIf }),
    ...(rescue && kind !== 'text' && { rescue }),
  }
}

const wordsOf = ({ ru, ruMinor, en, enMinor }: EditedWords) => ({
  ru: { adult: ru, ...(ruMinor.trim() !== '' && { minor: ruMinor }) },
  ...((en + enMinor).trim() !== '' && {
    en: { adult: en, ...(enMinor.trim() !== '' && { minor: enMinor }) },
  }),
})

const numberOf = (typed: string): number => (/^\d{1,3}$/.test(typed.trim()) ? Number(typed) : Number.NaN)

const boundsIn = ({ atMost, atLeast, is }: EditedBounds): Bound[] => [
  ...(atMost === '' ? [] : [{ atMost: numberOf(atMost) }]),
  ...(atLeast === '' ? [] : [{ atLeast: numberOf(atLeast) }]),
  ...(is.length === 0 ? [] : [{ is }]),
]

const conditionOf = ({ showIf }: EditedQuestion): Condition | undefined => {
  const singles = showIf.flatMap(({ question, ...test }) =>
    boundsIn(test).map((bound) => ({ question, ...bound }) as SingleCondition),
  )
  return singles.length > 1 ? { any: singles } : singles[0]
}
