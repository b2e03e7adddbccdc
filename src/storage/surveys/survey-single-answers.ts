import { Prisma } from '#generated/client.ts'
import type { Reading } from './survey-reader.ts'

/** One answer of a submitted set. */
export type SingleAnswer = {
  question: string
  since: number
  number: number | null
  codes: string[]
  /** Sealed at `survey_answers.text.<invitation>.<question>`. */
  text: string | null
}

/** A submitted set; anonymous unless the person agreed to be contacted about it. */
export type SingleSet = {
  /** An alias that cannot be traced to a person. */
  id: string
  invitationId: string
  version: number
  /** Monday of the week it was submitted in (ISO, UTC). */
  week: string
  territory: string
  level: string | null
  minor: boolean
  /** The staff member it is about; null also if fewer than five families have answered about them. */
  curatorId: string | null
  familyId: string | null
  memberId: string | null
  answers: SingleAnswer[]
}

type Row = Omit<SingleSet, 'answers'> & SingleAnswer

/** Returns a survey's sets of one week in order of id, optionally after an id. */
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
    /** Its Monday (ISO). */
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
