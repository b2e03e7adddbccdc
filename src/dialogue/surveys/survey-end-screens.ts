import { DomainError } from '#core/errors.ts'
import { formatDayUntil } from '#core/dates.ts'
import type { Screen, Turn } from '#dialogue/screen.ts'
import { endView, laterView } from './survey-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { quietHoursEnd } from '#features/pushes/quiet-hours.ts'
import { pushSettingsOf } from '#storage/pushes/push-settings.ts'
import { surveysOffOf } from '#storage/surveys/survey-dispatch.ts'
import { rescueOfInvitation } from '#storage/surveys/survey-rescues.ts'
import { isOpen } from '#features/surveys/survey-for-member.ts'
import { surveyScreen } from './survey-screen.ts'
import { readOwn } from './survey-navigation.ts'

/** A survey that is not asked any more: sent, declined, or its time has passed. */
export const surveyEndScreen: Screen<'survey-end'> = {
  draw: async (turn, { invitationId }) => {
    const { deps, say, session } = turn
    const { invitation, response } = await readOwn(turn, invitationId)
    const { status, personId } = invitation
    if (status === 'waiting') throw new DomainError('not-found')
    const rescue = await rescueOfInvitation(deps.database, invitationId)
    const promised = rescue !== null && rescue.answeredAt === null
    return endView(createPen(say, session.revision), {
      how: status === 'finished' || status === 'declined' ? status : 'expired',
      off: await surveysOffOf(deps.database, personId),
      begun: response !== null,
      contact: response?.contactAllowed ?? false,
      rescueUntil: promised ? dayUntil(turn, rescue.dueAt) : null,
      organisation: deps.organisation,
    })
  },
}

/** Said at the moment of putting it off, and true whenever it is drawn again. */
export const surveyLaterScreen: Screen<'survey-later'> = {
  draw: async (turn, { invitationId }) => {
    const { deps, say, session, now } = turn
    const { timeZone } = deps.region
    const { invitation } = await readOwn(turn, invitationId)
    if (!isOpen(invitation, now)) return surveyEndScreen.draw(turn, { name: 'survey-end', invitationId })
    if (invitation.dueAt <= now) return surveyScreen.draw(turn, { name: 'survey', invitationId })
    const { dueAt, expiresAt, personId } = invitation
    const { pushMode, quiet } = await pushSettingsOf(deps.database, personId)
    return laterView(createPen(say, session.revision), {
      invitationId,
      at: pushMode === 'none' ? null : (quietHoursEnd(dueAt, quiet, timeZone) ?? dueAt),
      until: dayUntil(turn, expiresAt),
      timeZone,
      now,
    })
  },
}

const dayUntil = ({ deps, say, now }: Turn, instant: Date): string =>
  formatDayUntil(say, { instant, timeZone: deps.region.timeZone, now })
