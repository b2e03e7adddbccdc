import { DomainError } from '#core/errors.ts'
import { newId, newToken, sha256 } from '#core/ids.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import { announce } from '#features/webhooks/announce.ts'
import { addConsent } from '#storage/consents/consents.ts'
import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import {
  findTogether,
  insertTogether,
  keepJoined,
  lockTogether,
  type Together,
} from '#storage/requests/together.ts'
import { endForBoth, type Side, tellChange } from './move-together.ts'
import { placeOf } from './together-names.ts'
import { mayAskTogether, togetherMs } from './together-rules.ts'

type By = { who: Snapshot | null; now: Date }

/**
 * Makes the one-time link by which somebody joins the person's open request. Throws `not-allowed` if it is not offered to them;
 * `already-open` if there is one that has not ended.
 */
export const startTogether = async (
  tx: Tx,
  deps: StepDeps,
  { who, name, now }: By & { name: string | null },
): Promise<void> => {
  const request = who?.openRequest ? await lockRequest(tx, who.openRequest.id) : null
  if (!who || !request || !(await mayAskTogether(tx, deps, { request, now })))
    throw new DomainError('not-allowed')
  const id = newId()
  const token = newToken()
  const starterId = who.person.id
  const own = await sealerOf(tx, deps.sealer, { person: starterId })
  await insertTogether(tx, {
    ...{ id, requestId: request.id, starterId, joinsAs: request.applicant === 'minor' ? 'adult' : 'minor' },
    tokenHash: sha256(token),
    token: own.seal(token, placeOf('token', id)),
    starterName: name === null ? null : own.seal(name, placeOf('starter_name', id)),
    startedAt: now,
    expiresAt: new Date(now.getTime() + togetherMs),
  })
  const row = await findTogether(tx, id)
  if (row) await tellChange(tx, deps, { row, to: 'waiting', push: [], now })
}

type On = By & { id: string }

/** The person's own row, locked, if it is where they saw it. Throws `not-found`; `already-closed` if it has gone on. */
const ownRow = async (
  tx: Tx,
  { who, id }: On,
  { side, at }: { side: Side | 'either'; at: readonly Together['status'][] },
): Promise<{ row: Together; side: Side }> => {
  const found = who && (await findTogether(tx, id))
  // The request first, as every step does: another order could deadlock.
  if (found) await lockRequest(tx, found.requestId)
  const row = found && (await lockTogether(tx, id))
  const mine =
    row?.starterId === who?.person.id ? 'starter' : row?.joinerId === who?.person.id ? 'joiner' : null
  if (!row || mine === null || (side !== 'either' && side !== mine)) throw new DomainError('not-found')
  if (!at.includes(row.status)) throw new DomainError('already-closed')
  return { row, side: mine }
}

/** Takes the link back: whoever has it, or has answered, gets no further. */
export const callBack = async (tx: Tx, deps: StepDeps, on: On): Promise<void> => {
  const { row } = await ownRow(tx, on, { side: 'starter', at: ['waiting', 'answered'] })
  await endForBoth(tx, deps, { row, status: 'called-back', by: 'starter', now: on.now })
}

/** The starter does not know who has answered. */
export const refuseJoiner = async (tx: Tx, deps: StepDeps, on: On): Promise<void> => {
  const { row } = await ownRow(tx, on, { side: 'starter', at: ['answered'] })
  await endForBoth(tx, deps, { row, status: 'not-them', by: 'starter', now: on.now })
}

/**
 * The starter has recognised who answered: both are in, and what the other agreed to takes effect, as of their tap. Throws
 * `already-closed` if it has ended, or the time is over.
 */
export const confirmJoiner = async (tx: Tx, deps: StepDeps, on: On): Promise<void> => {
  const { now } = on
  const { row } = await ownRow(tx, on, { side: 'starter', at: ['answered'] })
  if (row.expiresAt <= now) throw new DomainError('already-closed')
  await keepJoined(tx, row.id, now)
  const { joinerId, requestId, agreement } = row
  if (joinerId !== null && agreement !== null) {
    const { kind, version } = agreement
    const given = { ...agreement, personId: joinerId, requestId, givenAt: row.answeredAt ?? now }
    await addConsent(tx, { id: newId(), ...given, how: 'joint' })
    await announce(tx, deps, { type: 'consent.given', now, requestId, data: { kind, version } })
  }
  await tellChange(tx, deps, { row, to: 'joined', push: ['joiner'], now })
}

/** Whoever answered changes their mind before they are in. */
export const takeBackAnswer = async (tx: Tx, deps: StepDeps, on: On): Promise<void> => {
  const { row } = await ownRow(tx, on, { side: 'joiner', at: ['answered'] })
  await endForBoth(tx, deps, { row, status: 'declined', by: 'joiner', now: on.now })
}

/** Either leaves. The request stays that of whoever made it. */
export const leaveTogether = async (tx: Tx, deps: StepDeps, on: On): Promise<void> => {
  const { row, side } = await ownRow(tx, on, { side: 'either', at: ['joined'] })
  await endForBoth(tx, deps, { row, status: 'left', by: side, now: on.now })
}
