import { DomainError } from '#core/errors.ts'
import { isAdministrator } from '#features/staff/administrators.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import type { SurveyAuthor } from '#storage/surveys/surveys.ts'
import { servesAll } from './tell-families.ts'

// Surveys hold for the whole centre: who may write them (ADR 107).

type Writer = Pick<StaffMember, 'id' | 'active' | 'role' | 'administers' | 'territories'>
type Where = Pick<Region, 'territories'>
/** A key, which has to reach all territories, or a member of staff in the console. */
export type SurveyKeeper = { caller: Caller } | { staff: Writer; region: Where }

/** Whether somebody writes surveys: an administrator, or a supervisor of all territories. Pure. */
export const mayKeepSurveys = (region: Where, staff: Writer): boolean =>
  isAdministrator(staff) || (staff.active && staff.role === 'supervisor' && servesAll(region, staff))

/** The author, as a version and the audit have them. Throws `not-allowed` for another key, `not-found` for other staff: it is not there for them. */
export const mustKeepSurveys = (by: SurveyKeeper): SurveyAuthor => {
  if ('caller' in by) {
    if (by.caller.territories !== 'all') throw new DomainError('not-allowed')
    return { apiKeyId: by.caller.keyId, staffId: null }
  }
  if (!mayKeepSurveys(by.region, by.staff)) throw new DomainError('not-found')
  return { apiKeyId: null, staffId: by.staff.id }
}
