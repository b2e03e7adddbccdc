import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import { type Message, toMessage } from '#storage/messages/messages.ts'
import { idsOfPerson } from '#storage/one-person.ts'
import { type Request, toRequest } from '#storage/requests/requests.ts'

// What a person told us themselves, by their own id and by nobody else's.

/** When the person was first stored; null for an unknown id. */
export const knownSince = async (reader: Reader, personId: string): Promise<Date | null> =>
  (await readFrom(reader).person.findUnique({ where: { id: personId }, select: { createdAt: true } }))
    ?.createdAt ?? null

/** All requests of a person, oldest first, with those that were merged into others, and those of before they had an account. */
export const requestsOfPerson = async (reader: Reader, personId: string): Promise<Request[]> => {
  const orderBy = [{ submittedAt: 'asc' as const }, { id: 'asc' as const }]
  const where = { personId: { in: await idsOfPerson(reader, personId) } }
  return (await readFrom(reader).request.findMany({ where, orderBy })).flatMap((row) => toRequest(row) ?? [])
}

/** What a member wrote or was written, oldest first; `since`: nothing older. */
export const threadOf = async (
  reader: Reader,
  { memberId, since }: { memberId: string; since: Date | null },
): Promise<Message[]> => {
  const where = { memberId, ...(since && { at: { gte: since } }) }
  const orderBy = [{ at: 'asc' as const }, { id: 'asc' as const }]
  return (await readFrom(reader).message.findMany({ where, orderBy })).map(toMessage)
}

export type OwnOpinion = {
  activityId: string
  version: number
  personId: string
  kind: string
  /** Sealed as in `Opinion`. */
  text: string | null
  at: Date
}

/** A person's opinions of the plans of a family, oldest first. */
export const opinionsOfPerson = (
  reader: Reader,
  { personId, familyId }: { personId: string; familyId: string },
): Promise<OwnOpinion[]> =>
  readFrom(reader).activityOpinion.findMany({
    where: { personId, activity: { familyId } },
    orderBy: { id: 'asc' },
    select: { activityId: true, version: true, personId: true, kind: true, text: true, at: true },
  })

export type OwnVisitAnswer = {
  visitId: string
  personId: string
  kind: string
  /** Sealed as in `VisitAnswer`. */
  text: string | null
  at: Date
  startsAt: Date
}

/** A person's answers about visits to a family, oldest first. */
export const visitAnswersOfPerson = async (
  reader: Reader,
  { personId, familyId }: { personId: string; familyId: string },
): Promise<OwnVisitAnswer[]> => {
  const rows = await readFrom(reader).visitAnswer.findMany({
    where: { personId, visit: { familyId } },
    orderBy: { id: 'asc' },
    include: { visit: { select: { startsAt: true } } },
  })
  return rows.map(({ visit, visitId, kind, text, at }) => ({
    ...{ visitId, personId, kind, text, at },
    startsAt: visit.startsAt,
  }))
}

/** Ids of a person's survey invitations that have answers, oldest first. */
export const answeredInvitationsOf = async (
  reader: Reader,
  { personId, familyId }: { personId: string; familyId: string },
): Promise<string[]> => {
  const rows = await readFrom(reader).surveyInvitation.findMany({
    where: { personId, familyId, response: { isNot: null } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Whether the person has a calendar link that works. */
export const hasCalendarLink = async (reader: Reader, personId: string): Promise<boolean> =>
  (await readFrom(reader).calendarLink.count({ where: { personId, revokedAt: null } })) > 0

/** Who opened a person's requests on a day: a role, or a key of another system of the centre (null). */
export type Look = {
  /** ISO, in the given time zone. */
  day: string
  role: 'intake' | 'curator' | 'supervisor' | null
}

/**
 * Who opened these requests, newest day first; `actions`: which accesses count. Not who looked at them while at the family: that is
 * done when somebody of it writes, and the day would give them away (ADR 113).
 */
export const looksAtRequests = (
  reader: Reader,
  {
    requestIds,
    actions,
    timeZone,
  }: { requestIds: readonly string[]; actions: readonly string[]; timeZone: string },
): Promise<Look[]> =>
  readFrom(reader).$queryRaw<Look[]>(Prisma.sql`
  SELECT DISTINCT to_char(entry.at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, staff.role
  FROM audit_entries entry LEFT JOIN staff_members staff ON staff.id = entry.staff_id
  WHERE entry.request_id = ANY (${[...requestIds]}::uuid[]) AND entry.action = ANY (${[...actions]}::text[])
    AND entry.family_id IS NULL
  ORDER BY day DESC, role`)
