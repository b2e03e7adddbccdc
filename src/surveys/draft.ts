import { z } from 'zod'
import { questionSchema, surveySchema } from './schema.ts'

const draftQuestionSchema = questionSchema.omit({ since: true })

/** A survey as its author submits it; `since` of each question is computed, not submitted. */
export const draftSchema = surveySchema.extend({ questions: z.array(draftQuestionSchema) })
export type SurveyDraft = z.output<typeof draftSchema>
export type DraftQuestion = z.output<typeof draftQuestionSchema>
