import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import { staffRights } from '#features/families/family-access.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, findFamily, lockFamily } from '#storage/families/families.ts'
import { findActivity, marksOf } from '#storage/plan/activities.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { reportBy, reportOutcome } from './activity-marks.ts'
import { readPlan } from './open-plan.ts'
import type { Tracked } from './progress.ts'
import { latestDay } from './recurrence.ts'

/** Maximum length of what is said about a report, in characters. */
export const longestMarkWords = 300

// Whether an activity took place, as staff in charge of the family report it in the bot: the same step as through the API.

type Asking = { staff: Staff | null | undefined; now: Date }
type Deps = Pick<FamilyDeps, 'sealer' | 'region'>

/** An activity whose latest day staff have not reported on. `on`: that day. */
export type ToMark = { activity: Tracked; on: string }

/** The activities that wait for a report, latest day first; audited. Throws `not-found`. */
export const activitiesToMark = async (
  tx: Tx,
  deps: Deps,
  { staff, familyId, now }: Asking & { familyId: string },
): Promise<{ family: Family; waiting: ToMark[] }> => {
  const family = await findFamily(tx, familyId)
  if (!staff || !family || !(await staffRights(tx, staff, family, { now })).has('charge'))
    throw new DomainError('not-found')
  await addAudit(tx, { staffId: staff.id, action: 'family.plan', familyId, at: now })
  const plan = await readPlan(tx, deps.sealer, { familyId })
  const waiting: ToMark[] = []
  for (const activity of plan?.activities ?? []) {
    const on = latestDay(activity.when, dayAt(now, deps.region.timeZone))?.toString()
    if (activity.status !== 'planned' || on === undefined) continue
    if (reportBy(await marksOf(tx, activity.id), on, 'staff') === undefined) waiting.push({ activity, on })
  }
  return { family, waiting: waiting.sort((a, b) => b.on.localeCompare(a.on)) }
}

/** Reports on the latest day of an activity. Throws `not-found`, `already-closed`, and as `reportOutcome` does. */
export const markForStaff = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    activityId,
    on,
    happened,
    words,
    ...asking
  }: Asking & { activityId: string; on: string; happened: boolean; words: string | undefined },
): Promise<void> => {
  const row = await findActivity(tx, activityId)
  if (!row) throw new DomainError('not-found')
  const { familyId } = row
  const { waiting } = await activitiesToMark(tx, deps, { ...asking, familyId })
  const family = await lockFamily(tx, familyId)
  const found = waiting.find(({ activity }) => activity.id === activityId)
  if (!family) throw new DomainError('not-found')
  if (found?.on !== on) throw new DomainError('already-closed')
  mustBeActive(family)
  await reportOutcome(tx, deps, { family, activity: found.activity, on, happened, words, now: asking.now })
}
