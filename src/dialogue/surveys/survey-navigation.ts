import { DomainError } from '#core/errors.ts'
import { inTalk } from '#dialogue/hearing.ts'
import type { ScreenState, StateOf } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { isAboutCurator, isAlarmingAnswer } from '#features/surveys/alarming-answers.ts'
import { lowAnswers } from '#features/surveys/low-answers.ts'
import type { Reader } from '#features/surveys/spoken-questions.ts'
import { isOpen, type SurveyForMember, surveyForMember } from '#features/surveys/survey-for-member.ts'
import { rescueOfInvitation } from '#storage/surveys/survey-rescues.ts'

/** The survey that an invitation of the person's own leads to. Throws `not-found`. */
export const readOwn = ({ deps, who }: Turn, id: string): Promise<SurveyForMember> =>
  surveyForMember(deps.database, deps.sealer, { who, id })

/** The wording for the reader: a minor's for a person who was invited as a minor. */
export const readerOf = ({ say }: Turn, { invitation }: SurveyForMember): Reader => ({
  language: say.language,
  minor: invitation.minor,
})

/** A question of the path, on the screen. */
export const questionOf = ({ invitation, walk }: SurveyForMember, question: string): QuestionState => ({
  name: 'survey-question',
  invitationId: invitation.id,
  question,
  ...(walk.answers.has(question) && { again: true }),
})

/** Where a survey stands: at its first open question, at the check before sending, or at its end. */
export const surveyWay = (own: SurveyForMember, now: Date): ScreenState => {
  const { invitation, walk } = own
  const { id: invitationId } = invitation
  if (!isOpen(invitation, now)) return { name: 'survey-end', invitationId }
  return walk.gap ? questionOf(own, walk.gap.code) : { name: 'survey-check', invitationId }
}

/**
 * What comes after an answer: the crisis numbers if its words cannot wait; after the first low one the offer of a word
 * from somebody other than the curator, which is not repeated after the next low one, because a no is an answer, too.
 */
export const afterAnswer = async (
  turn: Turn,
  own: SurveyForMember,
  question: string,
): Promise<ScreenState> => {
  const { id: invitationId } = own.invitation
  if (await isAlarmingAnswer(turn.deps.database, own.walk.answers.get(question), inTalk(turn)))
    return { name: 'survey-heavy', invitationId, question }
  const [first, ...others] = lowAnswers(own.walk)
  const { database } = turn.deps
  const about = await isAboutCurator(database, own.invitation, own.walk.answers.get(question))
  const offered = (about || (first === question && others.length === 0)) && isOpen(own.invitation, turn.now)
  if (offered && (await rescueOfInvitation(database, invitationId)) === null)
    return { name: 'survey-rescue', invitationId, question }
  return surveyWay(own, turn.now)
}

/** Runs a step of a survey. If it was sent or has ended, shows its end; if an answer no longer fits, its current place. */
export const inSurvey = async (turn: Turn, id: string, work: () => Promise<Step>): Promise<Step> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code !== 'already-closed' && error.code !== 'invalid-input') throw error
    return { to: surveyWay(await readOwn(turn, id), turn.now) }
  }
}

type QuestionState = StateOf<'survey-question'>
type OfSurvey = Extract<ScreenState, { invitationId: string }>

/** The person's last place in this survey, also before a detour; null if it is no longer on the path. */
export const wayBackIn = ({ session }: Turn, { invitation, walk }: SurveyForMember): ScreenState | null => {
  const ofThis = (state: ScreenState | undefined): state is OfSurvey =>
    state !== undefined && 'invitationId' in state && state.invitationId === invitation.id
  const been = [session.screen, session.before].filter(ofThis).find(({ name }) => inside.includes(name))
  if (!been) return null
  return 'question' in been && !walk.path.some(({ code }) => code === been.question) ? null : been
}

const inside: readonly ScreenState['name'][] = [
  'survey-question',
  'survey-check',
  'survey-rescue',
  'survey-heavy',
]

/** Where to continue after an earlier delivery whose card was never drawn. */
export const surveyLeft = async (turn: Turn, screen: OfSurvey): Promise<ScreenState> => {
  const own = await readOwn(turn, screen.invitationId)
  return screen.name === 'survey-question'
    ? afterAnswer(turn, own, screen.question)
    : surveyWay(own, turn.now)
}
