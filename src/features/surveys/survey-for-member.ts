import { DomainError } from '#core/errors.ts'
import type { Reader } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { answersOf, findResponse, type StoredAnswer, type Response } from '#storage/surveys/survey-answers.ts'
import { findInvitation, type Invitation } from '#storage/surveys/survey-invitations.ts'
import { findSurvey } from '#storage/surveys/surveys.ts'
import type { Answers, Survey } from '#surveys/schema.ts'
import { type SurveyWalk, walkSurvey } from './survey-walk.ts'

/** A survey as the invited member sees it. */
export type SurveyForMember = {
  invitation: Invitation
  survey: Survey
  /** Null if nothing is answered yet. */
  response: Response | null
  /** The answers on the path, with free text decrypted. */
  walk: SurveyWalk
}

/**
 * Returns a survey for its invited member. Throws `not-found` also for another person's invitation, and for a person
 * who has left the family.
 */
export const surveyForMember = async (
  reader: Reader,
  sealer: Sealer,
  { who, id }: { who: Snapshot | null; id: string },
): Promise<SurveyForMember> => {
  const invitation = await findInvitation(reader, id)
  const member = who?.families.find(({ memberId }) => memberId === invitation?.memberId)
  if (!invitation || !member || invitation.personId !== who?.person.id) throw new DomainError('not-found')
  return surveyOf(reader, sealer, invitation)
}

/** The same, whoever reads it: the caller knows that it is theirs. Throws `not-found` if the survey is gone. */
export const surveyOf = async (
  reader: Reader,
  sealer: Sealer,
  invitation: Invitation,
): Promise<SurveyForMember> => {
  const { id, surveyCode: code, version } = invitation
  const stored = await findSurvey(reader, { code, version })
  if (!stored) throw new DomainError('not-found')
  const answers = openAnswers(sealer, id, await answersOf(reader, id))
  return {
    invitation,
    survey: stored.survey,
    response: await findResponse(reader, id),
    walk: walkSurvey(stored.survey, answers),
  }
}

/** Decrypts the free text of stored answers. */
const openAnswers = (sealer: Sealer, invitationId: string, kept: readonly StoredAnswer[]): Answers =>
  new Map(
    kept.map(({ question, number, codes, text }) => [
      question,
      { number, codes, text: text === null ? null : sealer.open(text, placeOf(invitationId, question)) },
    ]),
  )

/** The associated data of encrypted free text. */
export const placeOf = (invitationId: string, question: string): string =>
  `survey_answers.text.${invitationId}.${question}`

/** Whether the invitation was sent and can still be answered; the person may also come through the menu. */
export const isOpen = ({ status, expiresAt }: Invitation, now: Date): boolean =>
  status === 'invited' && now < expiresAt
