import { DomainError } from '#core/errors.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import { staffRights } from '#features/families/family-access.ts'
import { namesFor } from '#features/families/members.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { type MemberRole, membersOf } from '#storage/families/family-members.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { consentsOfFamily, type GiverRecord } from './family-consents.ts'

type As = { staff: Staff; familyId: string; now: Date }

/** Whoever is in charge of the family keeps its papers. Throws `not-found` for all others. */
export const familyOfPapers = async (reader: Reader, { staff, familyId, now }: As): Promise<Family> => {
  const family = await familyForStaff(reader, { staff, familyId, now })
  if (!(await staffRights(reader, staff, family, { now })).has('charge')) throw new DomainError('not-found')
  return family
}

export type NamedRecord = GiverRecord & { id: string; role: MemberRole; called: string }

export type FamilyPapers = {
  family: Family
  records: NamedRecord[]
  /** Names of the staff that the registry names, by id. */
  staff: ReadonlyMap<string, string>
}

/** The registry of a family by name, for whoever is in charge of it; audited. Throws `not-found`. */
export const papersOfFamily = async (tx: Tx, sealer: Sealer, as: As): Promise<FamilyPapers> => {
  const family = await familyOfPapers(tx, as)
  const { now, staff } = as
  const by = { staffId: staff.id }
  const found = await consentsOfFamily(tx, sealer, { family, by, now })
  await addAudit(tx, { at: now, action: 'family.details', familyId: family.id, ...by })
  const names = await namesFor(tx, sealer, { members: await membersOf(tx, family.id), by, now })
  return {
    family,
    records: found.map(({ member: { id, role }, ...record }) => ({
      ...{ id, role, called: names.get(id) ?? '' },
      ...record,
    })),
    staff: await namesOfRecords(tx, found),
  }
}

/** Names of whoever has written a paper down. */
export const namesOfRecords = (
  reader: Reader,
  records: readonly GiverRecord[],
): Promise<ReadonlyMap<string, string>> => {
  const ids = records.flatMap(({ consents, checks }) =>
    [...consents, ...checks].flatMap(({ staffId }) => (staffId === null ? [] : [staffId])),
  )
  return namesOfStaff(reader, [...new Set(ids)])
}
