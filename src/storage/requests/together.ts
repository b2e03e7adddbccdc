import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import type { Language } from '#core/text.ts'
import type { TappedKind } from '#storage/consents/consents.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'
import { forgetPerson } from '#storage/intake/forget-person.ts'

/**
 * `waiting`: for somebody to open the link; `answered`: for the starter to say that it is them. The other ones but `joined`
 * have ended: `declined` by whoever opened it, `expired`, `called-back` by the starter, `not-them`: the starter does not know who
 * it is, `left`: by either, after both were in.
 */
export const togetherStatuses = [
  'waiting',
  'answered',
  'joined',
  'declined',
  'expired',
  'called-back',
  'not-them',
  'left',
] as const
export type TogetherStatus = (typeof togetherStatuses)[number]
type Ended = Exclude<TogetherStatus, 'waiting' | 'answered' | 'joined'>

/** What somebody agreed to, before it takes effect. */
export type Agreement = {
  kind: TappedKind
  version: string
  textHash: string
  language: Language
}

export type Together = {
  id: string
  requestId: string
  starterId: string
  joinerId: string | null
  /** For whom the link is. */
  joinsAs: 'adult' | 'minor'
  /** Sealed at `together.<column>` / id; `joinerName` for the joiner, the others for the starter. */
  token: string | null
  starterName: string | null
  joinerName: string | null
  agreement: Agreement | null
  status: TogetherStatus
  revision: number
  startedAt: Date
  expiresAt: Date
  answeredAt: Date | null
  joinedAt: Date | null
  endedAt: Date | null
}

export type NewTogether = Pick<
  Together,
  'id' | 'requestId' | 'starterId' | 'joinsAs' | 'token' | 'starterName' | 'startedAt' | 'expiresAt'
> & { tokenHash: string }

/** Throws DomainError `already-open` if the request has one that has not ended. */
export const insertTogether = async (tx: Tx, row: NewTogether): Promise<void> => {
  await tx.together.create({ data: row })
}

export const findTogether = async (reader: Reader, id: string): Promise<Together | null> =>
  toTogether(await readFrom(reader).together.findUnique({ where: { id } }))

export const togetherByToken = async (reader: Reader, tokenHash: string): Promise<Together | null> =>
  toTogether(await readFrom(reader).together.findUnique({ where: { tokenHash } }))

/** The latest of a request, ended or not. */
export const togetherOfRequest = async (reader: Reader, requestId: string): Promise<Together | null> => {
  const [row] = await directFrom(reader)<Together>`
    SELECT id, request_id AS "requestId", starter_id AS "starterId", joiner_id AS "joinerId", joins_as AS "joinsAs", token,
      starter_name AS "starterName", joiner_name AS "joinerName", agreement, status, revision,
      started_at AS "startedAt", expires_at AS "expiresAt", answered_at AS "answeredAt", joined_at AS "joinedAt",
      ended_at AS "endedAt"
    FROM together WHERE request_id = ${requestId}::uuid ORDER BY started_at DESC, id DESC LIMIT 1`
  return row ?? null
}

/** All in which the person takes part, oldest first. */
export const togetherOfPerson = async (reader: Reader, personId: string): Promise<Together[]> => {
  const rows = await readFrom(reader).together.findMany({
    where: { OR: [{ starterId: personId }, { joinerId: personId }] },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.flatMap((row) => toTogether(row) ?? [])
}

/** Takes the row, so that two acts on it follow each other. */
export const lockTogether = async (tx: Tx, id: string): Promise<Together | null> => {
  await tx.$queryRaw`SELECT 1 FROM together WHERE id = ${id}::uuid FOR UPDATE`
  return findTogether(tx, id)
}

/** Keeps who agreed, to what, and how they are to be named. */
export const keepAnswer = async (
  tx: Tx,
  id: string,
  {
    joinerId,
    joinerName,
    agreement,
    now,
  }: { joinerId: string; joinerName: string; agreement: Agreement | null; now: Date },
): Promise<void> => {
  await tx.together.update({
    where: { id },
    data: {
      ...{ joinerId, joinerName, status: 'answered', answeredAt: now, token: null },
      ...(agreement && { agreement }),
      revision: { increment: 1 },
    },
  })
}

export const keepJoined = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await tx.together.update({
    where: { id },
    data: { status: 'joined', joinedAt: now, revision: { increment: 1 } },
  })
}

export const endTogether = async (
  tx: Tx,
  id: string,
  { status, now }: { status: Ended; now: Date },
): Promise<void> => {
  await tx.together.update({
    where: { id },
    data: { status, endedAt: now, token: null, revision: { increment: 1 } },
  })
}

/** Ids of those that have to end by themselves: their days are over, or the request is. */
export const togetherOver = (now: Date): Rows => Prisma.sql`
  SELECT t.id::text AS id FROM together t JOIN requests r ON r.id = t.request_id
  WHERE t.status IN ('waiting', 'answered') AND (t.expires_at <= ${now} OR r.status NOT IN ('submitted', 'claimed'))
  ORDER BY t.expires_at LIMIT 300`

export const togetherToEnd = async (reader: Reader, now: Date): Promise<string[]> => {
  const rows = await readFrom(reader).$queryRaw<{ id: string }[]>(togetherOver(now))
  return rows.map(({ id }) => id)
}

/** Current revisions by id, for pushes; without those that are gone. */
export const togetherRevisions = async (
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, number>> => {
  if (ids.length === 0) return new Map()
  const rows = await readFrom(reader).together.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, revision: true },
  })
  return new Map(rows.map(({ id, revision }) => [id, revision]))
}

/** What an erasure leaves of these people: that it has ended. What the others said stays theirs. */
export const forgetTogether = async (tx: Tx, persons: readonly string[], now: Date): Promise<void> => {
  const starter = { starterId: { in: [...persons] } }
  const joiner = { joinerId: { in: [...persons] } }
  const of = { OR: [starter, joiner] }
  const ended = { endedAt: now, token: null, revision: { increment: 1 } }
  await tx.together.updateMany({ where: { ...of, status: 'joined' }, data: { ...ended, status: 'left' } })
  await tx.together.updateMany({
    where: { ...of, status: { in: ['waiting', 'answered'] } },
    data: { ...ended, status: 'called-back' },
  })
  await tx.together.updateMany({ where: starter, data: { token: null, starterName: null } })
  await tx.together.updateMany({ where: joiner, data: { joinerName: null } })
}

/** Deletes up to 1,000 in which nobody came in, that ended before a date, and whoever was stored for one of them only. Returns how many. */
export const deleteTogetherEndedBefore = async (tx: Tx, date: Date): Promise<number> => {
  const old = await tx.together.findMany({
    where: { endedAt: { lt: date }, joinedAt: null },
    select: { id: true, joinerId: true },
    take: 1000,
  })
  const { count } = await tx.together.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })
  for (const personId of new Set(old.flatMap(({ joinerId }) => joinerId ?? []))) {
    if ((await tx.draft.count({ where: { personId } })) === 0) await forgetPerson(tx, personId)
  }
  return count
}

type Row = NonNullable<Awaited<ReturnType<Tx['together']['findUnique']>>>

const toTogether = (row: Row | null): Together | null =>
  row && {
    ...row,
    joinsAs: row.joinsAs as Together['joinsAs'],
    agreement: row.agreement as Agreement | null,
    status: row.status as TogetherStatus,
  }
