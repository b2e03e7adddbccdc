import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { Answer } from '#surveys/schema.ts'

/** An answer set, identified by its invitation. */
export type Response = {
  invitationId: string
  startedAt: Date
  /** Null: partial. */
  finishedAt: Date | null
  /** Supervisors may see who answered. */
  contactAllowed: boolean
}

/** `text` is sealed at `survey_answers.text.<invitation>.<question>`. */
export type StoredAnswer = Answer & { question: string; since: number }

export const findResponse = async (reader: Reader, invitationId: string): Promise<Response | null> =>
  readFrom(reader).surveyResponse.findUnique({ where: { invitationId } })

/** Returns the answers of a set, in no particular order. */
export const answersOf = async (reader: Reader, invitationId: string): Promise<StoredAnswer[]> =>
  readFrom(reader).surveyAnswer.findMany({
    where: { invitationId },
    select: { question: true, since: true, number: true, codes: true, text: true },
  })

/** Saves one answer, replacing an earlier one; the first answer creates the set. */
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

/** Saves the answers of a set of which nothing is saved yet. */
export const insertSurveyAnswers = async (
  tx: Tx,
  invitationId: string,
  answers: readonly StoredAnswer[],
  now: Date,
): Promise<void> => {
  await tx.surveyResponse.create({ data: { invitationId, startedAt: now } })
  await tx.surveyAnswer.createMany({ data: answers.map((answer) => ({ invitationId, ...answer, at: now })) })
}

/** Deletes answers, for questions that are no longer on the path. */
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

/** Submits the set, which makes it immutable. */
export const finishResponse = async (tx: Tx, invitationId: string, now: Date): Promise<void> => {
  await tx.surveyResponse.update({ where: { invitationId }, data: { finishedAt: now } })
}
