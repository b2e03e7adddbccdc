import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { WorkSubject } from './work-alarms.ts'

/**
 * Claimed requests and families under support that are to be looked at by now, up to 500 of each, longest due first; and
 * whether any alarm was told to nobody yet. One statement: it is asked every minute.
 */
export const dueCases = async (
  reader: Reader,
  now: Date,
): Promise<{ subjects: WorkSubject[]; untold: boolean }> => {
  const rows = await readFrom(reader).$queryRaw<{ requestId: string | null; familyId: string | null }[]>`
    (SELECT id AS "requestId", NULL::uuid AS "familyId" FROM requests
      WHERE status = 'claimed' AND (clock_at IS NULL OR clock_at <= ${now}) ORDER BY clock_at NULLS FIRST LIMIT 500)
    UNION ALL
    (SELECT NULL::uuid, id FROM families
      WHERE status = 'active' AND (clock_at IS NULL OR clock_at <= ${now}) ORDER BY clock_at NULLS FIRST LIMIT 500)
    UNION ALL
    (SELECT NULL::uuid, NULL::uuid FROM work_alarms WHERE told_at IS NULL LIMIT 1)`
  const subjects = rows.flatMap(({ requestId, familyId }): WorkSubject[] =>
    requestId !== null ? [{ requestId }] : familyId !== null ? [{ familyId }] : [],
  )
  return { subjects, untold: subjects.length < rows.length }
}

/**
 * Locks a case that is to be looked at and sets when it is looked at next. False if it has been looked at meanwhile, is over,
 * or another instance looks at it.
 */
export const takeLook = async (tx: Tx, subject: WorkSubject, now: Date, next: Date): Promise<boolean> => {
  const count =
    'requestId' in subject
      ? await tx.$executeRaw`
          UPDATE requests SET clock_at = ${next} WHERE id = (
            SELECT id FROM requests WHERE id = ${subject.requestId}::uuid AND status = 'claimed'
              AND (clock_at IS NULL OR clock_at <= ${now}) FOR NO KEY UPDATE SKIP LOCKED)`
      : await tx.$executeRaw`
          UPDATE families SET clock_at = ${next} WHERE id = (
            SELECT id FROM families WHERE id = ${subject.familyId}::uuid AND status = 'active'
              AND (clock_at IS NULL OR clock_at <= ${now}) FOR NO KEY UPDATE SKIP LOCKED)`
  return count === 1
}

/** Lets all that somebody is responsible for be looked at at once: it may have nobody any more. */
export const wakeWorkOf = async (tx: Tx, staffId: string): Promise<void> => {
  const data = { clockAt: null }
  await tx.request.updateMany({ where: { claimedById: staffId, status: 'claimed' }, data })
  await tx.family.updateMany({ where: { curatorId: staffId, status: 'active' }, data })
}

/** When anybody of the centre last did something about a request: it was taken, answered, called about, noted, moved. */
export const requestActedAt = async (reader: Reader, requestId: string): Promise<Date | null> => {
  const [row] = await readFrom(reader).$queryRaw<{ at: Date | null }[]>`
    SELECT max(at) AS at FROM request_events WHERE request_id = ${requestId}::uuid AND kind = ANY (${actsOnRequests})`
  return row?.at ?? null
}

/** The same of many requests. */
export const requestsActedAt = async (reader: Reader, ids: readonly string[]): Promise<Map<string, Date>> => {
  if (ids.length === 0) return new Map()
  const rows = await readFrom(reader).$queryRaw<{ id: string; at: Date }[]>`
    SELECT request_id AS id, max(at) AS at FROM request_events
    WHERE request_id = ANY (${[...ids]}::uuid[]) AND kind = ANY (${actsOnRequests}) GROUP BY 1`
  return new Map(rows.map(({ id, at }) => [id, at]))
}

const actsOnRequests = ['claimed', 'passed-on', 'staff-note', 'answer', 'stage', 'called', 'not-urgent']

/** When anybody of the centre last did something about families: a word, a visit, a plan, a stage, a curator, a level. */
export const familiesActedAt = async (reader: Reader, ids: readonly string[]): Promise<Map<string, Date>> => {
  if (ids.length === 0) return new Map()
  const rows = await readFrom(reader).$queryRaw<{ id: string; at: Date }[]>`
    SELECT one.id, act.at FROM unnest(${[...ids]}::uuid[]) AS one(id)
    CROSS JOIN LATERAL (SELECT GREATEST(
      (SELECT max(at) FROM family_events WHERE family_id = one.id
        AND kind IN ('created', 'stage', 'curator', 'level', 'plan')),
      -- The newest by the index: conversations are long.
      (SELECT at FROM messages WHERE family_id = one.id AND author = 'staff' ORDER BY at DESC, id DESC LIMIT 1),
      (SELECT max(changed_at) FROM visits WHERE family_id = one.id),
      (SELECT max(at) FROM case_events WHERE family_id = one.id AND NOT implied)
    ) AS at) act WHERE act.at IS NOT NULL`
  return new Map(rows.map(({ id, at }) => [id, at]))
}
