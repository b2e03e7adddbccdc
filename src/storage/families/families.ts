import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const supportLevels = ['adaptation', 'basic', 'crisis', 'emergency'] as const
export type SupportLevel = (typeof supportLevels)[number]
export const familyStatuses = ['active', 'closed'] as const
export type FamilyStatus = (typeof familyStatuses)[number]

export type Family = {
  id: string
  /** As people name it: «семья № 128». */
  number: number
  region: string
  territory: string
  /** The request that it was made of; null: accepted before the bot. */
  requestId: string | null
  curatorId: string | null
  level: SupportLevel | null
  /** Code of the region's stage that the family is at. */
  stage: string
  status: FamilyStatus
  /** When support was asked for: the regulation counts its terms from then. */
  appliedAt: Date
  createdAt: Date
  closedAt: Date | null
  /** Counts every change that staff may make (ETag). */
  revision: number
}

export type NewFamily = Pick<
  Family,
  'region' | 'territory' | 'requestId' | 'curatorId' | 'level' | 'stage' | 'appliedAt' | 'createdAt'
>

/** Keeps a family. Throws DomainError `already-closed` for a second one of the same request. */
export const insertFamily = async (tx: Tx, family: NewFamily): Promise<Family> =>
  toFamily(await tx.family.create({ data: family }))

export const findFamily = async (reader: Reader, id: string): Promise<Family | null> => {
  const row = await readFrom(reader).family.findUnique({ where: { id } })
  return row && toFamily(row)
}

/** Whether there is any family at all. */
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

/** A family that nobody else changes until the transaction ends; null, and no wait, for one of other territories. */
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

/** Changes a family that is locked, and counts the change. */
export const changeFamily = async (
  tx: Tx,
  id: string,
  changes: Partial<Pick<Family, 'curatorId' | 'level' | 'stage' | 'status' | 'closedAt' | 'territory'>>,
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
  /** What it came to: the stage's code, the curator's id, the level, the member's id, the plan's version. */
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

/** In the order in which they happened. */
export const familyEventsOf = async (reader: Reader, familyId: string): Promise<FamilyEvent[]> => {
  const rows = await readFrom(reader).familyEvent.findMany({ where: { familyId }, orderBy: { id: 'asc' } })
  return rows.map((row) => ({ ...row, kind: row.kind as FamilyEventKind }))
}

type StoredFamily = NonNullable<Awaited<ReturnType<Database['prisma']['family']['findUnique']>>>

export const toFamily = ({ eventSequence: _, ...row }: StoredFamily): Family => ({
  ...row,
  level: row.level as SupportLevel | null,
  status: row.status as FamilyStatus,
})
