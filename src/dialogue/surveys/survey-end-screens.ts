import { z } from 'zod'
import { formatDayUntil } from '#core/dates.ts'
import { DomainError } from '#core/errors.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { quietHoursEnd } from '#features/pushes/quiet-hours.ts'
import { postponeSurvey, stopSurveys } from '#features/surveys/postpone.ts'
import { isOpen } from '#features/surveys/survey-for-member.ts'
import { pushSettingsOf } from '#storage/pushes/push-settings.ts'
import { surveysOffOf } from '#storage/surveys/survey-dispatch.ts'
import { rescueOfInvitation } from '#storage/surveys/survey-rescues.ts'
import { readOwn } from './survey-navigation.ts'
import { surveyScreen } from './survey-screen.ts'
import { endView, laterView } from './survey-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'survey-end': z.infer<typeof surveyEndState>
    'survey-later': z.infer<typeof surveyLaterState>
  }
  interface Links {
    'survey-off': 'survey-end'
    'survey-later': 'survey-later'
  }
}

const surveyEndState = z.object({ invitationId: z.uuid() })

/** A survey that has ended: sent, declined or expired. */
export const surveyEndScreen = defineScreen({
  name: 'survey-end',
  state: surveyEndState,
  aside: true,
  links: { 'survey-off': byId((turn, id) => decided(id, () => off(turn, id))) },
  draw: async (turn, { invitationId }) => {
    const { deps, builder } = turn
    const { invitation, response } = await readOwn(turn, invitationId)
    const { status, personId } = invitation
    if (status === 'waiting') throw new DomainError('not-found')
    const rescue = await rescueOfInvitation(deps.database, invitationId)
    const promised = rescue !== null && rescue.answeredAt === null
    return endView(builder, {
      how: status === 'finished' || status === 'declined' ? status : 'expired',
      off: await surveysOffOf(deps.database, personId),
      begun: response !== null,
      contact: response?.contactAllowed ?? false,
      rescueUntil: promised ? dayUntil(turn, rescue.dueAt) : null,
      organisation: deps.organisation,
    })
  },
})

const surveyLaterState = z.object({ invitationId: z.uuid() })

/** Confirms the postponement; still true whenever it is drawn again. */
export const surveyLaterScreen = defineScreen({
  name: 'survey-later',
  state: surveyLaterState,
  aside: true,
  links: { 'survey-later': byId((turn, id) => decided(id, () => later(turn, id))) },
  draw: async (turn, { invitationId }) => {
    const { deps, now, builder } = turn
    const { timeZone } = deps.region
    const { invitation } = await readOwn(turn, invitationId)
    if (!isOpen(invitation, now)) return surveyEndScreen.draw(turn, { name: 'survey-end', invitationId })
    if (invitation.dueAt <= now) return surveyScreen.draw(turn, { name: 'survey', invitationId })
    const { dueAt, expiresAt, personId } = invitation
    const { pushMode, quiet } = await pushSettingsOf(deps.database, personId)
    return laterView(builder, {
      invitationId,
      at: pushMode === 'none' ? null : (quietHoursEnd(dueAt, quiet, timeZone) ?? dueAt),
      until: dayUntil(turn, expiresAt),
      timeZone,
      now,
    })
  },
})

const dayUntil = ({ deps, say, now }: Turn, instant: Date): string =>
  formatDayUntil(say, { instant, timeZone: deps.region.timeZone, now })

const later = async ({ deps, who, now }: Turn, id: string): Promise<Step['to']> => {
  await deps.database.transaction((tx) => postponeSurvey(tx, deps, { who, id, now }))
  return { name: 'survey-later', invitationId: id }
}

const off = async (turn: Turn, id: string): Promise<Step['to']> => {
  const { deps, now } = turn
  const { invitation } = await readOwn(turn, id)
  await deps.database.transaction((tx) => stopSurveys(tx, { personId: invitation.personId, now }))
  return { name: 'survey-end', invitationId: id }
}

/** Removes the buttons of the answered push; a survey that had ended says so. */
const decided = async (id: string, work: () => Promise<Step['to']>): Promise<Step> => {
  try {
    return { to: await work(), tapped: 'strip' }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'already-closed') throw error
    return { to: { name: 'survey-end', invitationId: id }, tapped: 'strip' }
  }
}
