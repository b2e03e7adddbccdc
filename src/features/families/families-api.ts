import { DomainError } from '#core/errors.ts'
import { type Correction, correctionsFor } from '#features/corrections/correct.ts'
import { blockableOf, blockOfMember, closedTo } from '#features/data-requests/blocks.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { AuditAction } from '#storage/staff/audit-actions.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import {
  type Family,
  type FamilyEvent,
  familyEventsOf,
  findFamily,
  lockFamily,
} from '#storage/families/families.ts'
import {
  type FamilyFilter,
  type FamilyPage,
  type FamilyCursor,
  listFamilies,
} from '#storage/families/family-lists.ts'
import { type Member, membersOf } from '#storage/families/family-members.ts'
import type { Sealer } from '#storage/seal.ts'
import { familyRights } from './family-access.ts'
import { type MemberContact, memberContactOf } from './member-facts.ts'
import { shownName } from './members.ts'
import { lookAtSafety, type SafetyFact } from './safety-facts.ts'

// Families as API keys see them: only those of the key's territories.

export type FamilyAccess = { caller: Caller; id: string }

/** Throws `not-found`, also if the key does not reach the family. */
export const familyForCaller = async (reader: Reader, { caller, id }: FamilyAccess): Promise<Family> => {
  const family = await findFamily(reader, id)
  if (!family || !keyRights(caller, family).has('card')) throw new DomainError('not-found')
  return family
}

const keyRights = (caller: Caller, { territory }: Family) =>
  familyRights({ kind: 'key', territory: reachesTerritory(caller, territory) ? 'served' : 'foreign' })

/**
 * Locks the family. Throws `not-found` as `familyForCaller` does; `stale` if `revision` is given and
 * outdated.
 */
export const lockFamilyForCaller = async (
  tx: Tx,
  { caller, id, revision }: FamilyAccess & { revision?: number | undefined },
): Promise<Family> => {
  const family = await lockFamily(tx, id, caller.territories)
  if (!family || !keyRights(caller, family).has('card')) throw new DomainError('not-found')
  if (revision !== undefined && revision !== family.revision) throw new DomainError('stale')
  return family
}

export type ShownFamily = {
  family: Family
  members: Member[]
  events: FamilyEvent[]
  /** In force. */
  safety: SafetyFact[]
}

/** A family with its safety facts; reading these is audited. */
export const showFamily = async (
  tx: Tx,
  sealer: Sealer,
  { now, ...of }: FamilyAccess & { now: Date },
): Promise<ShownFamily> => {
  // Read the family first: anything added while the rest is read belongs to a later revision.
  const family = await familyForCaller(tx, of)
  return {
    family,
    members: await membersOf(tx, of.id),
    events: await familyEventsOf(tx, of.id),
    safety: await safetyForCaller(tx, sealer, { ...of, now }),
  }
}

/** What whoever is about to contact the family must know. Audited if there is anything. */
export const safetyForCaller = (
  tx: Tx,
  sealer: Sealer,
  { caller, id, now }: FamilyAccess & { now: Date },
): Promise<SafetyFact[]> =>
  lookAtSafety(tx, { sealer }, { familyId: id, by: { apiKeyId: caller.keyId }, now })

/** A page of the families that the key reaches; `next` is the cursor of the following page. */
export const familiesForCaller = async (
  database: Database,
  caller: Caller,
  {
    territories: wanted,
    ...filter
  }: Omit<FamilyFilter, 'territories'> & { territories?: string[] | undefined },
  page: FamilyPage,
): Promise<{ items: Family[]; next: FamilyCursor | null }> => {
  const territories = wanted?.filter((code) => reachesTerritory(caller, code)) ?? caller.territories
  const found = await listFamilies(database, { ...filter, territories }, { ...page, limit: page.limit + 1 })
  const items = found.slice(0, page.limit)
  return { items, next: found.length > items.length ? (items.at(-1) ?? null) : null }
}

export type NamedMember = Member & { called: string; reached: MemberContact; corrections: Correction[] }

/** The names of a family's members. Every access is audited. */
export const familyDetails = async (
  tx: Tx,
  sealer: Sealer,
  { now, ...of }: FamilyAccess & { now: Date },
): Promise<{ family: Family; members: NamedMember[]; safety: SafetyFact[] }> => {
  const family = await familyForCaller(tx, of)
  const safety = await safetyForCaller(tx, sealer, { ...of, now })
  await auditFamily(tx, { ...of, now }, 'family.details')
  const members = await membersOf(tx, of.id)
  const by = { apiKeyId: of.caller.keyId }
  const closed = await closedTo(tx, { personIds: members.flatMap(blockableOf), by, now })
  const named: NamedMember[] = []
  for (const member of members)
    named.push({
      ...member,
      ...{ called: shownName(sealer, closed, member) },
      ...(blockOfMember(closed, member)
        ? { reached: {}, corrections: [] }
        : {
            reached: memberContactOf(sealer, member),
            corrections: await correctionsFor(tx, sealer, { memberId: member.id }),
          }),
    })
  return { family, members: named, safety }
}

/** Records in the audit that a key read or changed sealed data of a family. */
export const auditFamily = (
  tx: Tx,
  { caller, id, now }: FamilyAccess & { now: Date },
  action: Extract<AuditAction, `family.${string}`>,
): Promise<void> => addAudit(tx, { at: now, action, apiKeyId: caller.keyId, familyId: id })
