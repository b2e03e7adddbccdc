import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import type { Action } from '#dialogue/callback-data.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { openSurveyOf } from '#features/surveys/open-survey.ts'
import { isOpen } from '#features/surveys/survey-for-member.ts'
import { putOff, stopSurveys } from '#features/surveys/postpone.ts'
import { openInvitation } from '#features/surveys/take-survey.ts'
import { rescueAnswered } from './staff-survey-rescue.ts'
import { readOwn, surveyWay, wayBackIn } from './survey-navigation.ts'

/** Stand on pushes and on cards, however old; the invitation that they name is judged as it is now. */
const surveyActions = ['survey', 'survey-later', 'survey-off', 'survey-answered'] as const
type SurveyAction = (typeof surveyActions)[number]

export const isSurveyLink = (action: Action): action is SurveyAction =>
  (surveyActions as readonly string[]).includes(action)

/** Null: the button was made by hand, and names nothing. */
export const followSurveyLink = async (
  turn: Turn,
  action: SurveyAction,
  arg: string,
): Promise<Step | null> => {
  if (action === 'survey' && arg === '') return openAny(turn)
  const { data: id } = z.uuid().safeParse(arg)
  return id === undefined ? null : links[action](turn, id)
}

const links: Record<SurveyAction, (turn: Turn, id: string) => Promise<Step>> = {
  survey: async (turn, id) => below(turn, { to: await openSurvey(turn, id) }),
  'survey-later': (turn, id) => decided(turn, id, () => later(turn, id)),
  'survey-off': (turn, id) => decided(turn, id, () => off(turn, id)),
  'survey-answered': rescueAnswered,
}

/** Goes on where the person was, or asks first whether they want to answer at all. */
const openSurvey = async (turn: Turn, id: string): Promise<Step['to']> => {
  const { deps, who, now } = turn
  const own = await readOwn(turn, id)
  if (!isOpen(own.invitation, now)) return surveyWay(own, now)
  if (own.invitation.openedAt === null)
    await deps.database.transaction((tx) => openInvitation(tx, deps, { who, id, now }))
  if (own.response === null) return { name: 'survey', invitationId: id }
  return wayBackIn(turn, own) ?? surveyWay(own, now)
}

/** Whatever survey the person may answer now. */
const openAny = async (turn: Turn): Promise<Step> => {
  const found = await openSurveyOf(turn.deps.database, turn.who, turn.now)
  return below(turn, { to: found ? await openSurvey(turn, found.invitation.id) : { name: 'home' } })
}

const later = async ({ deps, who, now }: Turn, id: string): Promise<Step['to']> => {
  await deps.database.transaction((tx) => putOff(tx, deps, { who, id, now }))
  return { name: 'survey-later', invitationId: id }
}

const off = async (turn: Turn, id: string): Promise<Step['to']> => {
  const { deps, now } = turn
  const { invitation } = await readOwn(turn, id)
  await deps.database.transaction((tx) => stopSurveys(tx, { personId: invitation.personId, now }))
  return { name: 'survey-end', invitationId: id }
}

/** The buttons of a push that were answered go; what had ended before says so. */
const decided = async (turn: Turn, id: string, work: () => Promise<Step['to']>): Promise<Step> => {
  try {
    return below(turn, { to: await work(), tapped: 'strip' })
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'already-closed') throw error
    return below(turn, { to: { name: 'survey-end', invitationId: id }, tapped: 'strip' })
  }
}

const below = ({ input, session }: Turn, { tapped, ...step }: Step): Step =>
  input.event.kind === 'tap' && input.event.messageId !== session.cardId
    ? { ...step, fresh: true, ...(tapped && { tapped }) }
    : step
