import type { Database } from '#storage/database.ts'
import { forgetPerson } from '#storage/intake/forget-person.ts'
import { clear } from './erase.ts'

type Row = { persons: string[]; members: string[]; families: string[]; forgotten: string[] }

/**
 * Clears what a restored backup has brought back in the clear about whoever was erased since: their keys are destroyed, and tell who it
 * is. Whoever left before any request was forgotten with their key: they are again, if the keys of their time are there and only theirs
 * is not. Returns how many persons, members and families.
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
      ) AS families, ARRAY(
        SELECT p.id::text FROM persons p
        WHERE p.sealed_account LIKE 'v2.%' AND p.erased_at IS NULL
          AND NOT EXISTS (SELECT FROM subject_keys k WHERE k.id = split_part(p.sealed_account, '.', 2))
          AND EXISTS (SELECT FROM subject_keys k WHERE k.created_at <= p.created_at)
          AND NOT EXISTS (SELECT FROM requests r WHERE r.person_id = p.id)
          AND NOT EXISTS (SELECT FROM family_members m WHERE m.person_id = p.id)
          AND NOT EXISTS (SELECT FROM staff_members s WHERE s.person_id = p.id)
      ) AS forgotten`
    const { persons = [], members = [], families = [], forgotten = [] } = row ?? {}
    const cleared = persons.length + members.length + families.length
    if (cleared > 0) await clear(tx, { persons, members, families, appeals: [] }, now)
    for (const id of forgotten) await forgetPerson(tx, id)
    return cleared + forgotten.length
  })
