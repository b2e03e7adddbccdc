import type { Member } from '#storage/families/family-members.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { NeedKind } from '#storage/needs/case-needs.ts'
import { type RegisterScope, withinTerritories } from './register-scope.ts'

export type NeedRow = {
  /** Of the version that holds. */
  id: string
  familyId: string
  kind: NeedKind
  /** Sealed at `case_needs.code` / id. */
  code: string
  /** ISO days. */
  since: string
  until: string | null
}

/** Categories and circumstances that held on some day of a period, as they are known now. */
export const needsWithin = (reader: Reader, scope: RegisterScope): Promise<NeedRow[]> =>
  readFrom(reader).$queryRaw<NeedRow[]>`
    SELECT n.id, n.family_id AS "familyId", n.kind, n.code, n.since::text AS since, n.until::text AS until
    FROM (
      SELECT DISTINCT ON (c.need_id) c.* FROM case_needs c JOIN families f ON f.id = c.family_id
      WHERE ${withinTerritories(scope)} ORDER BY c.need_id, c.version DESC
    ) n
    WHERE NOT n.withdrawn AND n.since <= ${scope.until}::date
      AND (n.until IS NULL OR n.until >= ${scope.from}::date)
    ORDER BY n.since, n.id`

export type FactRow = {
  familyId: string
  /** ISO day. */
  day: string
  /** Sealed at `case_events.words` / family id. */
  words: string
}

/** What happened to families in a period; what was corrected is left out. */
export const factsWithin = (reader: Reader, scope: RegisterScope): Promise<FactRow[]> =>
  readFrom(reader).$queryRaw<FactRow[]>`
    SELECT c.family_id AS "familyId", c.day::text AS day, c.words
    FROM case_events c JOIN families f ON f.id = c.family_id
    WHERE c.kind = 'fact' AND NOT c.void AND c.day BETWEEN ${scope.from}::date AND ${scope.until}::date
      AND c.words IS NOT NULL AND ${withinTerritories(scope)}
      AND NOT EXISTS (SELECT FROM case_events later WHERE later.corrects_id = c.id)`

export type OvercomeRow = { familyId: string; day: string }

/** Families of whom the final diagnosis found in a period that they have overcome their hardship; the last answer of an episode holds. */
export const overcomeWithin = (reader: Reader, scope: RegisterScope): Promise<OvercomeRow[]> =>
  readFrom(reader).$queryRaw<OvercomeRow[]>`
    SELECT o.family_id AS "familyId", o.day::text AS day
    FROM (
      SELECT DISTINCT ON (c.episode_id) c.* FROM case_outcomes c JOIN families f ON f.id = c.family_id
      WHERE c.kind = 'overcame' AND ${withinTerritories(scope)} ORDER BY c.episode_id, c.id DESC
    ) o
    WHERE o.answer AND o.day BETWEEN ${scope.from}::date AND ${scope.until}::date`

export type MemberRow = { id: string; familyId: string; role: string; name: string } & Pick<
  Member,
  'personId' | 'paperPersonId'
>

/** Present members of families, in the order in which they were added. */
export const membersOfMany = (reader: Reader, familyIds: readonly string[]): Promise<MemberRow[]> =>
  readFrom(reader).$queryRaw<MemberRow[]>`
    SELECT m.id, m.family_id AS "familyId", m.role, m.name, m.person_id::text AS "personId",
      m.paper_person_id::text AS "paperPersonId" FROM family_members m
    WHERE m.family_id = ANY (${[...familyIds]}::uuid[]) AND m.removed_at IS NULL
    ORDER BY m.added_at, m.id`

export type FamilyNumber = { id: string; number: number; territory: string }

export const numbersOf = (reader: Reader, familyIds: readonly string[]): Promise<FamilyNumber[]> =>
  readFrom(reader).$queryRaw<FamilyNumber[]>`
    SELECT f.id, f.number, f.territory FROM families f WHERE f.id = ANY (${[...familyIds]}::uuid[])
    ORDER BY f.number`
