import { z } from 'zod'
import { addresses, languages } from '#core/text.ts'
import { secondsOf } from '#features/surveys/estimated-time.ts'
import { spokenQuestion, wordsFor } from '#features/surveys/spoken-questions.ts'
import type { SurveyFault, SurveyFaultCode } from '#features/surveys/survey-errors.ts'
import type { Invitation } from '#storage/surveys/survey-invitations.ts'
import type { StoredSurvey } from '#storage/surveys/surveys.ts'
import { draftSchema } from '#surveys/draft.ts'
import { questionKinds, questionSchema, type Survey, surveySchema } from '#surveys/schema.ts'
import type { FieldError } from '../problems.ts'

const draftQuestion = draftSchema.shape.questions.element.meta({ id: 'SurveyDraftQuestion' })
const questions = z.array(draftQuestion).describe('In the order of asking, at most 15')
const draft = draftSchema.extend({ questions })
const nextVersion = draft.shape.version.describe('The newest version that you read, plus one')

/** Bodies of a new survey, also for its preview, and of a next version. */
export const newSurveySchema = draft.omit({ version: true }).meta({ id: 'NewSurvey' })
export const newVersionSchema = draft
  .omit({ code: true })
  .extend({ version: nextVersion })
  .meta({ id: 'NewSurveyVersion' })

const seconds = z.int().describe('Estimated time of the longest path, in seconds')

export const versionSchema = z
  .strictObject({
    survey: z
      .strictObject({
        ...surveySchema.shape,
        questions: z.array(
          questionSchema
            .extend({
              since: z.int().describe('The version that last changed the question; its results start there'),
            })
            .meta({ id: 'SurveyQuestion' }),
        ),
      })
      .meta({ id: 'Survey' }),
    seconds,
    publishedAt: z.iso.datetime(),
    apiKeyId: z.uuid().nullable().describe('The key that published it'),
    staffId: z
      .uuid()
      .nullable()
      .describe('The supervisor who published it in the console; both null: built in'),
    retiredAt: z.iso.datetime().nullable().describe('When the survey ended'),
  })
  .meta({ id: 'SurveyVersion' })

export const toVersion = ({
  survey,
  publishedAt,
  apiKeyId,
  staffId,
  retiredAt,
}: StoredSurvey): z.output<typeof versionSchema> => ({
  survey,
  seconds: secondsOf(survey.questions),
  publishedAt: publishedAt.toISOString(),
  apiKeyId,
  staffId,
  retiredAt: retiredAt?.toISOString() ?? null,
})

export const previewSchema = z
  .strictObject({
    version: z.int().describe('The version that it would get'),
    seconds,
    readings: z
      .array(
        z.strictObject({
          language: z.enum(languages),
          address: z.enum(addresses).describe('`minor`: the wording for minors'),
          title: z.string(),
          questions: z.array(
            z.strictObject({
              code: z.string(),
              since: z.int().describe('The version from which answers are counted'),
              kind: z.enum(questionKinds),
              words: z.string(),
              choices: z.array(z.string()).describe('Options in order; for `ten`, the labels of 0 and 10'),
            }),
          ),
        }),
      )
      .describe('The survey as rendered for each language and kind of reader'),
  })
  .meta({ id: 'SurveyPreview' })

export const toPreview = (survey: Survey): z.output<typeof previewSchema> => {
  const meant = addresses.filter((address) => {
    return survey.audience === 'everyone' || (survey.audience === 'minors') === (address === 'minor')
  })
  const readings = languages.flatMap((language) =>
    meant.map((address) => {
      const reader = { language, minor: address === 'minor' }
      const asked = survey.questions.map((question) => {
        const { code, kind, words, choices, ends } = spokenQuestion(question, reader)
        return { code, since: question.since, kind, words, choices: ends ?? choices.map((one) => one.words) }
      })
      return { language, address, title: wordsFor(survey.title, reader), questions: asked }
    }),
  )
  return { version: survey.version, seconds: secondsOf(survey.questions), readings }
}

export const invitationsSchema = z
  .strictObject({
    items: z.array(
      z
        .strictObject({
          id: z.uuid(),
          memberId: z.uuid(),
          version: z.int(),
          dueAt: z.iso.datetime().describe('Earliest time of the notification'),
          expiresAt: z.iso
            .datetime()
            .describe(
              'The invitation lapses if no notification was possible by then; a notified member has 14 days to answer',
            ),
        })
        .meta({ id: 'SurveyInvitation' }),
    ),
  })
  .meta({ id: 'SurveyInvitations' })

export const toInvitations = (invited: readonly Invitation[]): z.output<typeof invitationsSchema> => ({
  items: invited.map(({ id, memberId, version, dueAt, expiresAt }) => ({
    id,
    memberId,
    version,
    dueAt: dueAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  })),
})

const problems = {
  form: 'is invalid',
  'no-questions': 'has no questions',
  'too-many-questions': 'has more than 15 questions',
  'too-long': 'takes longer than 120 s',
  twice: 'is a duplicate',
  missing: 'is required for this kind of question',
  superfluous: 'is not allowed for this kind of question',
  'minor-words': 'a survey for minors needs a wording for minors',
  'unknown-question': 'refers to an unknown question',
  'later-question': 'refers to a later question',
  loop: 'depends on itself',
  'unknown-option': 'is not an option of the question',
  bound: 'is not applicable to this kind of question',
  never: 'can never be true',
  version: 'must be the newest version plus one',
} as const satisfies Record<SurveyFaultCode, string>

export const toFieldError = ({ path, code, detail }: SurveyFault): FieldError => ({
  pointer: path,
  detail: code === 'form' ? (detail ?? problems.form) : [problems[code], detail].filter(Boolean).join(': '),
})
