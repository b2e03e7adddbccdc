import { z } from 'zod'
import { questionSchema, surveySchema } from './schema.ts'

const draftQuestionSchema = questionSchema.omit({ since: true })

/** A survey as somebody writes it; in which version each of its questions was last changed is found out, not told. */
export const draftSchema = surveySchema.extend({ questions: z.array(draftQuestionSchema) })
export type SurveyDraft = z.output<typeof draftSchema>
export type DraftQuestion = z.output<typeof draftQuestionSchema>
