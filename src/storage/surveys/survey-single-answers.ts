import { Prisma } from '#generated/client.ts'
import type { Reading } from './survey-reader.ts'

/** One answer of a set that was sent. */
export type SingleAnswer = {
  question: string
  since: number
  number: number | null
  codes: string[]
  /** Sealed at `survey_answers.text.<invitation>.<question>`. */
  text: string | null
}

/** A set that was sent, without who sent it unless they may be spoken to about it. */
export type SingleSet = {
  /** Leads to nobody. */
  id: string
  invitationId: string
  version: number
  /** Monday of the week in which it was sent (ISO, UTC). */
  week: string
  territory: string
  level: string | null
  minor: boolean
  /** Whom it is about; null also where fewer than five families have answered about them. */
  curatorId: string | null
  familyId: string | null
  memberId: string | null
  answers: SingleAnswer[]
}

type Row = Omit<SingleSet, 'answers'> & SingleAnswer

/** Sets of one week in the order of their ids: of a survey, after an id if told. */
export const singleSetsOf = async (
  { tx }: Reading,
  {
    surveyCode,
    week,
    territory,
    after,
    limit,
  }: {
    surveyCode: string
    /** Its Monday, ISO. */
    week: string
    territory: string | undefined
    after: string | undefined
    limit: number
  },
): Promise<SingleSet[]> => {
  const where = Prisma.join(
    [
      Prisma.sql`week = ${week}::date AND survey_code = ${surveyCode}`,
      ...(territory === undefined ? [] : [Prisma.sql`territory = ${territory}`]),
      ...(after === undefined ? [] : [Prisma.sql`id > ${after}::uuid`]),
    ],
    ' AND ',
  )
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id::text AS id, invitation_id::text AS "invitationId", version, to_char(week, 'YYYY-MM-DD') AS week, territory,
      level, minor, curator_id::text AS "curatorId", family_id::text AS "familyId", member_id::text AS "memberId",
      question, since, number::int AS number, codes, text
    FROM survey_single_answers
    WHERE ${where} AND id IN (SELECT DISTINCT id FROM survey_single_answers WHERE ${where} ORDER BY id LIMIT ${limit})
    ORDER BY survey_single_answers.id, question`
  const sets = new Map<string, SingleSet>()
  for (const { question, since, number, codes, text, ...set } of rows) {
    const found = sets.get(set.id) ?? { ...set, answers: [] }
    found.answers.push({ question, since, number, codes, text })
    sets.set(set.id, found)
  }
  return [...sets.values()]
}
