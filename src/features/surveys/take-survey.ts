import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import {
  allowContact,
  answersOf,
  dropAnswers,
  finishResponse,
  saveSurveyAnswer,
} from '#storage/surveys/survey-answers.ts'
import { changeInvitation, lockInvitation } from '#storage/surveys/survey-invitations.ts'
import { readAnswer, type Said } from './answer-questions.ts'
import { tallyAnswers } from './results/count-answers.ts'
import { isOpen, placeOf, type SurveyForMember, surveyForMember } from './survey-for-member.ts'

// The steps of the invited member, one transaction each. Every function throws `not-found` for another person's
// invitation, and `already-closed` for one that was submitted or has expired.

export type SurveyDeps = { sealer: Sealer; enqueue: Enqueue; region: Region }
type Of = { who: Snapshot | null; id: string; now: Date }

/** Records that the invitation was opened. */
export const openInvitation = async (tx: Tx, deps: SurveyDeps, of: Of): Promise<void> => {
  const { invitation } = await lockSurveyForMember(tx, deps, of)
  if (invitation.openedAt === null) await changeInvitation(tx, of.id, { openedAt: of.now })
}

/**
 * Stores the answer to a question on the path, replacing an earlier one. Throws `invalid-input` if the input does not
 * answer the question, or the question is not on the path.
 */
export const answerQuestion = async (
  tx: Tx,
  deps: SurveyDeps,
  { question: code, said, ...of }: Of & { question: string; said: Said },
): Promise<void> => {
  const { invitation, walk } = await lockSurveyForMember(tx, deps, of)
  const question = walk.path.find((one) => one.code === code)
  const answer = question && readAnswer(question, said)
  if (!question || !answer) throw new DomainError('invalid-input', { field: code })
  const own = answer.text === null ? null : await sealerOf(tx, deps.sealer, { member: invitation.memberId })
  const text = own?.seal(answer.text ?? '', placeOf(of.id, code)) ?? null
  await saveSurveyAnswer(tx, of.id, { ...answer, text, question: code, since: question.since }, of.now)
  if (invitation.openedAt === null) await changeInvitation(tx, of.id, { openedAt: of.now })
}

/** Records whether supervisors may see who answered. */
export const setContactAllowed = async (
  tx: Tx,
  deps: SurveyDeps,
  { allowed, ...of }: Of & { allowed: boolean },
): Promise<void> => {
  const { response } = await lockSurveyForMember(tx, deps, of)
  if (response) await allowContact(tx, of.id, allowed)
}

/**
 * Submits the answers: from now on they are final and counted. Answers off the path are deleted. Throws
 * `invalid-input` if a required question is open or nothing is answered.
 */
export const sendAnswers = async (tx: Tx, deps: SurveyDeps, of: Of): Promise<void> => {
  const { invitation, survey, walk, response } = await lockSurveyForMember(tx, deps, of)
  if (walk.gap?.required || response === null) throw new DomainError('invalid-input')
  const kept = await answersOf(tx, of.id)
  const off = kept.map(({ question }) => question).filter((code) => !walk.answers.has(code))
  await dropAnswers(tx, of.id, off)
  await finishResponse(tx, of.id, of.now)
  await changeInvitation(tx, of.id, { status: 'finished', endedAt: of.now })
  const { answers } = walk
  await tallyAnswers(tx, { invitation, survey, answers, timeZone: deps.region.timeZone, now: of.now })
}

/**
 * Locks the invitation until the transaction ends: of two concurrent calls the second waits, then sees the result of
 * the first.
 */
export const lockSurveyForMember = async (
  tx: Tx,
  { sealer }: SurveyDeps,
  { who, id, now }: Of,
): Promise<SurveyForMember> => {
  await lockInvitation(tx, id)
  const own = await surveyForMember(tx, sealer, { who, id })
  if (!isOpen(own.invitation, now)) throw new DomainError('already-closed')
  return own
}
