import { DomainError } from '#core/errors.ts'
import { type Caller, reaches } from '#features/keys/keys.ts'
import { addAudit, type AuditAction } from '#storage/audit.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, type FamilyEvent, familyEventsOf, findFamily, lockFamily } from '#storage/families.ts'
import { type Member, membersOf } from '#storage/family-members.ts'

// What the centre's own systems see of families: those of their key's territories, and no others.

export type Of = { caller: Caller; id: string }

/** Throws `not-found` also for a family that the key does not reach. */
export const familyFor = async (reader: Reader, { caller, id }: Of): Promise<Family> => {
  const family = await findFamily(reader, id)
  if (!family || !reaches(caller, family.territory)) throw new DomainError('not-found')
  return family
}

/**
 * The family, which nobody else changes meanwhile. Throws `not-found` as `familyFor` does, and `stale` where the caller
 * had read another `revision`.
 */
export const familyInHandFor = async (
  tx: Tx,
  { caller, id, revision }: Of & { revision?: number | undefined },
): Promise<Family> => {
  const family = await lockFamily(tx, id, caller.territories)
  if (!family) throw new DomainError('not-found')
  if (revision !== undefined && revision !== family.revision) throw new DomainError('stale')
  return family
}

export type ShownFamily = { family: Family; members: Member[]; events: FamilyEvent[] }

export const showFamily = async (reader: Reader, of: Of): Promise<ShownFamily> => {
  // Read first: what is added while the rest is read belongs to a later revision than the one that is shown.
  const family = await familyFor(reader, of)
  return {
    family,
    members: await membersOf(reader, of.id),
    events: await familyEventsOf(reader, of.id),
  }
}

/** Keeps that a key saw, or changed, what is sealed of a family. */
export const auditFamily = (
  tx: Tx,
  { caller, id, now }: Of & { now: Date },
  action: Extract<AuditAction, `family.${string}`>,
): Promise<void> => addAudit(tx, { at: now, action, apiKeyId: caller.keyId, familyId: id })
