import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import {
  allowContact,
  dropAnswers,
  finishResponse,
  saveSurveyAnswer,
} from '#storage/surveys/survey-answers.ts'
import { changeInvitation, lockInvitation } from '#storage/surveys/survey-invitations.ts'
import { answersOf } from '#storage/surveys/survey-answers.ts'
import { type Said, readAnswer } from './answer-questions.ts'
import { isOpen, type SurveyForMember, surveyForMember, placeOf } from './survey-for-member.ts'
import { tallyAnswers } from './results/count-answers.ts'

// What whoever was invited does with a survey, in one transaction each. Every function throws `not-found` for another
// person's invitation, and `already-closed` for one that was sent or has ended.

export type SurveyDeps = { sealer: Sealer; enqueue: Enqueue; region: Region }
type Of = { who: Snapshot | null; id: string; now: Date }

/** Keeps that the invitation was looked at. */
export const openInvitation = async (tx: Tx, deps: SurveyDeps, of: Of): Promise<void> => {
  const { invitation } = await lockSurveyForMember(tx, deps, of)
  if (invitation.openedAt === null) await changeInvitation(tx, of.id, { openedAt: of.now })
}

/**
 * Keeps the answer to a question on the path, in place of an earlier one. Throws `invalid-input` for what is no answer
 * to it, or a question that the answers so far do not lead to.
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
  const text = answer.text === null ? null : deps.sealer.seal(answer.text, placeOf(of.id, code))
  await saveSurveyAnswer(tx, of.id, { ...answer, text, question: code, since: question.since }, of.now)
  if (invitation.openedAt === null) await changeInvitation(tx, of.id, { openedAt: of.now })
}

/** Whether supervisors may see who it was. */
export const setContactAllowed = async (
  tx: Tx,
  deps: SurveyDeps,
  { allowed, ...of }: Of & { allowed: boolean },
): Promise<void> => {
  const { response } = await lockSurveyForMember(tx, deps, of)
  if (response) await allowContact(tx, of.id, allowed)
}

/**
 * Sends the answers: from now on they stay as they are, and count. What the path does not meet is not among them. Throws
 * `invalid-input` where a required question is open, or nothing is answered at all.
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

/** The invitation, in hand until the transaction ends: of two that come at once the second one waits, and sees the first. */
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
