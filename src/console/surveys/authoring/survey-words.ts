import type { Language, Say } from '#core/text.ts'
import { type Reader, wordsFor } from '#features/surveys/spoken-questions.ts'
import type { Condition, Question, SingleCondition, Survey, Words } from '#surveys/schema.ts'

/** What is read of surveys by whoever writes them: in their own language, as adults. */
export const inWords = ({ language }: Say, words: Words): string =>
  wordsFor(words, { language, minor: false })

/** «после визита · всем · 5 вопросов». */
export const aboutSurvey = (say: Say, { when, audience, questions }: Survey): string => {
  const count = 'months' in when ? when.months : 0
  return [
    say.label(`consoleSettings.surveys.when.${when.on}`, { count }),
    say.label(`consoleSettings.surveys.audience.${audience}`),
    say.label('consoleSettings.surveys.questions', { count: questions.length }),
  ].join(' · ')
}

/** When a question is asked: «после ответа «Помогли?»: не больше 2; или …». */
export const conditionWords = (say: Say, { questions }: Survey, condition: Condition): string => {
  const singles = 'any' in condition ? condition.any : [condition]
  return singles
    .map((single) => {
      const of = questions.find(({ code }) => code === single.question)
      const question = of ? inWords(say, of.words) : single.question
      return say.label('consoleAuthoring.preview.test', { question, answer: testWords(say, of, single) })
    })
    .join(` ${say.label('consoleAuthoring.preview.or')} `)
}

const testWords = (say: Say, question: Question | undefined, single: SingleCondition): string => {
  if ('atMost' in single) return say.label('consoleAuthoring.atMost', { number: single.atMost })
  if ('atLeast' in single) return say.label('consoleAuthoring.atLeast', { number: single.atLeast })
  return single.is
    .map((code) => {
      if (question?.kind === 'yes-no') return say.label(code === 'yes' ? 'survey.yes' : 'survey.no')
      const option = question?.options?.find((one) => one.code === code)
      return option ? inWords(say, option.words) : code
    })
    .join(', ')
}

/** For whom a preview is drawn: `adult-ru`. */
export const previewReaders = ['adult-ru', 'minor-ru', 'adult-en', 'minor-en'] as const
export type PreviewReader = (typeof previewReaders)[number]

export const readerIn = (as: PreviewReader): Reader => {
  const [who, language] = as.split('-')
  return { minor: who === 'minor', language: language as Language }
}

/** The readers that a survey has: those of its audience, and in English where it has any. */
export const readersOf = ({ audience, title, questions }: Survey): PreviewReader[] => {
  const english = title.en !== undefined || questions.some(({ words }) => words.en !== undefined)
  return previewReaders.filter((as) => {
    const { minor, language } = readerIn(as)
    return (audience === 'everyone' || (audience === 'minors') === minor) && (language === 'ru' || english)
  })
}
