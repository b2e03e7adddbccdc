import type { Reader } from '#storage/database.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { opinionsOf } from '#storage/plan/activities-opinions.ts'
import { type Agreement, isAgreement } from './activity-opinions.ts'
import type { Author } from './plan-for-staff.ts'

/** What a member last said of an activity, without their words. */
export type OpinionBeside = { author: Author; kind: Agreement }

/** Opinions by id of the activity, for whoever may read the plan: the caller checks the right and audits. */
export const opinionsBeside = async (
  reader: Reader,
  familyId: string,
): Promise<ReadonlyMap<string, OpinionBeside[]>> => {
  const roles = new Map((await membersOf(reader, familyId)).map(({ personId, role }) => [personId, role]))
  const last = new Map<string, Map<string, Agreement>>()
  for (const { activityId, personId, kind } of await opinionsOf(reader, { familyId }))
    if (isAgreement(kind)) last.set(activityId, (last.get(activityId) ?? new Map()).set(personId, kind))
  return new Map(
    [...last].map(([activityId, said]) => [
      activityId,
      [...said].map(([personId, kind]) => ({ author: roles.get(personId) ?? 'gone', kind })),
    ]),
  )
}
