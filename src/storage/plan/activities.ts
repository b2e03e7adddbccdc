import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import { dayColumn, dayOf } from './plans.ts'

export const activityStatuses = ['planned', 'done', 'cancelled'] as const
export type ActivityStatus = (typeof activityStatuses)[number]

/** An activity across all versions of a plan: unsealed columns for reports and lists. */
export type Activity = {
  id: string
  familyId: string
  /** The activity's name in the plan document. */
  code: string
  /** Kind of help. */
  kind: string
  audience: 'family' | 'adults' | 'minors' | 'confidential'
  memberIds: string[]
  /** ISO dates. */
  firstOn: string
  lastOn: string
  /** As set by staff. */
  status: ActivityStatus
  /** The versions that added and removed it. */
  addedIn: number
  removedIn: number | null
}

/** The columns that a plan version determines. */
export type PlannedRow = Pick<Activity, 'code' | 'kind' | 'audience' | 'memberIds' | 'firstOn' | 'lastOn'> & {
  /** Which help of the catalogue it is, sealed by `sealCatalogue`; empty: none. */
  catalogue: string
}

/** Returns all activities a family has ever had, in the order they were added. */
export const activitiesOf = async (reader: Reader, familyId: string): Promise<Activity[]> => {
  const orderBy = [{ addedIn: 'asc' as const }, { code: 'asc' as const }]
  const rows = await readFrom(reader).activity.findMany({ where: { familyId }, orderBy })
  return rows.map(toActivity)
}

export const findActivity = async (reader: Reader, id: string): Promise<Activity | null> => {
  const row = await readFrom(reader).activity.findUnique({ where: { id } })
  return row && toActivity(row)
}

/** Locks an activity, so that of two concurrent marks the second one sees the first. */
export const lockActivity = async (tx: Tx, id: string): Promise<void> => {
  await tx.$queryRaw`SELECT 1 FROM activities WHERE id = ${id}::uuid FOR NO KEY UPDATE`
}

/**
 * Updates the rows to a new version of the plan: inserts or restores its activities and marks all others as removed in
 * it. The family must be locked.
 */
export const projectActivities = async (
  tx: Tx,
  { familyId, version, planned }: { familyId: string; version: number; planned: readonly PlannedRow[] },
): Promise<void> => {
  await tx.$executeRaw`
    INSERT INTO activities
      (id, family_id, code, kind, audience, member_ids, first_on, last_on, catalogue, status, added_in)
    SELECT gen_random_uuid(), ${familyId}::uuid, code, kind, audience,
      ARRAY(SELECT jsonb_array_elements_text("memberIds")::uuid), "firstOn", "lastOn", catalogue, 'planned', ${version}
    FROM jsonb_to_recordset(${JSON.stringify(planned)}::jsonb)
      AS planned(code text, kind text, audience text, "memberIds" jsonb, "firstOn" date, "lastOn" date,
        catalogue text)
    ON CONFLICT (family_id, code) DO UPDATE SET
      kind = EXCLUDED.kind, audience = EXCLUDED.audience, member_ids = EXCLUDED.member_ids,
      first_on = EXCLUDED.first_on, last_on = EXCLUDED.last_on,
      catalogue = EXCLUDED.catalogue, removed_in = NULL`
  await tx.activity.updateMany({
    where: { familyId, removedIn: null, code: { notIn: planned.map(({ code }) => code) } },
    data: { removedIn: version },
  })
}

export const setActivityStatus = async (tx: Tx, id: string, status: ActivityStatus): Promise<void> => {
  await tx.activity.update({ where: { id }, data: { status } })
}

export type ActivityMark = {
  activityId: string
  /** ISO date. */
  on: string
  /** `staff`, or the id of the person. */
  author: string
  happened: boolean
  at: Date
  /** Sealed: what staff say about it. */
  words?: string | null
}

/** Records whether an activity took place on a day, replacing the author's earlier mark. */
export const markActivity = async (tx: Tx, { on, ...mark }: ActivityMark): Promise<void> => {
  const { activityId, author, happened, at, words = null } = mark
  const day = dayColumn(on)
  await tx.activityMark.upsert({
    where: { activityId_on_author: { activityId, on: day, author } },
    create: { ...mark, on: day },
    update: { happened, at, words },
  })
}

/** Returns all marks of an activity, latest day first. */
export const marksOf = async (reader: Reader, activityId: string): Promise<ActivityMark[]> => {
  const orderBy = [{ on: 'desc' as const }, { at: 'desc' as const }]
  const rows = await readFrom(reader).activityMark.findMany({ where: { activityId }, orderBy })
  return rows.map((row) => ({ ...row, on: dayOf(row.on) }))
}

type StoredActivity = NonNullable<Awaited<ReturnType<Database['prisma']['activity']['findUnique']>>>

const toActivity = (row: StoredActivity): Activity => ({
  ...row,
  audience: row.audience as Activity['audience'],
  status: row.status as ActivityStatus,
  firstOn: dayOf(row.firstOn),
  lastOn: dayOf(row.lastOn),
})
