import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { Reading } from './survey-reader.ts'

/** A free-text answer from a submitted set. */
export type StoredComment = {
  invitationId: string
  question: string
  since: number
  /** Sealed at `survey_answers.text.<invitation>.<question>`. */
  text: string
  /** Monday of the week it was submitted in (ISO, UTC). */
  week: string
  territory: string
  /** Null unless the author agreed to be contacted about it. */
  familyId: string | null
}

export type CommentFilter = {
  surveyCode: string
  /** First days of months (ISO); `before` is exclusive. */
  from: string
  before: string
  territory?: string | undefined
  level?: string | undefined
  curatorId?: string | undefined
  limit: number
}

/** Returns the comments submitted in a range of months, newest week first, as visible to a supervisor. */
export const commentsOf = async (
  { tx }: Reading,
  { surveyCode, from, before, territory, level, curatorId, limit }: CommentFilter,
): Promise<StoredComment[]> => {
  const conditions = [
    Prisma.sql`survey_code = ${surveyCode} AND text IS NOT NULL`,
    // Include the whole week in which the period begins.
    Prisma.sql`week > ${from}::date - 7 AND week < ${before}::date`,
    ...(territory === undefined ? [] : [Prisma.sql`territory = ${territory}`]),
    ...(level === undefined ? [] : [Prisma.sql`level = ${level}`]),
    ...(curatorId === undefined ? [] : [Prisma.sql`curator_id = ${curatorId}::uuid`]),
  ]
  return tx.$queryRaw<StoredComment[]>`
    SELECT invitation_id AS "invitationId", question, since, text, to_char(week, 'YYYY-MM-DD') AS week, territory,
      family_id AS "familyId"
    FROM survey_single_answers WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY survey_single_answers.week DESC, id, question LIMIT ${limit}`
}

/** Returns the names that a comment may contain: of the family, by invitation (sealed), and of all staff. */
export const namesToMask = async (
  reader: Reader,
  invitationIds: readonly string[],
): Promise<{ families: Map<string, { id: string; name: string }[]>; staff: string[] }> => {
  const from = readFrom(reader)
  const rows = await from.surveyInvitation.findMany({
    where: { id: { in: [...invitationIds] } },
    select: { id: true, family: { select: { members: { select: { id: true, name: true } } } } },
  })
  const staff = await from.staffMember.findMany({ select: { name: true } })
  return {
    families: new Map(rows.map(({ id, family }) => [id, family.members])),
    staff: staff.map(({ name }) => name),
  }
}

/** Returns family numbers by id. */
export const familyNumbers = async (reader: Reader, ids: readonly string[]): Promise<Map<string, number>> => {
  const where = { id: { in: [...ids] } }
  const rows = await readFrom(reader).family.findMany({ where, select: { id: true, number: true } })
  return new Map(rows.map(({ id, number }) => [id, number]))
}
