import type { Clock } from '#core/clock.ts'
import { languages, type Texts } from '#core/text.ts'
import type { Database } from '#storage/database.ts'
import { insertSurveys, newestSurveys } from '#storage/surveys/surveys.ts'
import type { QuestionData, ScaleName, SurveyData } from '#surveys/data.ts'
import { ownSurveys } from '#surveys/index.ts'
import type { Question, Survey, Words } from '#surveys/schema.ts'

/** Composes a built-in survey with its texts. Pure; throws if a text is missing. */
export const composeSurvey = (texts: Texts, { questions, ...data }: SurveyData): Survey => {
  const name = inTexts(data.code)
  return {
    ...data,
    title: wordsIn(texts, `surveyTexts.${name}.title`),
    questions: questions.map((question) => composeQuestion(texts, name, question)),
  }
}

const composeQuestion = (
  texts: Texts,
  survey: string,
  { since = 1, scale, options, ...data }: QuestionData,
): Question => {
  const name = inTexts(data.code)
  const words = (place: string) => wordsIn(texts, `surveyTexts.${survey}.questions.${name}.${place}`)
  return {
    ...data,
    since,
    words: words('ask'),
    ...(scale && { scale: readyScale(texts, scale) }),
    ...(data.kind === 'ten' && { ends: [words('ends.least'), words('ends.most')] }),
    ...(options && { options: options.map((code) => ({ code, words: words(`options.${inTexts(code)}`) })) }),
  }
}

/** The labels of 1 to 5 that several questions share. */
export const readyScale = (texts: Texts, scale: ScaleName): Words[] =>
  [1, 2, 3, 4, 5].map((step) => wordsIn(texts, `surveyTexts.scales.${scale}.${step}`))

/** `after-visit` is `afterVisit` in the texts. */
const inTexts = (code: string): string =>
  code.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The text of a key for adults and, if it differs, for minors. */
const wordsIn = (texts: Texts, key: string): Words => {
  const [ru, en] = languages.map((language) => {
    const [adult, minor] = [texts.for(language, 'adult').label(key), texts.for(language, 'minor').label(key)]
    return { adult, ...(minor !== adult && { minor }) }
  })
  if (!ru) throw new Error(`no Russian words for ${key}`)
  return { ru, ...(en && { en }) }
}

/**
 * Stores the built-in surveys that are not stored yet. A survey that the centre has changed or retired is left alone,
 * even if a later release brings a new version. Returns the number stored.
 */
export const seedSurveys = async (database: Database, texts: Texts, clock: Clock): Promise<number> => {
  const kept = new Map((await newestSurveys(database)).map((stored) => [stored.survey.code, stored]))
  const missing = ownSurveys.filter(({ code, version }) => {
    const newest = kept.get(code)
    if (!newest) return true
    const isBuiltIn = newest.apiKeyId === null && newest.staffId === null
    return isBuiltIn && newest.retiredAt === null && newest.survey.version < version
  })
  if (missing.length === 0) return 0
  const surveys = missing.map((data) => composeSurvey(texts, data))
  return database.transaction((tx) => insertSurveys(tx, surveys, { publishedAt: clock.now() }))
}
