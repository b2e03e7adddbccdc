import type { Tx } from '#storage/database.ts'

/** Ids of everybody and everything that an erasure is about. */
export type Subjects = { persons: string[]; members: string[]; families: string[]; appeals: string[] }

type Row = { persons: string[] | null; members: string[] | null; appeals: string[] | null }

/**
 * An account, the memberships it holds, under whom their papers are kept, and the accounts that it has replaced there (ADR 38);
 * `withAppeals`: what others told of which its requests came. Null for nobody, for whoever was erased, and for staff.
 */
export const subjectsOfPerson = async (
  tx: Tx,
  personId: string,
  withAppeals = false,
): Promise<Subjects | null> => {
  const known = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id::text AS id FROM persons p WHERE p.id = ${personId}::uuid AND p.erased_at IS NULL
      AND NOT EXISTS (SELECT FROM staff_members s WHERE s.person_id = p.id) FOR UPDATE`
  if (known.length === 0) return null
  const [row] = await tx.$queryRaw<Row[]>`
    WITH member AS (
      SELECT id, paper_person_id FROM family_members
      WHERE person_id = ${personId}::uuid OR (paper_person_id = ${personId}::uuid AND person_id IS NULL)
    )
    SELECT ARRAY(SELECT id::text FROM member) AS members, ARRAY(
      SELECT DISTINCT c.old_person_id::text FROM account_changes c
      WHERE c.member_id IN (SELECT id FROM member) AND c.decision = 'confirmed'
        AND NOT EXISTS (SELECT FROM family_members o WHERE o.person_id = c.old_person_id)
        AND NOT EXISTS (SELECT FROM staff_members s WHERE s.person_id = c.old_person_id)
      UNION SELECT paper_person_id::text FROM member WHERE paper_person_id IS NOT NULL
    ) AS persons, ARRAY(
      SELECT DISTINCT s.appeal_id::text FROM incoming_steps s JOIN requests r ON r.id = s.request_id
      WHERE ${withAppeals} AND r.person_id = ${personId}::uuid AND s.family_id IS NULL
        AND NOT EXISTS (
          SELECT FROM incoming_steps o LEFT JOIN requests other ON other.id = o.request_id
          WHERE o.appeal_id = s.appeal_id AND (o.family_id IS NOT NULL OR other.person_id <> r.person_id)
        )
    ) AS appeals`
  const persons = [...new Set([personId, ...(row?.persons ?? [])])]
  return { persons, members: row?.members ?? [], families: [], appeals: row?.appeals ?? [] }
}

/**
 * A family with all members it has ever had, what was told of it, and the accounts that are in no other family and not of staff.
 * Null for none, and for one that was erased.
 */
export const subjectsOfFamily = async (tx: Tx, familyId: string): Promise<Subjects | null> => {
  const known = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM families WHERE id = ${familyId}::uuid AND erased_at IS NULL FOR UPDATE`
  if (known.length === 0) return null
  const [row] = await tx.$queryRaw<Row[]>`
    WITH family AS (SELECT id, request_id FROM families WHERE id = ${familyId}::uuid), account AS (
      SELECT person_id AS id FROM family_members WHERE family_id = ${familyId}::uuid AND person_id IS NOT NULL
      UNION SELECT paper_person_id FROM family_members WHERE family_id = ${familyId}::uuid AND paper_person_id IS NOT NULL
      UNION SELECT old_person_id FROM account_changes WHERE family_id = ${familyId}::uuid
      UNION SELECT r.person_id FROM requests r JOIN family f ON f.request_id = r.id
    )
    SELECT ARRAY(SELECT id::text FROM family_members WHERE family_id = ${familyId}::uuid) AS members, ARRAY(
      SELECT a.id::text FROM account a JOIN persons p ON p.id = a.id
      WHERE p.erased_at IS NULL AND NOT EXISTS (SELECT FROM staff_members s WHERE s.person_id = a.id)
        AND NOT EXISTS (
          SELECT FROM family_members o
          WHERE o.person_id = a.id AND o.family_id <> ${familyId}::uuid AND o.removed_at IS NULL
        )
    ) AS persons, ARRAY(
      SELECT DISTINCT s.appeal_id::text FROM incoming_steps s, family f
      WHERE s.family_id = f.id OR s.request_id = f.request_id
    ) AS appeals`
  return {
    persons: row?.persons ?? [],
    members: row?.members ?? [],
    families: [familyId],
    appeals: row?.appeals ?? [],
  }
}
