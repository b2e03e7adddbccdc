import type { Reader } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { findResponse } from '#storage/surveys/survey-answers.ts'
import { type Invitation, openInvitationsOf } from '#storage/surveys/survey-invitations.ts'
import { findSurvey } from '#storage/surveys/surveys.ts'
import { minutesOf } from './spoken-questions.ts'

export type OpenSurvey = {
  invitation: Invitation
  /** Longest estimated time. */
  minutes: number
  /** Some questions are answered already. */
  begun: boolean
}

/** Returns the survey that a person can answer now, the one that expires first if there are several, or null. */
export const openSurveyOf = async (
  reader: Reader,
  who: Snapshot | null,
  now: Date,
): Promise<OpenSurvey | null> => {
  if (!who || who.families.length === 0) return null
  const invitation = (await openInvitationsOf(reader, who.person.id, now)).find(({ memberId }) =>
    who.families.some((family) => family.memberId === memberId),
  )
  if (!invitation) return null
  const { id, surveyCode: code, version } = invitation
  const stored = await findSurvey(reader, { code, version })
  return (
    stored && {
      invitation,
      minutes: minutesOf(stored.survey),
      begun: (await findResponse(reader, id)) !== null,
    }
  )
}
