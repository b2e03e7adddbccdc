import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'
import { findRequest, type Request, type RequestStatus } from './requests.ts'

export type RequestDuplicate = {
  id: string
  duplicateId: string
  keptId: string
  /** Both are of one account. */
  samePerson: boolean
  /** The term of the one that stays before. */
  ownDueAt: Date
  /** Sealed JSON at `request_duplicates.before` / id. */
  before: string
  at: Date
  staffId: string | null
  apiKeyId: string | null
}

/** Throws if the request is a duplicate already. */
export const insertDuplicate = async (tx: Tx, row: RequestDuplicate): Promise<void> => {
  await tx.requestDuplicate.create({ data: row })
}

/** The merge of a request that stands; null if it is no duplicate. */
export const standingMerge = async (reader: Reader, duplicateId: string): Promise<RequestDuplicate | null> =>
  readFrom(reader).requestDuplicate.findFirst({ where: { duplicateId, undoneAt: null } })

/** Takes it back; returns false if somebody else has. */
export const undoDuplicate = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.requestDuplicate.updateMany({ where: { id, undoneAt: null }, data: { undoneAt: now } })).count ===
  1

/** The request into which one was merged; null if it is no duplicate. */
export const keptOf = async (
  reader: Reader,
  duplicateId: string,
): Promise<{ id: string; number: string; status: RequestStatus; safetyCheck: string | null } | null> => {
  const [row] = await directFrom(reader)<{
    id: string
    number: string
    status: RequestStatus
    safetyCheck: string | null
  }>`
    SELECT r.id::text AS id, r.number, r.status, r.safety_check AS "safetyCheck"
    FROM request_duplicates one JOIN requests r ON r.id = one.kept_id
    WHERE one.duplicate_id = ${duplicateId}::uuid AND one.undone_at IS NULL`
  return row ?? null
}

/** The requests that are closed as duplicates of one, oldest merge first. */
export const duplicatesOf = async (reader: Reader, keptId: string): Promise<Request[]> => {
  const rows = await directFrom(reader)<{ id: string }>`
    SELECT duplicate_id::text AS id FROM request_duplicates
    WHERE kept_id = ${keptId}::uuid AND undone_at IS NULL ORDER BY at, id`
  const found = await Promise.all(rows.map(({ id }) => findRequest(reader, id)))
  return found.filter((one) => one !== null)
}

/** The same of the account that made the one that stays, with what it said of contact. */
export const ownDuplicatesOf = (
  reader: Reader,
  keptId: string,
): Promise<Pick<Request, 'id' | 'number' | 'contact'>[]> =>
  directFrom(reader)<Pick<Request, 'id' | 'number' | 'contact'>>`
    SELECT r.id::text AS id, r.number, r.contact FROM request_duplicates one JOIN requests r ON r.id = one.duplicate_id
    WHERE one.kept_id = ${keptId}::uuid AND one.undone_at IS NULL AND one.same_person ORDER BY one.at, one.id`

/** What somebody said of contact in a request that was merged, and who they were. */
export type MergedWord = Pick<Request, 'id' | 'personId' | 'applicant' | 'contact' | 'submittedAt'>

/** What was merged into one, also by way of another that was merged into it, the oldest first. */
export const wordsMergedInto = (reader: Reader, keptId: string): Promise<MergedWord[]> =>
  directFrom(reader)<MergedWord>`
    WITH RECURSIVE merged AS (
      SELECT duplicate_id FROM request_duplicates WHERE kept_id = ${keptId}::uuid AND undone_at IS NULL
      UNION SELECT one.duplicate_id FROM merged JOIN request_duplicates one ON one.kept_id = merged.duplicate_id
      WHERE one.undone_at IS NULL)
    SELECT r.id::text AS id, r.person_id::text AS "personId", r.applicant, r.contact, r.submitted_at AS "submittedAt"
    FROM merged JOIN requests r ON r.id = merged.duplicate_id ORDER BY r.submitted_at, r.id`

/**
 * When the family of the request `r` applied: with it, or with one that was merged into it, also by way of another (ADR 98). A report
 * of somebody outside is no application; of who was erased neither the day nor the applicant stands for anything.
 */
export const appliedAt = Prisma.sql`(
  CASE WHEN EXISTS (SELECT FROM request_duplicates one WHERE one.kept_id = r.id AND one.undone_at IS NULL) THEN (
    WITH RECURSIVE merged AS (
      SELECT duplicate_id FROM request_duplicates WHERE kept_id = r.id AND undone_at IS NULL
      UNION SELECT one.duplicate_id FROM merged JOIN request_duplicates one ON one.kept_id = merged.duplicate_id
      WHERE one.undone_at IS NULL)
    SELECT LEAST(r.submitted_at, min(other.submitted_at))
    FROM merged JOIN requests other ON other.id = merged.duplicate_id JOIN persons p ON p.id = other.person_id
    WHERE other.applicant <> 'other-person' AND p.erased_at IS NULL)
  ELSE r.submitted_at END)`

export const appliedAtOf = async (
  reader: Reader,
  { id, submittedAt }: Pick<Request, 'id' | 'submittedAt'>,
): Promise<Date> => {
  const [row] = await readFrom(reader).$queryRaw<{ at: Date }[]>`
    SELECT ${appliedAt} AS at FROM requests r WHERE r.id = ${id}::uuid`
  return row?.at ?? submittedAt
}

/** The same as whoever made it knows it: with it, or with one of their own. */
export const appliedAtAsOwn = async (
  reader: Reader,
  { id, submittedAt }: Pick<Request, 'id' | 'submittedAt'>,
): Promise<Date> => {
  const [row] = await directFrom(reader)<{ at: Date | null }>`
    WITH RECURSIVE merged AS (
      SELECT duplicate_id FROM request_duplicates WHERE kept_id = ${id}::uuid AND undone_at IS NULL AND same_person
      UNION SELECT one.duplicate_id FROM merged JOIN request_duplicates one ON one.kept_id = merged.duplicate_id
      WHERE one.undone_at IS NULL AND one.same_person)
    SELECT min(r.submitted_at) AS at FROM merged JOIN requests r ON r.id = merged.duplicate_id
    WHERE r.applicant <> 'other-person'`
  return row?.at && row.at < submittedAt ? row.at : submittedAt
}

/** What was merged into one at that moment: its urgency of then came with it. Of who was erased since nothing is urgent. */
export const mergedAt = (
  reader: Reader,
  { keptId, at }: { keptId: string; at: Date },
): Promise<(Pick<Request, 'id' | 'urgent'> & { samePerson: boolean })[]> =>
  directFrom(reader)<Pick<Request, 'id' | 'urgent'> & { samePerson: boolean }>`
    SELECT r.id::text AS id, r.urgent, one.same_person AS "samePerson"
    FROM request_duplicates one JOIN requests r ON r.id = one.duplicate_id
    WHERE one.kept_id = ${keptId}::uuid AND one.at = ${at} AND one.undone_at IS NULL`

/** The term of a request before the first one of somebody else was merged into it; null if none was. */
export const dueBeforeOthers = async (reader: Reader, keptId: string): Promise<Date | null> => {
  const [row] = await directFrom(reader)<{ dueAt: Date }>`
    SELECT own_due_at AS "dueAt" FROM request_duplicates
    WHERE kept_id = ${keptId}::uuid AND undone_at IS NULL AND NOT same_person ORDER BY at, id LIMIT 1`
  return row?.dueAt ?? null
}

/** What a merge changes of a request, and what is put back. */
export type Standing = Pick<
  Request,
  | 'status'
  | 'claimedById'
  | 'claimedAt'
  | 'assignedToId'
  | 'assignedAt'
  | 'waitingSince'
  | 'escalations'
  | 'escalateAt'
  | 'closedAt'
  | 'dueAt'
>

/** Sets how a request stands; returns false if its status has changed since it was read. */
export const setStanding = async (
  tx: Tx,
  { id, status }: Pick<Request, 'id' | 'status'>,
  to: Partial<Standing>,
): Promise<boolean> => {
  const data = { ...to, revision: { increment: 1 } }
  return (await tx.request.updateMany({ where: { id, status }, data })).count === 1
}

/** Open requests of an account. */
export const openRequestsOfPerson = async (reader: Reader, personId: string): Promise<string[]> => {
  const where = { personId, status: { in: ['submitted', 'claimed'] } }
  return (await readFrom(reader).request.findMany({ where, select: { id: true } })).map(({ id }) => id)
}
