import { isSilenced } from '#features/requests/family-notice.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import { announce } from '#features/webhooks/announce.ts'
import { withdrawConsents } from '#storage/consents/consents.ts'
import type { Tx } from '#storage/database.ts'
import { insertPushes } from '#storage/pushes/pushes.ts'
import { findRequest, latestRequestOf, lockRequest } from '#storage/requests/requests.ts'
import {
  endTogether,
  lockTogether,
  type Together,
  togetherOfPerson,
  togetherOfRequest,
  type TogetherStatus,
} from '#storage/requests/together.ts'

export type Side = 'starter' | 'joiner'

/** What others are told of a change: staff see it on the card, other systems hear it, and `push` gets a line that says nothing. */
export const tellChange = async (
  tx: Tx,
  deps: StepDeps,
  { row, to, push, now }: { row: Together; to: TogetherStatus; push: readonly Side[]; now: Date },
): Promise<void> => {
  const { id, requestId } = row
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
  await announce(tx, deps, { type: 'request.together_changed', now, requestId, data: { outcome: to } })
  for (const side of push) {
    const personId = side === 'starter' ? row.starterId : row.joinerId
    if (personId === null || (await mustNotHear(tx, deps, personId))) continue
    const version = row.revision + 1
    const about = { kind: 'together', subjectId: id, version, familyId: null, urgent: false } as const
    const [one] = await insertPushes(tx, [
      { ...about, personId, key: `together.${id}.${version}.${personId}`, at: now },
    ])
    if (one) await deps.enqueue(tx, 'push', { pushId: one.id })
  }
}

/** They said that writing to them is not safe, in a request of their own. */
const mustNotHear = async (tx: Tx, { sealer }: StepDeps, personId: string): Promise<boolean> => {
  const latest = await latestRequestOf(tx, personId)
  const request = latest && (await findRequest(tx, latest.id))
  return request !== null && (await isSilenced(tx, sealer, request))
}

type Ending = {
  row: Together
  status: Parameters<typeof endTogether>[2]['status']
  by: Side | null
  now: Date
}

/** Ends it for both; of those who were in, the agreement that was given together ends, too. `by`: who knows it already. */
export const endForBoth = async (tx: Tx, deps: StepDeps, { row, status, by, now }: Ending): Promise<void> => {
  await endTogether(tx, row.id, { status, now })
  const { joinerId, requestId, agreement } = row
  if (row.status === 'joined' && joinerId !== null && agreement !== null) {
    const kinds = [agreement.kind]
    const count = await withdrawConsents(tx, { personId: joinerId, kinds, requestId, how: 'joint', now })
    if (count > 0)
      await announce(tx, deps, { type: 'consent.withdrawn', now, requestId, data: { kind: agreement.kind } })
  }
  await tellChange(tx, deps, { row, to: status, push: toldOfEnd(row, by), now })
}

/** Whoever did not end it. That a minor wants no more is not pushed to the adult, who finds it when they look: nobody is woken by a «no». */
const toldOfEnd = ({ joinsAs }: Together, by: Side | null): Side[] => {
  if (by === null) return ['starter', 'joiner']
  const minor: Side = joinsAs === 'adult' ? 'starter' : 'joiner'
  if (by === minor) return []
  return by === 'starter' ? ['joiner'] : ['starter']
}

const isLive = ({ status }: Pick<Together, 'status'>): boolean =>
  status === 'waiting' || status === 'answered' || status === 'joined'

/** Ends what a request has, because it is withdrawn. */
export const endTogetherOfRequest = async (
  tx: Tx,
  deps: StepDeps,
  { requestId, now }: { requestId: string; now: Date },
): Promise<void> => {
  const found = await togetherOfRequest(tx, requestId)
  const row = found && isLive(found) ? await lockTogether(tx, found.id) : null
  if (!row || !isLive(row)) return
  const status = row.status === 'joined' ? 'left' : 'called-back'
  await endForBoth(tx, deps, { row, status, by: 'starter', now })
}

/** Ends everything in which a person takes part, because their consent to the processing of their data is withdrawn. */
export const endTogetherOfPerson = async (
  tx: Tx,
  deps: StepDeps,
  { personId, now }: { personId: string; now: Date },
): Promise<void> => {
  for (const { id } of (await togetherOfPerson(tx, personId)).filter(isLive)) {
    const row = await lockTogether(tx, id)
    if (!row || !isLive(row)) continue
    const by = row.starterId === personId ? 'starter' : 'joiner'
    const unjoined = by === 'starter' ? 'called-back' : 'declined'
    await endForBoth(tx, deps, { row, status: row.status === 'joined' ? 'left' : unjoined, by, now })
  }
}

/** Whoever has joined a request takes back the agreement that they gave with it. */
export const leaveRequest = async (
  tx: Tx,
  deps: StepDeps,
  { personId, requestId, now }: { personId: string; requestId: string; now: Date },
): Promise<void> => {
  await lockRequest(tx, requestId)
  const joined = (await togetherOfPerson(tx, personId)).find(
    (row) => row.requestId === requestId && row.joinerId === personId && row.status === 'joined',
  )
  const row = joined && (await lockTogether(tx, joined.id))
  if (row?.status === 'joined') await endForBoth(tx, deps, { row, status: 'left', by: 'joiner', now })
}
