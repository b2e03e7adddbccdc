import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'

/** Why a person's data may not be processed; both null: they may. */
export type Restriction = {
  /** The consent is withdrawn. */
  consentWithdrawnAt: Date | null
  /** Staff have blocked the data. */
  restrictedSince: Date | null
}

export const restrictionOf = async (reader: Reader, personId: string): Promise<Restriction> =>
  (await readFrom(reader).person.findUnique({
    where: { id: personId },
    select: { consentWithdrawnAt: true, restrictedSince: true },
  })) ?? { consentWithdrawnAt: null, restrictedSince: null }

/** Whether everything about them was erased: what is left says nothing of them. */
export const isErased = async (reader: Reader, personId: string): Promise<boolean> => {
  const rows = await directFrom(reader)`
    SELECT 1 FROM persons WHERE id = ${personId}::uuid AND erased_at IS NOT NULL`
  return rows.length > 0
}

/** `null`: the consent stands again. */
export const setConsentWithdrawn = async (tx: Tx, personId: string, at: Date | null): Promise<void> => {
  await tx.person.updateMany({ where: { id: personId }, data: { consentWithdrawnAt: at } })
}

export const setRestricted = async (tx: Tx, personId: string, since: Date | null): Promise<void> => {
  await tx.person.updateMany({ where: { id: personId }, data: { restrictedSince: since } })
}

/**
 * Whether the member whom it is about has an account that staff have not confirmed, or it is about that account: it would end the
 * membership of whoever it belongs to, or leave theirs going on.
 */
export const isUnconfirmed = async (
  reader: Reader,
  { memberId, personId }: { memberId: string | null; personId: string | null },
): Promise<boolean> => {
  const about = [
    ...(memberId === null ? [] : [{ id: memberId }]),
    ...(personId === null ? [] : [{ personId }, { paperPersonId: personId }]),
  ]
  const where = { removedAt: null, unconfirmedSince: { not: null }, OR: about }
  return (await readFrom(reader).familyMember.count({ where })) > 0
}

/** Ends the person's calendar links. */
export const endCalendarLinks = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  await tx.calendarLink.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: now } })
}

/** Drops what waits to be sent to the person. */
export const dropPushesTo = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  const where = { personId, status: { in: ['waiting', 'held'] } }
  await tx.push.updateMany({ where, data: { status: 'dropped', endedAt: now } })
}

/** Somebody's data are closed for a data request that is open. */
export type Block = {
  dataRequestId: string
  /** `withdrawn`: the consent to processing is, and they wait to be destroyed; `blocked`: somebody has blocked them. */
  ground: 'blocked' | 'withdrawn'
  /** Of the data request. */
  number: number
  since: Date
  /** By when it must be answered, with which the block ends, or the data are destroyed. */
  until: Date
  /** First name of whoever has blocked them; null: a system of the centre. */
  by: string | null
}

/** A letter is answered before what it withdrew is destroyed; who withdraws in the bot is promised the day after all of it. */
const ending = (dueAt: Date, eraseAt: Date | null): Date =>
  eraseAt !== null && eraseAt > dueAt ? new Date(eraseAt.getTime() + margin) : dueAt
/** As between the beginning of a destruction and the end of its term: a machine may stand for a night. */
const margin = 2 * 24 * 60 * 60 * 1000

/**
 * The block of each of these people and members, by their id; of several the one that lasts longest. A member is blocked by what is asked
 * about them, whichever account they have; whoever signed on paper with their account, with their request, and with their member.
 */
export const blocksOf = async (
  reader: Reader,
  wanted: readonly (string | null)[],
): Promise<ReadonlyMap<string, Block>> => {
  const ids = [...new Set(wanted.filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  const rows = await readFrom(reader).$queryRaw<
    (Omit<Block, 'until'> & { of: string; dueAt: Date; eraseAt: Date | null })[]
  >`
    SELECT asked.id::text AS "of", d.id::text AS "dataRequestId", d.number, COALESCE(d.restricted_at, d.at) AS since,
      CASE WHEN d.erase_at IS NULL THEN 'blocked' ELSE 'withdrawn' END AS ground, d.due_at AS "dueAt", d.erase_at AS "eraseAt", (
        SELECT staff.name FROM data_request_steps step LEFT JOIN staff_members staff ON staff.id = step.staff_id
        WHERE step.data_request_id = d.id AND step.kind = 'restricted' ORDER BY step.id DESC LIMIT 1
      ) AS by
    FROM data_requests d JOIN unnest(${ids}::uuid[]) AS asked(id) ON asked.id IN (d.person_id, d.member_id)
      OR EXISTS (SELECT FROM requests r WHERE r.id = d.request_id AND r.person_id = asked.id)
      OR EXISTS (
        SELECT FROM family_members m WHERE asked.id IN (m.id, m.paper_person_id) AND (
          d.member_id = m.id OR d.person_id = m.paper_person_id OR (d.person_id = m.person_id AND m.unconfirmed_since IS NULL)
        )
      )
    WHERE d.closed_at IS NULL AND (d.restricted_at IS NOT NULL OR (d.erase_at IS NOT NULL
      AND EXISTS (SELECT FROM persons p WHERE p.id = d.person_id AND p.consent_withdrawn_at IS NOT NULL)))
    ORDER BY d.due_at`
  return new Map(
    rows.map(({ of, dueAt, eraseAt, ...block }) => [of, { ...block, until: ending(dueAt, eraseAt) }]),
  )
}

/** Whether somebody has said since then why they open what is blocked for this request. */
export const hasLookedSince = async (
  reader: Reader,
  {
    dataRequestId,
    since,
    staffId,
    apiKeyId,
  }: { dataRequestId: string; since: Date; staffId?: string | undefined; apiKeyId?: string | undefined },
): Promise<boolean> => {
  if (staffId === undefined && apiKeyId === undefined) return false
  const by = { ...(staffId !== undefined && { staffId }), ...(apiKeyId !== undefined && { apiKeyId }) }
  const where = { dataRequestId, kind: 'looked', at: { gte: since }, ...by }
  return (await readFrom(reader).dataRequestStep.count({ where })) > 0
}

/**
 * From here on what is asked about the data of a member, or of whoever signed on paper for them, is asked about this account: open requests,
 * and with them a block. A consent that the account has just given ends the term of one that was withdrawn on paper.
 */
export const carryOverRequests = async (
  tx: Tx,
  { memberId, paperPersonId, personId }: { memberId: string; paperPersonId: string | null; personId: string },
): Promise<void> => {
  const moved = await tx.$queryRaw<{ was: string | null; restrictedAt: Date | null }[]>`
    WITH theirs AS (
      SELECT id, person_id FROM data_requests
      WHERE closed_at IS NULL AND person_id IS DISTINCT FROM ${personId}::uuid AND (
        member_id = ${memberId}::uuid OR person_id = ${paperPersonId}::uuid
          OR request_id IN (SELECT id FROM requests WHERE person_id = ${paperPersonId}::uuid)
      ) FOR UPDATE
    )
    UPDATE data_requests d SET person_id = ${personId}::uuid FROM theirs WHERE d.id = theirs.id
    RETURNING theirs.person_id::text AS was, d.restricted_at AS "restrictedAt"`
  if (paperPersonId !== null) await setConsentWithdrawn(tx, paperPersonId, null)
  for (const was of new Set(moved.flatMap((one) => one.was ?? [])))
    if (!(await isBlocked(tx, was))) await setRestricted(tx, was, null)
  const [since] = moved.flatMap(({ restrictedAt }) => restrictedAt ?? []).sort((a, b) => +a - +b)
  const where = { id: personId, restrictedSince: null }
  if (since) await tx.person.updateMany({ where, data: { restrictedSince: since } })
}

const isBlocked = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.dataRequest.count({ where: { personId, closedAt: null, restrictedAt: { not: null } } })) > 0
