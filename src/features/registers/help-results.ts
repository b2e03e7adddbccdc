import { DomainError } from '#core/errors.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { mustBeActive, type Actor } from '#features/families/active.ts'
import { readPlan } from '#features/plan/open-plan.ts'
import type { Tracked } from '#features/plan/progress.ts'
import { familyForVisitStaff, lockFamilyForStaff } from '#features/visits/visits-for-staff.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { HelpResultCode } from '#regions/registers/register.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { findActivity } from '#storage/plan/activities.ts'
import { addHelpResult, type HelpResult, helpResultsOf } from '#storage/registers/help-results.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'

// What came of each help: it was received, or the family was told that it has no right to it, or that it is not possible in the
// period wished (Crimea 1). Staff say so; the family reads nothing of it.

type Deps = { region: Pick<Region, 'timeZone'> }

type Recording = {
  /** Locked in this transaction. */
  family: Family
  activityId: string
  /** Null takes the last one back. */
  result: HelpResultCode | null
  on: string
  /** When the family was told; missing: on the same day. */
  toldOn?: string | undefined
  by: Actor
  now: Date
}

/**
 * Records the result of an activity, also of one that is no longer in the plan; the last one holds. Throws `not-found`, `already-closed`,
 * `event-future`; `event-order` for a family told before; `invalid-input` for being told of what was received.
 */
export const recordHelpResult = async (
  tx: Tx,
  { region }: Deps,
  { family, activityId, result, on, toldOn, by, now }: Recording,
): Promise<void> => {
  const activity = await findActivity(tx, activityId)
  if (activity?.familyId !== family.id) throw new DomainError('not-found')
  mustBeActive(family)
  const tells = result !== null && result !== 'received'
  if (toldOn !== undefined && !tells) throw new DomainError('invalid-input', { field: 'toldOn' })
  const today = dayOfMoment(region, now)
  if (on > today) throw new DomainError('event-future', { field: 'on' })
  if (toldOn !== undefined && toldOn > today) throw new DomainError('event-future', { field: 'toldOn' })
  if (toldOn !== undefined && toldOn < on) throw new DomainError('event-order', { field: 'toldOn' })
  const { staffId = null, apiKeyId = null } = by
  const told = tells ? (toldOn ?? on) : null
  await addHelpResult(tx, { activityId, result, on, toldOn: told, at: now, staffId, apiKeyId })
}

type Asking = { staff: Staff | null | undefined; familyId: string; now: Date }
export type HelpWithResult = { activity: Tracked; result: HelpResult | null }

/** The activities of the plan, those without a result first; audited. Throws `not-found`. */
export const helpForStaff = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { staff, familyId, now }: Asking,
): Promise<{ family: Family; help: HelpWithResult[] }> => {
  const family = await familyForVisitStaff(tx, staff, familyId, now)
  await addAudit(tx, { at: now, action: 'family.plan', familyId, ...(staff && { staffId: staff.id }) })
  const plan = await readPlan(tx, sealer, { familyId })
  const results = new Map((await helpResultsOf(tx, familyId)).map((row) => [row.activityId, row]))
  const current = (plan?.activities ?? []).filter(({ status }) => status !== 'cancelled')
  const help = current.map((activity) => ({ activity, result: results.get(activity.id) ?? null }))
  return { family, help: help.sort((a, b) => Number(a.result !== null) - Number(b.result !== null)) }
}

/** Takes the last result of an activity back, by a row, today. Throws as `recordHelpResult` does; `stale` if there is none any more. */
export const takeBackOwnHelpResult = async (
  tx: Tx,
  deps: Deps,
  { activityId, ...asking }: Asking & { activityId: string },
): Promise<void> => {
  const { familyId, now } = asking
  // Locked before it is asked whether there is one: of two taps the second finds none.
  await lockFamilyForStaff(tx, asking.staff, familyId, now)
  const held = (await helpResultsOf(tx, familyId)).some((row) => row.activityId === activityId)
  if (!held) throw new DomainError('stale')
  const on = dayOfMoment(deps.region, now)
  await recordOwnHelpResult(tx, deps, { ...asking, activityId, result: null, on })
}

/** Records a result by whoever is in charge of the family. Throws as `recordHelpResult` does. */
export const recordOwnHelpResult = async (
  tx: Tx,
  deps: Deps,
  {
    staff,
    familyId,
    now,
    ...recorded
  }: Asking & { activityId: string; result: HelpResultCode | null; on: string },
): Promise<void> => {
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  const staffId = staff?.id
  await addAudit(tx, { at: now, action: 'family.changed', familyId, ...(staffId && { staffId }) })
  await recordHelpResult(tx, deps, { family, ...recorded, by: { staffId }, now })
}
