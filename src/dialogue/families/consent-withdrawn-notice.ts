import { formatDayUntil } from '#core/dates.ts'
import { openAsked } from '#features/data-requests/data-request-content.ts'
import { findDataRequest } from '#storage/data-requests/data-requests.ts'
import type { CardView } from './family-card.ts'

/** Card that somebody of a family has withdrawn a consent. Null if the request is closed. Who it was stands in the register. */
const withdrawnCard: CardView = async (deps, { say, link }, { family, subjectId }) => {
  const request = await findDataRequest(deps.database, subjectId)
  const consent = request && openAsked(deps.sealer, request).consent
  if (!request || !consent || request.closedAt) return null
  const moment = { instant: request.dueAt, timeZone: deps.region.timeZone, now: deps.clock.now() }
  const values = { number: family.number, row: request.number, until: formatDayUntil(say, moment) }
  return {
    screen: 'family-card.consent-withdrawn',
    html: say.t(`dataRights.withdrawn.${consent}`, values),
    rows: [[link(say.label('dataRights.openFamily'), 'f-card', family.id)]],
  }
}

export const consentWithdrawnCards = { 'consent-withdrawn': withdrawnCard }
