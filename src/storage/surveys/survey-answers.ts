import type { Answer } from '#surveys/schema.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** An answer set: its invitation names it. */
export type Response = {
  invitationId: string
  startedAt: Date
  /** Null: partial. */
  finishedAt: Date | null
  /** Supervisors see who it was. */
  contactAllowed: boolean
}

/** `text` is sealed at `survey_answers.text.<invitation>.<question>`. */
export type StoredAnswer = Answer & { question: string; since: number }

export const findResponse = async (reader: Reader, invitationId: string): Promise<Response | null> =>
  readFrom(reader).surveyResponse.findUnique({ where: { invitationId } })

/** The answers of a set, in no order. */
export const answersOf = async (reader: Reader, invitationId: string): Promise<StoredAnswer[]> =>
  readFrom(reader).surveyAnswer.findMany({
    where: { invitationId },
    select: { question: true, since: true, number: true, codes: true, text: true },
  })

/** Keeps one answer in place of what was answered before; the first one begins the set. */
export const saveSurveyAnswer = async (
  tx: Tx,
  invitationId: string,
  { question, ...answer }: StoredAnswer,
  now: Date,
): Promise<void> => {
  await tx.surveyResponse.createMany({ data: [{ invitationId, startedAt: now }], skipDuplicates: true })
  const data = { ...answer, at: now }
  await tx.surveyAnswer.upsert({
    where: { invitationId_question: { invitationId, question } },
    create: { invitationId, question, ...data },
    update: data,
  })
}

/** Answers off the path are not sent. */
export const dropAnswers = async (
  tx: Tx,
  invitationId: string,
  questions: readonly string[],
): Promise<void> => {
  if (questions.length > 0)
    await tx.surveyAnswer.deleteMany({ where: { invitationId, question: { in: [...questions] } } })
}

export const allowContact = async (tx: Tx, invitationId: string, allowed: boolean): Promise<void> => {
  await tx.surveyResponse.update({ where: { invitationId }, data: { contactAllowed: allowed } })
}

/** Sends the set: nothing in it changes any more. */
export const finishResponse = async (tx: Tx, invitationId: string, now: Date): Promise<void> => {
  await tx.surveyResponse.update({ where: { invitationId }, data: { finishedAt: now } })
}
