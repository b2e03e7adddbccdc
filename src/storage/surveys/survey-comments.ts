import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { Reading } from './survey-reader.ts'

/** Somebody's own words, from a set that was sent. */
export type StoredComment = {
  invitationId: string
  question: string
  since: number
  /** Sealed at `survey_answers.text.<invitation>.<question>`. */
  text: string
  /** Monday of the week in which it was sent (ISO, UTC). */
  week: string
  territory: string
  /** Null unless whoever wrote it may be spoken to about it. */
  familyId: string | null
}

export type CommentFilter = {
  surveyCode: string
  /** First days of months, ISO; `before` is not in it. */
  from: string
  before: string
  territory?: string | undefined
  level?: string | undefined
  curatorId?: string | undefined
  limit: number
}

/** Words that were sent in some months, the newest week first, as a supervisor may read them. */
export const commentsOf = async (
  { tx }: Reading,
  { surveyCode, from, before, territory, level, curatorId, limit }: CommentFilter,
): Promise<StoredComment[]> => {
  const conditions = [
    Prisma.sql`survey_code = ${surveyCode} AND text IS NOT NULL`,
    // The week that the period begins in is of the period.
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

/** Who may be named in somebody's words: their family, by invitation, and all staff. Names of members are sealed. */
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

/** Numbers of families by their ids. */
export const familyNumbers = async (reader: Reader, ids: readonly string[]): Promise<Map<string, number>> => {
  const where = { id: { in: [...ids] } }
  const rows = await readFrom(reader).family.findMany({ where, select: { id: true, number: true } })
  return new Map(rows.map(({ id, number }) => [id, number]))
}
