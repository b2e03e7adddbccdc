import type { Reader } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { findResponse } from '#storage/surveys/survey-answers.ts'
import { type Invitation, openInvitationsOf } from '#storage/surveys/survey-invitations.ts'
import { findSurvey } from '#storage/surveys/surveys.ts'
import { minutesOf } from './spoken-questions.ts'

export type OpenSurvey = {
  invitation: Invitation
  /** How long it takes at most. */
  minutes: number
  /** Something is answered already. */
  begun: boolean
}

/** The survey that a person may answer now, of several the one that ends first; null: there is none. */
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
