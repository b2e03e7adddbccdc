import { DomainError } from '#core/errors.ts'
import type { FamilyMembership, Snapshot } from '#storage/people.ts'

/** The family that a person has chosen, or their first one. Throws `not-found`. */
export const familyForMember = (who: Snapshot | null, chosen: string | undefined): FamilyMembership => {
  const families = who?.families ?? []
  const found = chosen === undefined ? families[0] : families.find(({ id }) => id === chosen)
  if (!found) throw new DomainError('not-found')
  return found
}
