import type { Actor, StepDeps } from '#features/requests/request-step.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import {
  addIncomingStep,
  findIncoming,
  type NewIncomingStep,
  type StoredIncoming,
} from '#storage/incoming/incoming.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { reasonPlace, stateOfIncoming } from './incoming.ts'
import { tellOfIncoming } from './tell-of-incoming.ts'

/** Maximum length of why a message was not confirmed, in characters. */
export const longestUnconfirmed = 500

type Settling = { incoming: StoredIncoming; by: Actor; now: Date }

/** The family that it is about; its curator is told. The same family again changes nothing, another one corrects it. */
export const linkIncoming = async (
  tx: Tx,
  deps: StepDeps,
  { family, ...given }: Settling & { family: Family },
): Promise<StoredIncoming> => {
  const { incoming, by, now } = given
  const { familyId, unconfirmed } = stateOfIncoming(incoming.steps)
  if (familyId === family.id && unconfirmed === null) return incoming
  const { id, territory, urgent } = incoming
  await tellOfIncoming(tx, deps, { id, territory, family, urgent, routed: false, by, now })
  return settle(tx, given, { kind: 'family', familyId: family.id })
}

/** The request that came of it: only that application starts terms. The same again changes nothing. */
export const joinIncoming = async (
  tx: Tx,
  { requestId, ...given }: Settling & { requestId: string },
): Promise<StoredIncoming> =>
  stateOfIncoming(given.incoming.steps).requestId === requestId
    ? given.incoming
    : settle(tx, given, { kind: 'request', requestId })

/** «Не подтвердилось», and why. The same reason again changes nothing. */
export const refuteIncoming = async (
  tx: Tx,
  { sealer }: StepDeps,
  { reason, ...given }: Settling & { reason: string },
): Promise<StoredIncoming> => {
  const { id, steps } = given.incoming
  const { unconfirmed } = stateOfIncoming(steps)
  if (unconfirmed !== null && sealer.open(unconfirmed, reasonPlace(id)) === reason) return given.incoming
  const own = await sealerOf(tx, sealer, { appeal: id })
  return settle(tx, given, { kind: 'unconfirmed', reason: own.seal(reason, reasonPlace(id)) })
}

const settle = async (
  tx: Tx,
  { incoming: { id }, by, now }: Settling,
  step: Pick<NewIncomingStep, 'kind' | 'familyId' | 'requestId' | 'reason'>,
): Promise<StoredIncoming> => {
  await addIncomingStep(tx, { appealId: id, at: now, ...step, ...by })
  const { staffId = null, apiKeyId = null } = by
  await addAudit(tx, {
    ...{ at: now, action: 'incoming.changed', subjectId: id, staffId, apiKeyId },
    familyId: step.familyId ?? null,
    requestId: step.requestId ?? null,
  })
  const settled = await findIncoming(tx, id)
  if (!settled) throw new Error('a message that was settled is gone')
  return settled
}
