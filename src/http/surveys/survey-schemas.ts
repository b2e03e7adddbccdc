import { z } from 'zod'
import { addresses, languages } from '#core/text.ts'
import type { SurveyFault, SurveyFaultCode } from '#features/surveys/survey-errors.ts'
import { secondsOf } from '#features/surveys/estimated-time.ts'
import { spokenQuestion, wordsFor } from '#features/surveys/spoken-questions.ts'
import type { Invitation } from '#storage/surveys/survey-invitations.ts'
import type { StoredSurvey } from '#storage/surveys/surveys.ts'
import { draftSchema } from '#surveys/draft.ts'
import { questionKinds, questionSchema, type Survey, surveySchema } from '#surveys/schema.ts'
import type { FieldError } from '../problems.ts'

const draftQuestion = draftSchema.shape.questions.element.meta({ id: 'SurveyDraftQuestion' })
const questions = z.array(draftQuestion).describe('In the order in which they are asked, 15 at most')
const draft = draftSchema.extend({ questions })
const nextVersion = draft.shape.version.describe('One more than the newest version that you read')

/** What a new survey, which may be shown before it is kept, and a next version take. */
export const newSurveySchema = draft.omit({ version: true }).meta({ id: 'NewSurvey' })
export const newVersionSchema = draft
  .omit({ code: true })
  .extend({ version: nextVersion })
  .meta({ id: 'NewSurveyVersion' })

const seconds = z.int().describe('How long it takes whoever is asked most, about')

export const versionSchema = z
  .strictObject({
    survey: z
      .strictObject({
        ...surveySchema.shape,
        questions: z.array(
          questionSchema
            .extend({
              since: z
                .int()
                .describe('The version in which it was last changed: results never go further back'),
            })
            .meta({ id: 'SurveyQuestion' }),
        ),
      })
      .meta({ id: 'Survey' }),
    seconds,
    publishedAt: z.iso.datetime(),
    apiKeyId: z.uuid().nullable().describe("The key that added it; null: the product's own"),
    retiredAt: z.iso.datetime().nullable().describe('Since when nobody is invited to it'),
  })
  .meta({ id: 'SurveyVersion' })

export const toVersion = ({
  survey,
  publishedAt,
  apiKeyId,
  retiredAt,
}: StoredSurvey): z.output<typeof versionSchema> => ({
  survey,
  seconds: secondsOf(survey.questions),
  publishedAt: publishedAt.toISOString(),
  apiKeyId,
  retiredAt: retiredAt?.toISOString() ?? null,
})

export const previewSchema = z
  .strictObject({
    version: z.int().describe('The version that it would be'),
    seconds,
    readings: z
      .array(
        z.strictObject({
          language: z.enum(languages),
          address: z.enum(addresses).describe('`minor`: as minors read it'),
          title: z.string(),
          questions: z.array(
            z.strictObject({
              code: z.string(),
              since: z.int().describe('The version from which its answers are counted'),
              kind: z.enum(questionKinds),
              words: z.string(),
              choices: z.array(z.string()).describe('In their order; of `ten` what 0 and 10 say'),
            }),
          ),
        }),
      )
      .describe('As each kind of reader for whom it is meant would read it'),
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
          dueAt: z.iso.datetime().describe('When they are told at the earliest'),
          expiresAt: z.iso
            .datetime()
            .describe('Whoever could not be told until then is not asked; told, they have 14 days'),
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
  form: 'wrong',
  'no-questions': 'asks nothing',
  'too-many-questions': 'more than 15 questions',
  'too-long': 'takes longer than 120 s',
  twice: 'stands there twice',
  missing: 'a question of this kind needs it',
  superfluous: 'a question of this kind has none',
  'minor-words': 'a survey for minors is in words of theirs',
  'unknown-question': 'no such question',
  'later-question': 'comes later, and is not answered yet',
  loop: 'waits for itself',
  'unknown-option': 'the question has no such option',
  bound: 'not what answers to such a question are judged by',
  never: 'no answer can meet it',
  version: 'not one more than the newest version',
} as const satisfies Record<SurveyFaultCode, string>

export const toFieldError = ({ path, code, detail }: SurveyFault): FieldError => ({
  pointer: path,
  detail: code === 'form' ? (detail ?? problems.form) : [problems[code], detail].filter(Boolean).join(': '),
})
