import { DomainError } from '#core/errors.ts'
import { namesFor } from '#features/families/members.ts'
import { canReadMessages } from '#features/messages/messages-for-staff.ts'
import type { Staff } from '#features/requests/cases.ts'
import { type ActivityMark, findActivity, marksOf } from '#storage/plan/activities.ts'
import { type Opinion, opinionsOf } from '#storage/plan/activities-opinions.ts'
import { addAudit, addFirstNames } from '#storage/staff/audit.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { type MemberRole, membersOf } from '#storage/families/family-members.ts'
import type { Sealer } from '#storage/seal.ts'
import { type OpenPlan, readPlan } from './open-plan.ts'
import { markWords } from './activity-marks.ts'
import { opinionText } from './activity-opinions.ts'
import type { Tracked } from './progress.ts'

// Plans as staff see them in the bot. Every access is audited.

type Deps = { sealer: Sealer }
type Asked = { staff: Staff | null | undefined; now: Date }

/**
 * The family's whole plan; null if there is none. Throws `not-found` if the family does not concern the
 * reader.
 */
export const planForStaff = async (
  tx: Tx,
  { sealer }: Deps,
  { staff, familyId, now }: Asked & { familyId: string },
): Promise<{ family: Family; plan: OpenPlan | null }> => {
  const family = staff ? await findFamily(tx, familyId) : null
  if (!staff || !family || !(await canReadMessages(tx, staff, family, now)))
    throw new DomainError('not-found')
  await addAudit(tx, { staffId: staff.id, action: 'family.plan', familyId, at: now })
  return { family, plan: await readPlan(tx, sealer, { familyId }) }
}

/** First names of a family's minors by id, for whoever may read the plan: the caller checks the right. Audited. */
export const namesOfMinors = async (
  tx: Tx,
  { sealer }: Deps,
  { staff, familyId, now }: { staff: Staff; familyId: string; now: Date },
): Promise<Map<string, string>> => {
  const minors = (await membersOf(tx, familyId)).filter(({ role }) => role === 'minor')
  if (minors.length > 0) await addFirstNames(tx, { familyIds: [familyId], now, staffId: staff.id })
  return namesFor(tx, sealer, { members: minors, by: { staffId: staff.id }, now })
}

/** The member who last asked about an activity or disagreed with it; null if they have left the family. */
export const findLastAsker = async (
  reader: Reader,
  of: { familyId: string; activityId: string },
): Promise<string | null> => {
  const asked = (await opinionsOf(reader, of)).findLast(({ kind }) => kind !== 'clear' && kind !== 'agree')
  const members = asked ? await membersOf(reader, of.familyId) : []
  return members.find(({ personId }) => personId === asked?.personId)?.id ?? null
}

/** `gone`: the person has left the family. */
export type Author = MemberRole | 'gone' | 'staff'
export type ActivityFeedback = {
  family: Family
  /** Null if it was removed from the plan. */
  activity: Tracked | null
  opinions: { author: Author; kind: Opinion['kind']; words: string | null; at: Date }[]
  /** For supervisors only, because they may contradict the curator's own report. */
  marks: (Pick<ActivityMark, 'on' | 'happened'> & { author: Author; words: string | null })[]
}

/** Opinions and reports on an activity, newest first. Throws as `planForStaff` does. */
export const activityFeedbackForStaff = async (
  tx: Tx,
  deps: Deps,
  { staff, activityId, now }: Asked & { activityId: string },
): Promise<ActivityFeedback> => {
  const row = staff ? await findActivity(tx, activityId) : null
  if (!row) throw new DomainError('not-found')
  const { family, plan } = await planForStaff(tx, deps, { staff, familyId: row.familyId, now })
  const members = await membersOf(tx, family.id)
  const authorOf = (personId: string): Author =>
    members.find((member) => member.personId === personId)?.role ?? 'gone'
  const opinions = await opinionsOf(tx, { familyId: family.id, activityId })
  const marks = staff?.role === 'supervisor' ? await marksOf(tx, activityId) : []
  return {
    family,
    activity: plan?.activities.find(({ id }) => id === activityId) ?? null,
    opinions: opinions.toReversed().map((opinion) => ({
      author: authorOf(opinion.personId),
      kind: opinion.kind,
      words: opinionText(deps.sealer, opinion),
      at: opinion.at,
    })),
    marks: marks.map((mark) => ({
      on: mark.on,
      happened: mark.happened,
      words: markWords(deps.sealer, mark),
      author: mark.author === 'staff' ? 'staff' : authorOf(mark.author),
    })),
  }
}
