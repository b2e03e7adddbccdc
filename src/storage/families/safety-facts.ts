import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { direct } from '#storage/direct.ts'

/** What staff must know before they contact a member, as stored. */
export type StoredSafetyFact = {
  id: string
  familyId: string
  /** The member who is in danger. */
  memberId: string
  /** Sealed at `safety_facts.kind` / id. */
  kind: string
  since: Date
  /** Null: until further notice. */
  until: Date | null
  /** The request in which the member said so; null: added by staff. */
  requestId: string | null
  staffId: string | null
  apiKeyId: string | null
  endedByStaffId: string | null
  endedByKeyId: string | null
}

export type NewSafetyFact = Pick<StoredSafetyFact, 'id' | 'familyId' | 'memberId' | 'kind' | 'since'> &
  Partial<Pick<StoredSafetyFact, 'until' | 'requestId'>> &
  By

type By = { staffId?: string | null | undefined; apiKeyId?: string | null | undefined }

export const addSafetyFact = async (
  tx: Tx,
  { staffId = null, apiKeyId = null, ...fact }: NewSafetyFact,
): Promise<StoredSafetyFact> => tx.safetyFact.create({ data: { ...fact, staffId, apiKeyId } })

/** Returns the facts of a family's current members, ended ones included, oldest first. */
export const safetyFactsOf = async (reader: Reader, familyId: string): Promise<StoredSafetyFact[]> =>
  readFrom(reader).safetyFact.findMany({
    where: { familyId, member: { removedAt: null } },
    orderBy: [{ since: 'asc' }, { id: 'asc' }],
  })

/** Ends a fact that is in force. Returns null if the family has no such fact. */
export const endSafetyFact = async (
  tx: Tx,
  {
    id,
    familyId,
    until,
    staffId = null,
    apiKeyId = null,
  }: By & { id: string; familyId: string; until: Date },
): Promise<StoredSafetyFact | null> => {
  const ended = await tx.safetyFact.updateMany({
    where: { id, familyId, OR: [{ until: null }, { until: { gt: until } }] },
    data: { until, endedByStaffId: staffId, endedByKeyId: apiKeyId },
  })
  return ended.count === 1 ? tx.safetyFact.findUnique({ where: { id } }) : null
}

export const safetyOverrideKinds = ['invite', 'audience'] as const
export type SafetyOverrideKind = (typeof safetyOverrideKinds)[number]

/** Why staff did something that a safety fact warns against. */
export type SafetyOverride = {
  id: string
  familyId: string
  kind: SafetyOverrideKind
  /** The member who was invited, or the visit. */
  subjectId: string | null
  /** Sealed at `safety_overrides.reason` / id. */
  reason: string
  at: Date
  staffId: string | null
  apiKeyId: string | null
}

export const addSafetyOverride = async (
  tx: Tx,
  {
    staffId = null,
    apiKeyId = null,
    ...override
  }: By & Pick<SafetyOverride, 'id' | 'familyId' | 'kind' | 'subjectId' | 'reason' | 'at'>,
): Promise<void> => {
  await tx.safetyOverride.create({ data: { ...override, staffId, apiKeyId } })
}

/** Returns a family's overrides, oldest first. */
export const safetyOverridesOf = async (reader: Reader, familyId: string): Promise<SafetyOverride[]> => {
  const orderBy = [{ at: 'asc' as const }, { id: 'asc' as const }]
  const rows = await readFrom(reader).safetyOverride.findMany({ where: { familyId }, orderBy })
  return rows.map((row) => ({ ...row, kind: row.kind as SafetyOverrideKind }))
}

/** Joined members to whom what they said in their requests has not been copied yet, in order of id. */
export const membersWithoutSafety = async (
  reader: Reader,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ id: string; familyId: string }[]> =>
  readFrom(reader).familyMember.findMany({
    where: {
      safetyCopied: false,
      personId: { not: null },
      removedAt: null,
      ...(after && { id: { gt: after } }),
    },
    select: { id: true, familyId: true },
    orderBy: { id: 'asc' },
    take: limit,
  })

/** Marks that a person has said something since, in whatever families they are. Returns in how many. */
export const markSafetyToCopy = async (tx: Tx, personId: string): Promise<number> => {
  const marked = await direct(tx)`
    UPDATE family_members SET safety_copied = false WHERE person_id = ${personId}::uuid AND removed_at IS NULL
    RETURNING id`
  return marked.length
}

/** Marks a member's facts as copied; false if another job has done it. */
export const markSafetyCopied = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.familyMember.updateMany({ where: { id, safetyCopied: false }, data: { safetyCopied: true } }))
    .count === 1
