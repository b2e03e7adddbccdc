import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { SupportLevel } from '#storage/families/families.ts'

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

/**
 * The last version before one that a person was told of by a push, or has said something of; null: there is none. What
 * was never told to them they do not know, whatever versions there were.
 */
export const planKnownTo = async (
  reader: Reader,
  { familyId, personId, before }: { familyId: string; personId: string; before: number },
): Promise<PlanVersion | null> => {
  const [known] = await readFrom(reader).$queryRaw<{ version: number | null }[]>`
    SELECT max(version) AS version FROM (
      SELECT version FROM pushes
      WHERE person_id = ${personId}::uuid AND family_id = ${familyId}::uuid
        AND kind = 'plan' AND status IN ('sent', 'summed')
      UNION ALL
      SELECT opinion.version FROM activity_opinions opinion JOIN activities activity ON activity.id = opinion.activity_id
      WHERE opinion.person_id = ${personId}::uuid AND activity.family_id = ${familyId}::uuid
    ) AS told
    WHERE version < ${before}`
  return known?.version ? planVersion(reader, familyId, known.version) : null
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
