import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

export const opinionKinds = ['clear', 'unclear', 'agree', 'question', 'disagree'] as const
/** Two independent judgements: whether the activity is clear, and whether the family agrees. */
export type OpinionKind = (typeof opinionKinds)[number]

export type Opinion = {
  id: bigint
  activityId: string
  /** The activity's name in the plan document. */
  code: string
  version: number
  personId: string
  kind: OpinionKind
  /** Sealed at `activity_opinions.text` / activity, version and person. */
  text: string | null
  at: Date
}

export const insertOpinion = async (tx: Tx, opinion: Omit<Opinion, 'id' | 'code'>): Promise<void> => {
  await tx.activityOpinion.create({ data: opinion })
}

export type OpinionFilter = {
  familyId: string
  activityId?: string | undefined
  personId?: string | undefined
  version?: number | undefined
  /** Only opinions with a greater id. */
  after?: bigint | undefined
  limit?: number
}

/** Returns the opinions in force, in order: each person's newest per activity, version and judgement. */
export const opinionsOf = async (
  reader: Reader,
  { familyId, activityId, personId, version, after, limit = 5000 }: OpinionFilter,
): Promise<Opinion[]> => {
  const conditions = [
    Prisma.sql`activity.family_id = ${familyId}::uuid`,
    ...(activityId === undefined ? [] : [Prisma.sql`opinion.activity_id = ${activityId}::uuid`]),
    ...(personId === undefined ? [] : [Prisma.sql`opinion.person_id = ${personId}::uuid`]),
    ...(version === undefined ? [] : [Prisma.sql`opinion.version = ${version}`]),
  ]
  return readFrom(reader).$queryRaw<Opinion[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (opinion.activity_id, opinion.version, opinion.person_id,
          opinion.kind IN ('clear', 'unclear'))
        opinion.id, opinion.activity_id AS "activityId", activity.code, opinion.version,
        opinion.person_id AS "personId", opinion.kind, opinion.text, opinion.at
      FROM activity_opinions opinion JOIN activities activity ON activity.id = opinion.activity_id
      WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY opinion.activity_id, opinion.version, opinion.person_id,
        opinion.kind IN ('clear', 'unclear'), opinion.id DESC
    ) AS counting
    WHERE id > ${after ?? 0n} ORDER BY id LIMIT ${limit}`
}
