import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { SupportLevel } from '#storage/families/families.ts'

/** One complete version of a family's IPSS; immutable. */
export type PlanVersion = {
  id: string
  familyId: string
  /** From 1. */
  version: number
  level: SupportLevel
  /** ISO dates. */
  from: string
  until: string
  /** Sealed JSON at `plan_versions.document` / family id and version. */
  document: string
  /** Number of activities. */
  activities: number
  at: Date
  apiKeyId: string | null
  /** It differs from the version before in confidential activities only: for adults it does not exist. */
  confidentialOnly: boolean
}

export type NewPlanVersion = Omit<PlanVersion, 'id'>

export const insertPlanVersion = async (tx: Tx, { from, until, ...plan }: NewPlanVersion): Promise<void> => {
  await tx.planVersion.create({ data: { ...plan, from: dayColumn(from), until: dayColumn(until) } })
}

/** `open`: the latest version of which adults of the family know. */
export const latestPlan = async (
  reader: Reader,
  familyId: string,
  { open = false }: { open?: boolean } = {},
): Promise<PlanVersion | null> => {
  const row = await readFrom(reader).planVersion.findFirst({
    where: { familyId, ...(open && { confidentialOnly: false }) },
    orderBy: { version: 'desc' },
  })
  return row && toPlanVersion(row)
}

/** How many versions up to this one adults of the family know of. */
export const countOpenVersions = (
  reader: Reader,
  { familyId, version }: Pick<PlanVersion, 'familyId' | 'version'>,
): Promise<number> =>
  readFrom(reader).planVersion.count({
    where: { familyId, version: { lte: version }, confidentialOnly: false },
  })

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

/** The last version before each of these; `null`: the latest. In no order. */
export const plansBefore = (
  reader: Reader,
  wanted: readonly { familyId: string; before: number | null }[],
): Promise<Pick<PlanVersion, 'familyId' | 'version' | 'document'>[]> =>
  readFrom(reader).$queryRaw<Pick<PlanVersion, 'familyId' | 'version' | 'document'>[]>`
    SELECT DISTINCT ON (family_id, "before") family_id AS "familyId", version, document
    FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS wanted("familyId" uuid, "before" integer)
    JOIN plan_versions ON family_id = "familyId" AND ("before" IS NULL OR version < "before")
    ORDER BY family_id, "before", version DESC`

/**
 * Returns the latest version below `before` that the person knows, because a push announced it or they gave an opinion
 * on it; null if there is none. Versions that were never announced to them do not count.
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

/** Converts an ISO date to the value of a DATE column. */
export const dayColumn = (day: string): Date => new Date(`${day}T00:00:00Z`)
export const dayOf = (column: Date): string => column.toISOString().slice(0, 10)

type StoredPlan = NonNullable<Awaited<ReturnType<Database['prisma']['planVersion']['findUnique']>>>

const toPlanVersion = (row: StoredPlan): PlanVersion => ({
  ...row,
  level: row.level as SupportLevel,
  from: dayOf(row.from),
  until: dayOf(row.until),
})
