import { type Reader, readFrom } from '#storage/database.ts'

/** A family or a request that an incident concerns, as those see it who tell its people. */
export type Affected = {
  /** Of a family «128», of a request «2026-000017». */
  number: string
  kind: 'family' | 'request'
  territory: string
  /** The curator of the family, or whoever has the request; null: nobody. */
  staffId: string | null
  staffName: string | null
  adults: number
  minors: number
  /** Of these, how many have said that some way of reaching them is dangerous. */
  unsafe: number
}

/** `ids`: which families and requests; `all`: whatever is stored. Families first, by number. */
export const listAffected = (
  reader: Reader,
  ids: { families: readonly string[]; requests: readonly string[] } | 'all',
): Promise<Affected[]> => {
  const all = ids === 'all'
  const families = all ? [] : [...ids.families]
  const requests = all ? [] : [...ids.requests]
  return readFrom(reader).$queryRaw<Affected[]>`
    SELECT number, kind, territory, "staffId", "staffName", adults, minors, unsafe FROM (
      SELECT family.number::text AS number, 'family' AS kind, family.territory, staff.id AS "staffId",
        staff.name AS "staffName",
        count(member.id) FILTER (WHERE member.role <> 'minor')::int AS adults,
        count(member.id) FILTER (WHERE member.role = 'minor')::int AS minors,
        count(member.id) FILTER (WHERE EXISTS (
          SELECT FROM safety_facts fact WHERE fact.member_id = member.id AND fact.until IS NULL))::int AS unsafe,
        0 AS place, family.number AS position
      FROM families family
      LEFT JOIN staff_members staff ON staff.id = family.curator_id
      LEFT JOIN family_members member ON member.family_id = family.id
      WHERE ${all} OR family.id = ANY (${families}::uuid[]) OR EXISTS (
        SELECT FROM requests WHERE requests.id = family.request_id AND requests.id = ANY (${requests}::uuid[]))
      GROUP BY family.id, staff.id
      UNION ALL
      SELECT request.number, 'request', request.territory, staff.id, staff.name,
        (request.applicant <> 'minor')::int, (request.applicant = 'minor')::int, 0, 1,
        row_number() OVER (ORDER BY request.number)
      FROM requests request
      LEFT JOIN staff_members staff ON staff.id = request.assigned_to_id
      WHERE (${all} OR request.id = ANY (${requests}::uuid[]))
        AND NOT EXISTS (SELECT FROM families WHERE families.request_id = request.id)
    ) AS affected ORDER BY place, position`
}
