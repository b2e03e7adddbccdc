import { DomainError } from '#core/errors.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import type { TargetAudience } from '#features/families/audience.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { absentAt } from '#storage/staff/absences.ts'
import type { Visit } from '#storage/visits/visits.ts'

/** A visit at a time when whoever makes it is absent: supervisors hear of it at once. */
export const alarmIfNobodyComes = async (
  tx: Tx,
  { enqueue }: FamilyDeps,
  { staffId, startsAt }: Pick<Visit, 'staffId' | 'startsAt'>,
): Promise<void> => {
  if ((await absentAt(tx, startsAt)).has(staffId)) await enqueue(tx, 'orphans', {})
}

/** Throws `invalid-input` with the field if members are named who are not minors of the family. */
export const mustBeMinors = async (
  tx: Tx,
  family: Family,
  { audience, memberIds }: TargetAudience,
): Promise<void> => {
  const confidential = audience === 'confidential'
  if (memberIds.length === 0 && !confidential) return
  if ((audience !== 'minors' && !confidential) || memberIds.length === 0)
    throw new DomainError('invalid-input', { field: 'memberIds' })
  const minors = (await membersOf(tx, family.id)).filter(({ role }) => role === 'minor').map(({ id }) => id)
  const wrong = memberIds.findIndex((id) => !minors.includes(id))
  if (wrong >= 0) throw new DomainError('invalid-input', { field: `memberIds/${wrong}` })
}
