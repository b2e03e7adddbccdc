import type { Address, Language } from '#core/text.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { MemberRole } from '#storage/families/family-members.ts'

/** The wording that holds now, for each kind of reader. */
export type CurrentWording = { language: Language; address: Address; version: string }

/** Somebody whose consent is to an older wording: a member of a family that is supported, or whoever has made an open request. */
export type Unanswering = {
  of: 'family' | 'request'
  /** Of the family or request. */
  id: string
  number: string
  /** Of a request: who made it. */
  role: MemberRole | 'other-person'
  language: Language
  address: Address
}

/** Those of these territories; their papers count, however they agreed. */
export const unansweringIn = async (
  reader: Reader,
  {
    territories,
    wordings,
    limit,
  }: { territories: readonly string[]; wordings: readonly CurrentWording[]; limit: number },
): Promise<Unanswering[]> => {
  const newest =
    wordings
      .map(({ version }) => version)
      .toSorted()
      .at(-1) ?? ''
  const columns = [
    wordings.map(({ language }) => language),
    wordings.map(({ address }) => address),
    wordings.map(({ version }) => version),
  ] as const
  const prisma = readFrom(reader)
  // Mostly nobody has an older one, which an index tells at once.
  const [older] = await prisma.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT FROM consents WHERE kind = 'personal-data' AND version < ${newest}) AS "any"`
  if (older?.any !== true) return []
  return prisma.$queryRaw<Unanswering[]>`
    WITH wording AS (
      SELECT * FROM unnest(${columns[0]}::text[], ${columns[1]}::text[], ${columns[2]}::text[]) AS w(language, address, version)
    ), asked AS (
      SELECT 'family' AS "of", f.id, f.number::text AS number, m.role, p.language,
        CASE m.role WHEN 'minor' THEN 'minor' ELSE 'adult' END AS address, m.person_id AS one, m.paper_person_id AS other
      FROM families f
        JOIN family_members m ON m.family_id = f.id AND m.removed_at IS NULL
        JOIN persons p ON p.id = coalesce(m.person_id, m.paper_person_id)
      WHERE f.status = 'active' AND f.territory = ANY(${[...territories]}::text[])
      UNION ALL
      SELECT 'request', r.id, r.number, r.applicant, p.language, p.address, p.id, NULL
      FROM requests r JOIN persons p ON p.id = r.person_id
      WHERE r.status IN ('submitted', 'claimed') AND r.territory = ANY(${[...territories]}::text[])
    )
    SELECT asked."of", asked.id::text AS id, asked.number, asked.role, asked.language, asked.address
    FROM asked JOIN wording ON wording.language = asked.language AND wording.address = asked.address
    WHERE wording.version > (
      SELECT max(c.version) FROM consents c
      WHERE c.person_id IN (asked.one, asked.other) AND c.kind = 'personal-data'
        AND NOT EXISTS (SELECT FROM consent_withdrawals w WHERE w.consent_id = c.id)
    )
    ORDER BY asked."of", asked.number LIMIT ${limit}::int`
}
