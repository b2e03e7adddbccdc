import { type Database, type Reader, readFrom, type Tx } from './database.ts'
import type { SupportLevel } from './families.ts'

/** One version of a family's IPSS, whole; never changed. */
export type PlanVersion = {
  id: string
  familyId: string
  /** From 1. */
  version: number
  level: SupportLevel
  /** Days, ISO. */
  from: string
  until: string
  /** Sealed JSON at `plan_versions.document` / family id and version. */
  document: string
  /** How many activities there are in it. */
  activities: number
  at: Date
  apiKeyId: string | null
}

export type NewPlanVersion = Omit<PlanVersion, 'id'>

export const insertPlanVersion = async (tx: Tx, { from, until, ...plan }: NewPlanVersion): Promise<void> => {
  await tx.planVersion.create({ data: { ...plan, from: dayColumn(from), until: dayColumn(until) } })
}

export const latestPlan = async (reader: Reader, familyId: string): Promise<PlanVersion | null> => {
  const row = await readFrom(reader).planVersion.findFirst({
    where: { familyId },
    orderBy: { version: 'desc' },
  })
  return row && toPlanVersion(row)
}

export const planVersion = async (
  reader: Reader,
  familyId: string,
  version: number,
): Promise<PlanVersion | null> => {
  const row = await readFrom(reader).planVersion.findUnique({
    where: { familyId_version: { familyId, version } },
  })
  return row && toPlanVersion(row)
}

/** A day as the driver writes a column of days. */
export const dayColumn = (day: string): Date => new Date(`${day}T00:00:00Z`)
export const dayOf = (column: Date): string => column.toISOString().slice(0, 10)

type StoredPlan = NonNullable<Awaited<ReturnType<Database['prisma']['planVersion']['findUnique']>>>

const toPlanVersion = (row: StoredPlan): PlanVersion => ({
  ...row,
  level: row.level as SupportLevel,
  from: dayOf(row.from),
  until: dayOf(row.until),
})
