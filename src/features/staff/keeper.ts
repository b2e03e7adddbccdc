import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'

/** Who keeps what belongs to the whole centre: a supervisor, a key, or the operator (null). What a key reaches is checked where it comes in. */
export type Keeper = { staff: Staff } | { apiKeyId: string | null }

/** The author, as the audit has them. Throws `not-allowed` for anybody but a supervisor, a key or the operator. */
export const mustKeep = (by: Keeper): { staffId: string | null; apiKeyId: string | null } => {
  if ('apiKeyId' in by) return { staffId: null, apiKeyId: by.apiKeyId }
  if (!by.staff.active || by.staff.role !== 'supervisor') throw new DomainError('not-allowed')
  return { staffId: by.staff.id, apiKeyId: null }
}
