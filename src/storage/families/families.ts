import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const supportLevels = ['adaptation', 'basic', 'crisis', 'emergency'] as const
export type SupportLevel = (typeof supportLevels)[number]
export const familyStatuses = ['active', 'closed'] as const
export type FamilyStatus = (typeof familyStatuses)[number]
/** Why support ended, until a region's own grounds are data. */
export const endReasons = ['goals-reached', 'family-wish', 'moved-away', 'other'] as const
export type EndReason = (typeof endReasons)[number]

export type Family = {
  id: string
  /** The number people use: «семья № 128». */
  number: number
  region: string
  territory: string
  /** The request it was created from; null: accepted before the bot existed. */
  requestId: string | null
  curatorId: string | null
  level: SupportLevel | null
  /** Code of the family's current stage, as defined by the region. */
  stage: string
  status: FamilyStatus
  /** When support was requested: the regulation's deadlines count from then. */
  appliedAt: Date
  createdAt: Date
  closedAt: Date | null
  /** Incremented by every change that staff can make (ETag). */
  revision: number
}

export type NewFamily = Pick<
  Family,
  'region' | 'territory' | 'requestId' | 'curatorId' | 'level' | 'stage' | 'appliedAt' | 'createdAt'
>

/** Inserts a family, whose safety facts the caller copies. Throws DomainError `already-closed` if the request already has one. */
export const insertFamily = async (tx: Tx, family: NewFamily): Promise<Family> =>
  toFamily(await tx.family.create({ data: { ...family, safetyCopied: true } }))

export const findFamily = async (reader: Reader, id: string): Promise<Family | null> => {
  const row = await readFrom(reader).family.findUnique({ where: { id } })
  return row && toFamily(row)
}

/** Whether any family exists. */
export const anyFamily = async (reader: Reader): Promise<boolean> =>
  (await readFrom(reader).family.findFirst({ select: { id: true } })) !== null

export const familyOfRequest = async (reader: Reader, requestId: string): Promise<Family | null> => {
  const row = await readFrom(reader).family.findUnique({ where: { requestId } })
  return row && toFamily(row)
}

export const familyOfNumber = async (reader: Reader, number: number): Promise<Family | null> => {
  const row = await readFrom(reader).family.findUnique({ where: { number } })
  return row && toFamily(row)
}

/** Locks and returns a family. For other territories returns null without waiting for the lock. */
export const lockFamily = async (
  tx: Tx,
  id: string,
  territories: readonly string[] | 'all' = 'all',
): Promise<Family | null> => {
  const locked =
    territories === 'all'
      ? await tx.$queryRaw<unknown[]>`SELECT 1 FROM families WHERE id = ${id}::uuid FOR NO KEY UPDATE`
      : await tx.$queryRaw<unknown[]>`
          SELECT 1 FROM families WHERE id = ${id}::uuid AND territory = ANY (${[...territories]}::text[])
          FOR NO KEY UPDATE`
  return locked.length === 0 ? null : findFamily(tx, id)
}

/** Locks those of the families that nobody else holds, without waiting. */
export const lockFreeFamilies = async (tx: Tx, ids: readonly string[]): Promise<Map<string, Family>> => {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM families WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`
  const rows = await tx.family.findMany({ where: { id: { in: locked.map(({ id }) => id) } } })
  return new Map(rows.map((row) => [row.id, toFamily(row)]))
}

/** Updates a locked family and increments its revision. */
export const changeFamily = async (
  tx: Tx,
  id: string,
  changes: Partial<
    Pick<Family, 'curatorId' | 'level' | 'stage' | 'status' | 'closedAt' | 'territory' | 'appliedAt'>
  >,
): Promise<Family> =>
  toFamily(await tx.family.update({ where: { id }, data: { ...changes, revision: { increment: 1 } } }))

export const familyEventKinds = [
  'created',
  'stage',
  'curator',
  'level',
  'joined',
  'account',
  'removed',
  'plan',
  'closed',
] as const
export type FamilyEventKind = (typeof familyEventKinds)[number]

export type FamilyEvent = {
  id: bigint
  familyId: string
  at: Date
  kind: FamilyEventKind
  /** The new value: stage code, curator id, level, member id or plan version; of the end its reason. */
  detail: string | null
  staffId: string | null
  apiKeyId: string | null
}

export type NewFamilyEvent = Pick<FamilyEvent, 'familyId' | 'at' | 'kind'> & {
  detail?: string | undefined
  staffId?: string | undefined
  apiKeyId?: string | undefined
}

export const addFamilyEvent = async (tx: Tx, event: NewFamilyEvent): Promise<void> => {
  const { detail = null, staffId = null, apiKeyId = null } = event
  await tx.familyEvent.create({ data: { ...event, detail, staffId, apiKeyId } })
}

/** Returns a family's events in chronological order. */
export const familyEventsOf = async (reader: Reader, familyId: string): Promise<FamilyEvent[]> => {
  const rows = await readFrom(reader).familyEvent.findMany({ where: { familyId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, kind: row.kind as FamilyEventKind }))
}

type StoredFamily = NonNullable<Awaited<ReturnType<Database['prisma']['family']['findUnique']>>>

const toFamily = ({
  eventSequence: _,
  safetyCopied: __,
  clockAt: ___,
  updatedAt: ____,
  ...row
}: StoredFamily): Family => ({
  ...row,
  level: row.level as SupportLevel | null,
  status: row.status as FamilyStatus,
})
