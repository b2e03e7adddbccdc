import { DomainError } from '#core/errors.ts'
import { type Alarm, listen } from '#features/danger/ear.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { addEvent, eventsOf } from '#storage/requests/request-events.ts'
import { latestRequestOf, type RequestSummary } from '#storage/requests/requests.ts'
import { staffOfTerritory } from '#storage/staff/staff.ts'
import { type Decision, decisionOf } from './decision.ts'
import { mayFollowUp, openFollowUp } from './follow-up.ts'
import type { StepDeps } from './request-step.ts'

/**
 * Adds what the family says against the decision that closed its latest request, and notifies whoever had it and the
 * supervisors. Words of danger in it open a new urgent request as well, the number of which is returned as `anew`. Throws
 * `not-found` if there is none, or help was agreed.
 */
export const addObjection = async (
  tx: Tx,
  deps: StepDeps,
  { who, text, now, alarm: heard }: { who: Snapshot | null; text: string; now: Date; alarm?: Alarm },
): Promise<{ anew: string | null }> => {
  const { sealer, enqueue } = deps
  const request = who && (await latestRequestOf(tx, who.person.id))
  if (!request || !mayObject(request, decisionOf(sealer, await eventsOf(tx, request.id))))
    throw new DomainError('not-found')
  const { id: requestId } = request
  const sealed = sealer.seal(text, `request_events.text.${requestId}`)
  await addEvent(tx, { requestId, at: now, kind: 'note', text: sealed })
  await enqueue(tx, 'staff-news', { requestId, news: 'objection' })
  await announce(tx, { enqueue }, { type: 'message.received', now, requestId })
  const alarm = heard ?? (await listen(tx, text))
  if (!alarm?.urgent || !(await mayFollowUp(tx, request))) return { anew: null }
  const said = { text, file: null }
  return { anew: (await openFollowUp(tx, deps, { who, requestId, said, alarm, now })).number }
}

/** An outsider is told no decision, and so has none to object to. */
export const mayObject = (
  { status, applicant }: Pick<RequestSummary, 'status' | 'applicant'>,
  decision: Decision | null,
): boolean =>
  status === 'closed' &&
  applicant !== 'other-person' &&
  decision !== null &&
  decision.outcome !== 'support-agreed'

/** Who reads it: the specialist whose decision it is, and the supervisors, so that it is not theirs alone. */
export const objectionReaders = async (
  reader: Reader,
  { territory, claimedById }: Pick<RequestSummary, 'territory' | 'claimedById'>,
): Promise<string[]> => {
  const supervisors = await staffOfTerritory(reader, territory, 'supervisor')
  return [...new Set([...(claimedById ? [claimedById] : []), ...supervisors.map(({ id }) => id)])]
}
