import { DomainError } from '#core/errors.ts'
import type { StaffMember } from '#storage/staff/staff.ts'

// Which supervisors may change who may do what, and what holds for the whole centre (ADR 103).

type Asked = Pick<StaffMember, 'active' | 'role' | 'administers'>

/** Whether somebody is an administrator: a supervisor who works here and whom an operator has named one. Pure. */
export const isAdministrator = ({ active, role, administers }: Asked): boolean =>
  active && role === 'supervisor' && administers

/** Throws `not-found` for anybody else: for them it is not there. */
export const mustAdminister = (staff: Asked): void => {
  if (!isAdministrator(staff)) throw new DomainError('not-found')
}
