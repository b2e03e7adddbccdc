import { newId } from '#core/ids.ts'
import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { direct } from '#storage/direct.ts'

/** Whose name and phone: of whoever made a request, or of a family's member. */
export type MarkedSubject = { requestId: string } | { memberId: string }

/** Replaces the marks of a subject; `key`: the id of the key that they were made with. */
export const setMarks = async (
  tx: Tx,
  subject: MarkedSubject,
  { marks, key }: { marks: readonly string[]; key: string },
): Promise<void> => {
  const { requestId, memberId } = { requestId: null, memberId: null, ...subject }
  // Part of every Submit: past Prisma, and in one write with what else it sends.
  await Promise.all([
    direct(
      tx,
    )`DELETE FROM search_marks WHERE request_id = ${requestId}::uuid OR member_id = ${memberId}::uuid`,
    direct(tx)`
      INSERT INTO search_marks (id, request_id, member_id, mark, key)
      SELECT one.id, ${requestId}::uuid, ${memberId}::uuid, one.mark, ${key}
      FROM unnest(${marks.map(() => newId())}::uuid[], ${[...marks]}::text[]) AS one (id, mark)`,
  ])
}

/**
 * The subjects that have one of the marks of each group: a group is one word under every key. Newest first, at most
 * `limit` of each kind. `within`: only what the reader may see at all, by name or by territory; more exactly it is decided elsewhere.
 */
export const subjectsMarked = async (
  reader: Reader,
  groups: readonly (readonly string[])[],
  { within, limit }: { within: { staffId: string; territories: readonly string[] }; limit: number },
): Promise<{ requestIds: string[]; familyIds: string[] }> => {
  const { staffId } = within
  const served = [...within.territories]
  const has = (column: Prisma.Sql) =>
    Prisma.join(
      groups.map(
        (marks) =>
          Prisma.sql`EXISTS (SELECT FROM search_marks one WHERE one.${column} = subject.id AND one.mark = ANY (${[...marks]}::text[]))`,
      ),
      ' AND ',
    )
  const first = [...(groups[0] ?? [])]
  const client = readFrom(reader)
  const requests = await client.$queryRaw<{ id: string }[]>`
    SELECT subject.id FROM requests subject
    WHERE subject.id IN (SELECT request_id FROM search_marks WHERE mark = ANY (${first}::text[])) AND ${has(Prisma.sql`request_id`)}
      AND (subject.territory = ANY (${served}::text[]) OR subject.assigned_to_id = ${staffId}::uuid
        OR subject.claimed_by_id = ${staffId}::uuid OR subject.status = 'submitted' AND subject.assigned_to_id IS NULL
        -- A phone stands with the request that a curator's family came from.
        OR EXISTS (SELECT FROM families f WHERE f.request_id = subject.id AND f.curator_id = ${staffId}::uuid))
    ORDER BY subject.submitted_at DESC LIMIT ${limit}`
  const families = await client.$queryRaw<{ id: string }[]>`
    SELECT subject.family_id AS id FROM family_members subject JOIN families f ON f.id = subject.family_id
    WHERE subject.removed_at IS NULL
      AND (f.territory = ANY (${served}::text[]) OR f.curator_id = ${staffId}::uuid)
      AND subject.id IN (SELECT member_id FROM search_marks WHERE mark = ANY (${first}::text[])) AND ${has(Prisma.sql`member_id`)}
    GROUP BY subject.family_id ORDER BY max(subject.added_at) DESC, subject.family_id LIMIT ${limit}`
  return { requestIds: requests.map(({ id }) => id), familyIds: families.map(({ id }) => id) }
}

/** Open requests that have one of the marks of each group; at most a hundred, newest first. */
export const openRequestsMarked = async (
  reader: Reader,
  groups: readonly (readonly string[])[],
): Promise<string[]> => {
  if (groups.length === 0) return []
  const each = groups.map(
    (marks) =>
      Prisma.sql`id IN (SELECT request_id FROM search_marks WHERE mark = ANY (${[...marks]}::text[]))`,
  )
  const rows = await readFrom(reader).$queryRaw<{ id: string }[]>`
    SELECT id FROM requests WHERE status IN ('submitted', 'claimed') AND ${Prisma.join(each, ' AND ')}
    ORDER BY submitted_at DESC LIMIT 100`
  return rows.map(({ id }) => id)
}

/** Ids after which is looked; none: from the first one on. */
export type MarkedUntil = { request?: string | undefined; member?: string | undefined }
const smallest = '00000000-0000-0000-0000-000000000000'

/** What has no mark of this key yet, by ascending id: of before the search, or of before a rotation of the keys. */
export const unmarked = async (
  reader: Reader,
  key: string,
  { after = {}, limit }: { after?: MarkedUntil; limit: number },
): Promise<{ requests: { id: string }[]; members: { id: string }[] }> => {
  const client = readFrom(reader)
  return {
    requests: await client.$queryRaw<{ id: string }[]>`
      SELECT id FROM requests WHERE id > ${after.request ?? smallest}::uuid AND NOT EXISTS (
        SELECT FROM search_marks WHERE request_id = requests.id AND key = ${key}) ORDER BY id LIMIT ${limit}`,
    members: await client.$queryRaw<{ id: string }[]>`
      SELECT id FROM family_members WHERE id > ${after.member ?? smallest}::uuid AND removed_at IS NULL AND NOT EXISTS (
        SELECT FROM search_marks WHERE member_id = family_members.id AND key = ${key}) ORDER BY id LIMIT ${limit}`,
  }
}
