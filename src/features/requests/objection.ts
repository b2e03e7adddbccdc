import { DomainError } from '#core/errors.ts'
import { type Alarm, listen } from '#features/danger/ear.ts'
import { announce } from '#features/webhooks/announce.ts'
import { disagrees } from '#features/words/disagrees.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import { addEvent, eventsOf, hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { latestRequestOf, type RequestSummary } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { staffOfTerritory } from '#storage/staff/staff.ts'
import { type Decision, decisionOf } from './decision.ts'
import { mayFollowUp, openFollowUp } from './follow-up.ts'
import { keptFrom } from './note-apart.ts'
import type { Noted } from './request-notes.ts'
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
): Promise<Noted> => {
  const { sealer, enqueue } = deps
  const request = who && (await latestRequestOf(tx, who.person.id))
  const events = request ? await eventsOf(tx, request.id) : []
  if (!request || !mayObject(request, decisionOf(sealer, events))) throw new DomainError('not-found')
  const { id: requestId } = request
  const own = await sealerOf(tx, sealer, { person: request.personId })
  const sealed = own.seal(text, `request_events.text.${requestId}`)
  const { apart, hiddenFrom } = await keptFrom(tx, { request, text, events })
  await addEvent(tx, { requestId, at: now, kind: 'note', text: sealed, hiddenFrom })
  const readers = apart ? apart.readers.map((staffId) => ({ staffId })) : [{}]
  for (const to of readers) await enqueue(tx, 'staff-news', { requestId, news: 'objection', ...to })
  const data = hiddenFrom.length > 0 ? { hiddenFrom } : {}
  await announce(tx, { enqueue }, { type: 'message.received', now, requestId, data })
  const told = { anew: null, apart: apart && { name: apart.name } }
  const alarm = heard ?? (await listen(tx, text))
  if (!alarm?.urgent || isMereCall(alarm, text) || !(await mayFollowUp(tx, request))) return told
  const said = { text, file: null }
  return { ...told, anew: (await openFollowUp(tx, deps, { who, requestId, said, alarm, now })).number }
}

/** «Это несправедливо, помогите»: a call for help with the decision, and no danger. */
const isMereCall = ({ kinds, listed }: Alarm, text: string): boolean =>
  !listed && kinds.every((kind) => kind === 'call') && disagrees(text)

/** Whether words of somebody without an open request object to the decision on their last one. */
export const objects = async (
  reader: Reader,
  sealer: Sealer,
  { who, text }: { who: Snapshot | null; text: string },
): Promise<boolean> => {
  if (!who || who.openRequest || !disagrees(text)) return false
  const request = await latestRequestOf(reader, who.person.id)
  return request !== null && mayObject(request, decisionOf(sealer, await eventsOf(reader, request.id)))
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
  { id, territory, claimedById }: Pick<RequestSummary, 'id' | 'territory' | 'claimedById'>,
): Promise<string[]> => {
  const kept = await hiddenFromInRequest(reader, id)
  const all = await staffOfTerritory(reader, territory, 'supervisor')
  const supervisors = all.filter((one) => !kept.includes(one.id))
  return [...new Set([...(claimedById ? [claimedById] : []), ...supervisors.map(({ id }) => id)])]
}
