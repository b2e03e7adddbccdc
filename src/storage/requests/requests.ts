import type { Prisma } from '#generated/client.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import { directFrom, directFromNamed } from '#storage/direct.ts'

export type RequestKind = 'application' | 'message'
/** How staff got what they wrote down; nothing can be sent to whoever asked in one of these ways. */
export const deskSources = ['phone', 'in-person', 'letter', 'email', 'organisation'] as const
export type RequestSource = 'bot' | (typeof deskSources)[number]
export type Applicant = 'parent' | 'representative' | 'minor' | 'other-person'
/** The legal representative's consent. */
export type RepresentativeConsent = 'not-needed' | 'needed' | 'unsafe'
export type RequestStatus = 'submitted' | 'claimed' | 'withdrawn' | 'closed'

/** The unsealed columns of a request. */
export type RequestSummary = {
  id: string
  number: string
  personId: string
  region: string
  territory: string
  kind: RequestKind
  applicant: Applicant
  /** `consent`, `earlier-consent`, or a point of 152-ФЗ, ст. 6, ч. 1. */
  ground: string
  source: RequestSource
  urgent: boolean
  /** Sealed codes of why it is urgent, see features/requests/urgency.ts; null: none are known. */
  urgentReasons: string | null
  helpKinds: string[]
  representativeConsent: RepresentativeConsent
  dataSharing: boolean
  status: RequestStatus
  claimedById: string | null
  submittedAt: Date
  dueAt: Date
  claimedAt: Date | null
  withdrawnAt: Date | null
  closedAt: Date | null
  /** Code of the case's current stage, as defined by the region. */
  stage: string
  /** The staff member responsible: the assignee, later the claimer. Null: the region's fallback group. */
  assignedToId: string | null
  assignedAt: Date | null
  /** Escalations during the current wait; `escalateAt`: when the next one is due. */
  escalations: number
  escalateAt: Date | null
  /** `open`, or what came of the check after a withdrawal; null: none is needed. */
  safetyCheck: string | null
  /** When the current wait began, after an earlier claim; null: on submission. */
  waitingSince: Date | null
  /** When the family last opened the conversation about it. */
  talkSeenAt: Date | null
  /** Incremented by every change that staff can make (ETag). */
  revision: number
}

/** With the sealed columns `answers` and `contact`. The caller generates the id, which is needed to seal them. */
export type Request = RequestSummary & { draftId: string; answers: string; contact: string }

const summaryColumns = `
  id, number, person_id AS "personId", region, territory, kind, applicant, ground, source, urgent,
  urgent_reasons AS "urgentReasons", safety_check AS "safetyCheck", help_kinds AS "helpKinds",
  representative_consent AS "representativeConsent", data_sharing AS "dataSharing", status,
  claimed_by_id AS "claimedById", submitted_at AS "submittedAt", due_at AS "dueAt", claimed_at AS "claimedAt",
  withdrawn_at AS "withdrawnAt", closed_at AS "closedAt", stage, assigned_to_id AS "assignedToId",
  assigned_at AS "assignedAt", escalations, escalate_at AS "escalateAt", waiting_since AS "waitingSince",
  talk_seen_at AS "talkSeenAt", revision`
const columns = `${summaryColumns}, draft_id AS "draftId", answers, contact`

const byId = `SELECT ${columns} FROM requests WHERE id = $1::uuid`
export const findRequest = async (reader: Reader, id: string): Promise<Request | null> =>
  (await directFromNamed<Request>(reader, 'request', byId, [id]))[0] ?? null

const byNumber = `SELECT ${columns} FROM requests WHERE number = $1`
export const findByNumber = async (reader: Reader, number: string): Promise<Request | null> =>
  (await directFromNamed<Request>(reader, 'request-by-number', byNumber, [number]))[0] ?? null

const latest = `
  SELECT ${summaryColumns} FROM requests
  WHERE person_id = $1::uuid AND NOT EXISTS (
    SELECT FROM request_duplicates one
    WHERE one.duplicate_id = requests.id AND one.undone_at IS NULL AND one.same_person)
  ORDER BY submitted_at DESC, number DESC LIMIT 1`
/** The request that a person reads of; not one that is closed as a duplicate of another of theirs. */
export const latestRequestOf = async (reader: Reader, personId: string): Promise<RequestSummary | null> =>
  (await directFromNamed<RequestSummary>(reader, 'latest-request', latest, [personId]))[0] ?? null

/** Returns the sealed contact of a request; null if it is gone. */
export const contactOf = async (reader: Reader, id: string): Promise<string | null> => {
  const [row] = await directFrom(reader)<{ contact: string }>`
    SELECT contact FROM requests WHERE id = ${id}::uuid`
  return row?.contact ?? null
}

/** Records that the family has opened the conversation about its requests. */
export const setTalkSeen = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  await tx.request.updateMany({ where: { personId }, data: { talkSeenAt: now } })
}

/** Returns the ids of a person's other open requests about another family; one they may have begun since. */
export const otherOpenOutsiders = async (
  reader: Reader,
  { id, personId }: Pick<RequestSummary, 'id' | 'personId'>,
): Promise<string[]> => {
  const rows = await directFrom(reader)<{ id: string }>`
    SELECT id FROM requests
    WHERE person_id = ${personId}::uuid AND applicant = 'other-person' AND status IN ('submitted', 'claimed')
      AND id <> ${id}::uuid
    ORDER BY urgent DESC, submitted_at, number`
  return rows.map((row) => row.id)
}

/** Locks and returns a request. For other territories returns null without waiting for the lock. */
export const lockRequest = async (
  tx: Tx,
  id: string,
  territories: readonly string[] | 'all' = 'all',
): Promise<Request | null> => {
  const locked =
    territories === 'all'
      ? await tx.$queryRaw<unknown[]>`SELECT 1 FROM requests WHERE id = ${id}::uuid FOR UPDATE`
      : await tx.$queryRaw<unknown[]>`
          SELECT 1 FROM requests WHERE id = ${id}::uuid AND territory = ANY (${[...territories]}::text[]) FOR UPDATE`
  return locked.length === 0 ? null : findRequest(tx, id)
}

/** Returns the ids of open requests assigned to or claimed by a member: urgent first, then the oldest. */
export const openRequestsOf = async (tx: Tx, staffId: string): Promise<string[]> =>
  idsOf(tx, { assignedToId: staffId, status: { in: ['submitted', 'claimed'] } })

/** Returns the ids of waiting requests without an assignee, in the same order. */
export const unassignedRequests = async (reader: Reader): Promise<string[]> =>
  idsOf(readFrom(reader), { assignedToId: null, status: 'submitted' })

const idsOf = async (client: Tx, where: Prisma.RequestWhereInput): Promise<string[]> => {
  const rows = await client.request.findMany({ where, orderBy: urgentThenOldest, select: { id: true } })
  return rows.map(({ id }) => id)
}

const urgentThenOldest = [
  { urgent: 'desc' as const },
  { submittedAt: 'asc' as const },
  { number: 'asc' as const },
]

export type WaitingFilter = {
  territories: readonly string[]
  /** Also includes this member's own requests. */
  staffId: string
  /** Also includes requests without an assignee. */
  anybodys: boolean
  /** Sorts by number of escalations first. */
  escalatedFirst: boolean
}

/**
 * Returns a page of unclaimed requests and of open safety checks, urgent first, then the oldest; without those of which a line is
 * kept from the member, unless they have it. `total` counts all pages.
 */
export const waitingRequests = async (
  reader: Reader,
  { territories, staffId, anybodys, escalatedFirst }: WaitingFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ items: RequestSummary[]; total: number }> => {
  const client = readFrom(reader)
  const whose = [
    { territory: { in: [...territories] } },
    { assignedToId: staffId },
    ...(anybodys ? [{ assignedToId: null }] : []),
  ]
  const waits = [{ status: 'submitted' }, { status: 'withdrawn', safetyCheck: 'open' }]
  // By the few that wait: the events of all requests are many.
  const kept = await client.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT r.id FROM requests r JOIN request_events e ON e.request_id = r.id
    WHERE (r.status = 'submitted' OR r.status = 'withdrawn' AND r.safety_check = 'open')
      AND ${staffId}::uuid = ANY (e.hidden_from)`
  const open = [
    { assignedToId: staffId },
    { claimedById: staffId },
    { id: { notIn: kept.map(({ id }) => id) } },
  ]
  const where: Prisma.RequestWhereInput = { AND: [{ OR: waits }, { OR: whose }, { OR: open }] }
  const orderBy = [...(escalatedFirst ? [{ escalations: 'desc' as const }] : []), ...urgentThenOldest]
  const rows = await client.request.findMany({ where, orderBy, take: limit, skip: offset, omit: sealed })
  return { items: rows.map(toSummary), total: await client.request.count({ where }) }
}

const sealed = { answers: true, contact: true, draftId: true } as const

type StoredRequest = NonNullable<Awaited<ReturnType<Database['prisma']['request']['findUnique']>>>

const toSummary = ({
  eventSequence: _,
  clockAt: __,
  updatedAt: ___,
  ...row
}: Omit<StoredRequest, 'answers' | 'contact' | 'draftId'>): RequestSummary => ({
  ...row,
  kind: row.kind as RequestKind,
  applicant: row.applicant as Applicant,
  source: row.source as RequestSource,
  representativeConsent: row.representativeConsent as RepresentativeConsent,
  status: row.status as RequestStatus,
})

export const toRequest = (row: StoredRequest | null): Request | null =>
  row && { ...toSummary(row), draftId: row.draftId, answers: row.answers, contact: row.contact }
