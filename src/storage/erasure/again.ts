import type { Database } from '#storage/database.ts'
import { clear } from './erase.ts'

type Row = { persons: string[]; members: string[]; families: string[] }

/**
 * Clears what a restored backup has brought back in the clear about whoever was erased since: their keys are destroyed, and tell who it
 * is. Returns how many persons, members and families.
 */
export const clearRestored = (database: Database, now: Date): Promise<number> =>
  database.transaction(async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      SELECT ARRAY(
        SELECT p.id::text FROM persons p JOIN subject_keys k ON k.kind = 'person' AND k.subject_id = p.id
        WHERE k.destroyed_at IS NOT NULL AND p.erased_at IS NULL
          AND NOT EXISTS (SELECT FROM staff_members s WHERE s.person_id = p.id)
      ) AS persons, ARRAY(
        SELECT m.id::text FROM family_members m JOIN subject_keys k ON k.kind = 'member' AND k.subject_id = m.id
        WHERE k.destroyed_at IS NOT NULL AND m.removed_at IS NULL
      ) AS members, ARRAY(
        SELECT f.id::text FROM families f JOIN subject_keys k ON k.kind = 'family' AND k.subject_id = f.id
        WHERE k.destroyed_at IS NOT NULL AND f.erased_at IS NULL
      ) AS families`
    const { persons = [], members = [], families = [] } = row ?? {}
    const count = persons.length + members.length + families.length
    if (count > 0) await clear(tx, { persons, members, families, appeals: [] }, now)
    return count
  })
