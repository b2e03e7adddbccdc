import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { draftOf, editedOf, editedSurveySchema } from '#features/surveys/authoring/edited-survey.ts'
import { composeSurvey } from '#features/surveys/seed-surveys.ts'
import { validateSurvey } from '#features/surveys/validate-survey.ts'
import { ownSurveys } from '#surveys/index.ts'
import { type Survey, surveySchema } from '#surveys/schema.ts'
import { anyQuestions } from '#test/support/any-survey.ts'
import { aSurvey } from '#test/support/drafts-of-surveys.ts'

/** The survey as it comes out of the editor if nobody types anything. */
const untouched = (survey: Survey) => {
  const { code, version } = survey
  const edited = editedSurveySchema.parse(JSON.parse(JSON.stringify(editedOf(survey))))
  return validateSurvey(draftOf(edited, { code, version: version + 1 }), { previous: survey })
}

test('a built-in survey in which nothing was typed is the same survey', async () => {
  const texts = await loadTexts(new URL('../../../locales', import.meta.url).pathname)
  for (const data of ownSurveys) {
    const survey = composeSurvey(texts, data)
    expect(untouched(survey)).toEqual({ survey: { ...survey, version: survey.version + 1 } })
  }
})

test('any survey keeps its questions, and the versions from which they are counted', () => {
  fc.assert(
    fc.property(anyQuestions(4), (questions) => {
      fc.pre(questions.length > 0)
      const survey = surveySchema.parse(aSurvey(questions))
      const found = untouched(survey)
      if (!('survey' in found)) throw new Error(JSON.stringify(found))
      const counted = ({ questions }: Survey) =>
        questions.map(({ showIf: _, rescue: __, ...question }) => question)
      expect(counted(found.survey)).toEqual(counted(survey))
    }),
  )
})
