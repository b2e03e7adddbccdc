import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { Applicant, RepresentativeConsent } from '#storage/requests/requests.ts'

// What stands behind the figures of the supervisors' board: a page at a time, numbers and codes only.

/** What a level asks for in its last whole week or month: at least so many visits between two moments, if help had begun by that day. */
export type AskedVisits = { level: string; atLeast: number; from: Date; until: Date; began: string }

type Asked = { territories: readonly string[]; asked: readonly AskedVisits[] }

/**
 * Families in the middle of their help that had fewer visits than their level asks for. The open term of support begins with the help, or
 * with the last change of level; whoever began within the week or month is not asked for a whole one.
 */
const short = ({ territories, asked }: Asked): Prisma.Sql => {
  const [first = new Date(0)] = asked.map(({ from }) => from).sort((a, b) => a.getTime() - b.getTime())
  const rows = Prisma.sql`unnest(${asked.map(({ level }) => level)}::text[], ${asked.map(({ atLeast }) => atLeast)}::int[],
    ${asked.map(({ from }) => from)}::timestamptz[], ${asked.map(({ until }) => until)}::timestamptz[], ${asked.map(({ began }) => began)}::date[])`
  return Prisma.sql`
    WITH asked AS (SELECT * FROM ${rows} AS a(level, at_least, from_at, until_at, began)),
    made AS (
      SELECT v.family_id, a.level, count(*)::int AS done FROM asked a
      JOIN visits v ON v.status = 'done' AND v.starts_at >= ${first} AND v.starts_at >= a.from_at AND v.starts_at < a.until_at
      GROUP BY v.family_id, a.level
    ),
    short AS (
      SELECT f.id, f.number, f.territory, f.curator_id, f.level, a.at_least, COALESCE(made.done, 0) AS done
      FROM families f JOIN asked a ON a.level = f.level
      JOIN case_terms t ON t.family_id = f.id AND t.code = 'support' AND t.state = 'open' AND t.replaced_at IS NULL
        AND t.counted_from <= a.began
      LEFT JOIN made ON made.family_id = f.id AND made.level = f.level
      WHERE f.status = 'active' AND f.territory = ANY (${[...territories]}::text[]) AND COALESCE(made.done, 0) < a.at_least
    )`
}

export const countNotVisited = async (reader: Reader, of: Asked): Promise<number> => {
  if (of.asked.length === 0) return 0
  const [row] = await readFrom(reader).$queryRaw<
    { count: number }[]
  >`${short(of)} SELECT count(*)::int AS count FROM short`
  return row?.count ?? 0
}

export type NotVisited = ListedFamily & { level: string; asked: number; done: number }
export type ListedFamily = { id: string; number: number; territory: string; curatorId: string | null }

type Place = { offset: number; limit: number }

export const listNotVisited = async (
  reader: Reader,
  { offset, limit, ...of }: Asked & Place,
): Promise<NotVisited[]> =>
  of.asked.length === 0
    ? []
    : readFrom(reader).$queryRaw<NotVisited[]>`${short(of)}
        SELECT id, number, territory, curator_id AS "curatorId", level, at_least AS asked, done FROM short
        ORDER BY done - at_least, number LIMIT ${limit} OFFSET ${offset}`

export type WaitingRequest = {
  id: string
  number: string
  territory: string
  applicant: Applicant
  urgent: boolean
  representativeConsent: RepresentativeConsent
  stage: string
  since: Date
  assignedToId: string | null
  claimedAt: Date | null
}

const requestColumns = Prisma.sql`r.id, r.number, r.territory, r.applicant, r.urgent, r.representative_consent AS "representativeConsent",
  r.stage, COALESCE(r.waiting_since, r.submitted_at) AS since, r.assigned_to_id AS "assignedToId", r.claimed_at AS "claimedAt"`

type Requests = { territories: readonly string[]; without: readonly string[] }

/** Requests that nobody has taken, the one that waits longest first. */
export const listWaiting = (
  reader: Reader,
  { territories, without, offset, limit }: Requests & Place,
): Promise<WaitingRequest[]> =>
  readFrom(reader).$queryRaw<WaitingRequest[]>`
    SELECT ${requestColumns} FROM requests r
    WHERE r.status = 'submitted' AND r.territory = ANY (${[...territories]}::text[]) AND r.id <> ALL (${[...without]}::uuid[])
    ORDER BY since, r.id LIMIT ${limit} OFFSET ${offset}`

export const countWaiting = async (reader: Reader, { territories, without }: Requests): Promise<number> =>
  readFrom(reader).request.count({
    where: { status: 'submitted', territory: { in: [...territories] }, id: { notIn: [...without] } },
  })

/**
 * Requests that came between two moments, the one that waited longest until it was taken first. Most are over, and what was kept from
 * `readerId` in one stays so: it is not shown to them, unless they had it.
 */
export const listAnswered = (
  reader: Reader,
  {
    territories,
    readerId,
    from,
    until,
    offset,
    limit,
  }: Pick<Requests, 'territories'> & Place & { readerId: string; from: Date; until: Date },
): Promise<(WaitingRequest & { submittedAt: Date })[]> =>
  readFrom(reader).$queryRaw<(WaitingRequest & { submittedAt: Date })[]>`
    SELECT ${requestColumns}, r.submitted_at AS "submittedAt" FROM requests r
    WHERE r.submitted_at >= ${from} AND r.submitted_at < ${until} AND r.status <> 'withdrawn'
      AND r.territory = ANY (${[...territories]}::text[])
      AND (r.assigned_to_id = ${readerId}::uuid OR r.claimed_by_id = ${readerId}::uuid OR NOT EXISTS (
        SELECT FROM request_events e WHERE e.request_id = r.id AND ${readerId}::uuid = ANY (e.hidden_from)))
    ORDER BY r.claimed_at - r.submitted_at DESC NULLS FIRST, r.id LIMIT ${limit} OFFSET ${offset}`

/** Open requests that somebody has. */
export const listHeld = (
  reader: Reader,
  { territories, without, staffId, offset, limit }: Requests & Place & { staffId: string },
): Promise<WaitingRequest[]> =>
  readFrom(reader).$queryRaw<WaitingRequest[]>`
    SELECT ${requestColumns} FROM requests r
    WHERE r.assigned_to_id = ${staffId}::uuid AND r.status IN ('submitted', 'claimed')
      AND r.territory = ANY (${[...territories]}::text[]) AND r.id <> ALL (${[...without]}::uuid[])
    ORDER BY r.urgent DESC, since, r.id LIMIT ${limit} OFFSET ${offset}`

export const outcomes = ['inTime', 'late', 'missing'] as const
export type Outcome = (typeof outcomes)[number]

const outcomeSql = {
  inTime: Prisma.sql`t.state = 'met' AND t.met_on <= t.due_on`,
  late: Prisma.sql`t.state = 'met' AND t.met_on > t.due_on`,
  missing: Prisma.sql`t.state = 'open'`,
} satisfies Record<Outcome, Prisma.Sql>

export type EndedTerm = ListedFamily & {
  code: string
  dueOn: string
  metOn: string | null
  responsible: string
}

/** Terms that ended between two days (the second excluded) with an outcome, the earliest first. */
export const listEndedTerms = (
  reader: Reader,
  {
    territories,
    outcome,
    from,
    until,
    offset,
    limit,
  }: { territories: readonly string[]; outcome: Outcome; from: string; until: string } & Place,
): Promise<EndedTerm[]> => readFrom(reader).$queryRaw<EndedTerm[]>`
  SELECT f.id, f.number, f.territory, f.curator_id AS "curatorId", t.code, t.due_on::text AS "dueOn", t.met_on::text AS "metOn", t.responsible
  FROM case_terms t JOIN families f ON f.id = t.family_id
  WHERE t.replaced_at IS NULL AND ${outcomeSql[outcome]} AND t.due_on >= ${from}::date AND t.due_on < ${until}::date
    AND f.territory = ANY (${[...territories]}::text[])
  ORDER BY t.due_on, t.id LIMIT ${limit} OFFSET ${offset}`

/** Open terms of families at a stage that are near or past, the first to end first. */
export const listDueTerms = (
  reader: Reader,
  {
    territories,
    stage,
    overdue,
    today,
    offset,
    limit,
  }: { territories: readonly string[]; stage: string; overdue: boolean; today: string } & Place,
): Promise<EndedTerm[]> => readFrom(reader).$queryRaw<EndedTerm[]>`
  SELECT f.id, f.number, f.territory, f.curator_id AS "curatorId", t.code, t.due_on::text AS "dueOn", t.met_on::text AS "metOn", t.responsible
  FROM case_terms t JOIN families f ON f.id = t.family_id
  WHERE t.replaced_at IS NULL AND t.state = 'open' AND f.status = 'active' AND f.stage = ${stage}
    AND f.territory = ANY (${[...territories]}::text[]) AND t.near_on <= ${today}::date
    AND ${overdue ? Prisma.sql`t.due_on < ${today}::date` : Prisma.sql`t.due_on >= ${today}::date`}
  ORDER BY t.due_on, t.id LIMIT ${limit} OFFSET ${offset}`

/** Active families at a stage, or of a curator, by number. */
export const listFamiliesOf = (
  reader: Reader,
  {
    territories,
    stage,
    curatorId,
    offset,
    limit,
  }: { territories: readonly string[]; stage?: string; curatorId?: string } & Place,
): Promise<(ListedFamily & { stage: string })[]> =>
  readFrom(reader).family.findMany({
    where: {
      status: 'active',
      territory: { in: [...territories] },
      ...(stage !== undefined && { stage }),
      ...(curatorId !== undefined && { curatorId }),
    },
    orderBy: { number: 'asc' },
    skip: offset,
    take: limit,
    select: { id: true, number: true, territory: true, curatorId: true, stage: true },
  })

export type ListedVisit = {
  id: string
  startsAt: Date
  familyId: string
  number: number
  territory: string
  status: string
}

/** Visits of a member that begin within a span, or that are still ahead; earliest first. */
export const listVisitsOf = async (
  reader: Reader,
  {
    territories,
    staffId,
    from,
    until,
    offset,
    limit,
  }: { territories: readonly string[]; staffId: string; from: Date; until: Date | null } & Place,
): Promise<ListedVisit[]> => {
  const rows = await readFrom(reader).visit.findMany({
    where: {
      staffId,
      family: { territory: { in: [...territories] } },
      ...(until === null
        ? { status: 'planned', endsAt: { gt: from } }
        : { status: { in: ['planned', 'done'] }, startsAt: { gte: from, lt: until } }),
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    skip: offset,
    take: limit,
    select: {
      id: true,
      startsAt: true,
      familyId: true,
      status: true,
      family: { select: { number: true, territory: true } },
    },
  })
  return rows.map(({ family, ...row }) => ({ ...row, ...family }))
}
