import type { StaffRole } from '#storage/staff/staff.ts'

/** Whoever may be in charge of a family; of which, the features say (`family-access.ts`). */
export const chargeRoles = ['curator', 'supervisor'] as const satisfies readonly StaffRole[]
