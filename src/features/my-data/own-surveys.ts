import type { Address, Language } from '#core/text.ts'
import { surveyOf } from '#features/surveys/survey-for-member.ts'
import type { Reader } from '#storage/database.ts'
import { answeredInvitationsOf } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { findInvitation } from '#storage/surveys/survey-invitations.ts'
import type { Words } from '#surveys/schema.ts'

/** A survey that the person answered, in part or whole. */
export type OwnSurvey = {
  title: string
  at: Date
  answers: { question: string; number: number | null; choices: string[]; text: string | null }[]
}

export const ownSurveys = async (
  reader: Reader,
  sealer: Sealer,
  { who, familyId }: { who: Snapshot; familyId: string },
): Promise<OwnSurvey[]> => {
  const { id: personId, language, address } = who.person
  const own: OwnSurvey[] = []
  for (const id of await answeredInvitationsOf(reader, { personId, familyId })) {
    const invitation = await findInvitation(reader, id)
    // Also of an earlier membership: whoever left and came back is another member, and answered it all the same.
    if (invitation?.personId !== personId) continue
    const { survey, response, walk } = await surveyOf(reader, sealer, invitation)
    const answers = survey.questions.flatMap(({ code, words, options }) => {
      const answer = walk.answers.get(code)
      if (!answer) return []
      const choices = (options ?? [])
        .filter((option) => answer.codes.includes(option.code))
        .map((option) => spoken(option.words, language, address))
      return [
        { question: spoken(words, language, address), number: answer.number, choices, text: answer.text },
      ]
    })
    own.push({
      title: spoken(survey.title, language, address),
      at: response?.startedAt ?? invitation.createdAt,
      answers,
    })
  }
  return own
}

const spoken = (words: Words, language: Language, address: Address): string => {
  const wording = language === 'en' ? (words.en ?? words.ru) : words.ru
  return address === 'minor' ? (wording.minor ?? wording.adult) : wording.adult
}
