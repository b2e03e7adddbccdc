import { DomainError } from '#core/errors.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import { addAudit, type AuditAction } from '#storage/staff/audit.ts'
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
import { nameOf } from './members.ts'

// What the centre's own systems see of families: those of their key's territories, and no others.

export type FamilyAccess = { caller: Caller; id: string }

/** Throws `not-found` also for a family that the key does not reach. */
export const familyForCaller = async (reader: Reader, { caller, id }: FamilyAccess): Promise<Family> => {
  const family = await findFamily(reader, id)
  if (!family || !reachesTerritory(caller, family.territory)) throw new DomainError('not-found')
  return family
}

/**
 * The family, which nobody else changes meanwhile. Throws `not-found` as `familyForCaller` does, and `stale` where the caller
 * had read another `revision`.
 */
export const lockFamilyForCaller = async (
  tx: Tx,
  { caller, id, revision }: FamilyAccess & { revision?: number | undefined },
): Promise<Family> => {
  const family = await lockFamily(tx, id, caller.territories)
  if (!family) throw new DomainError('not-found')
  if (revision !== undefined && revision !== family.revision) throw new DomainError('stale')
  return family
}

export type ShownFamily = { family: Family; members: Member[]; events: FamilyEvent[] }

export const showFamily = async (reader: Reader, of: FamilyAccess): Promise<ShownFamily> => {
  // Read first: what is added while the rest is read belongs to a later revision than the one that is shown.
  const family = await familyForCaller(reader, of)
  return {
    family,
    members: await membersOf(reader, of.id),
    events: await familyEventsOf(reader, of.id),
  }
}

/** A page of the families that the key reaches; `next` is the place after which the following one begins. */
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

/** How the members are called. Every sight is a row of the audit. */
export const familyDetails = async (
  tx: Tx,
  sealer: Sealer,
  { now, ...of }: FamilyAccess & { now: Date },
): Promise<{ family: Family; members: (Member & { called: string })[] }> => {
  const family = await familyForCaller(tx, of)
  await auditFamily(tx, { ...of, now }, 'family.details')
  const members = await membersOf(tx, of.id)
  return { family, members: members.map((member) => ({ ...member, called: nameOf(sealer, member) })) }
}

/** Keeps that a key saw, or changed, what is sealed of a family. */
export const auditFamily = (
  tx: Tx,
  { caller, id, now }: FamilyAccess & { now: Date },
  action: Extract<AuditAction, `family.${string}`>,
): Promise<void> => addAudit(tx, { at: now, action, apiKeyId: caller.keyId, familyId: id })
