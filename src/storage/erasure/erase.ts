import { Prisma } from '#generated/client.ts'
import type { StoredAccount } from '#storage/accounts.ts'
import type { Tx } from '#storage/database.ts'
import { forgetCorrections } from '#storage/data-requests/data-requests.ts'
import { forgetChats } from '#storage/hiding/hidden-chats.ts'
import type { SubjectKind } from '#storage/keys/known-keys.ts'
import { personalData } from '#storage/keys/personal-data.ts'
import { belongingTo, resealOf } from '#storage/keys/reseal.ts'
import { destroyKeys } from '#storage/keys/subject-keys.ts'
import { forgetTogether } from '#storage/requests/together.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Subjects } from './subjects.ts'

const idsOf = ({ persons, members, families, appeals }: Subjects): [SubjectKind, string[]][] => [
  ['person', persons],
  ['member', members],
  ['family', families],
  ['appeal', appeals],
]

/** Where something of them is still shown: their own chats, and those of staff with a card of their requests. */
export type Shown = {
  accounts: (StoredAccount & { messages: string[] })[]
  cards: { personId: string; messageId: string }[]
}

/** Returns it before it is forgotten; of their own chats what is younger than `since`. */
export const shownOf = async (tx: Tx, { persons }: Subjects, since: Date): Promise<Shown> => {
  const accounts = await tx.$queryRaw<Shown['accounts']>`
    SELECT p.id::text AS id, p.account, p.sealed_account AS "sealedAccount", ARRAY(
      SELECT u.message_id FROM pushes u WHERE u.person_id = p.id AND u.message_id IS NOT NULL AND u.at >= ${since}
      UNION SELECT c.message_id FROM visit_cards c WHERE c.person_id = p.id
      UNION SELECT m.message_id FROM chat_messages m WHERE m.person_id = p.id AND m.at >= ${since}
      UNION SELECT m.message_id FROM chat_messages m WHERE m.person_id = p.id AND m.at >= ${since}
    ) AS messages
    FROM persons p WHERE p.id = ANY(${persons}::uuid[])`
  const cards = await tx.$queryRaw<Shown['cards']>`
    SELECT s.person_id::text AS "personId", c.message_id AS "messageId" FROM staff_cards c
      JOIN requests r ON r.id = c.request_id JOIN staff_members s ON s.id = c.staff_id
    WHERE r.person_id = ANY(${persons}::uuid[]) AND s.person_id IS NOT NULL`
  return { accounts, cards }
}

/** What the audit says of them, by action. */
export type Journal = { action: string; count: number; from: string; until: string }[]

export const journalOf = (tx: Tx, { persons, families }: Subjects): Promise<Journal> => tx.$queryRaw<Journal>`
  SELECT action, count(*)::int AS count, to_char(min(at), 'YYYY-MM-DD') AS "from", to_char(max(at), 'YYYY-MM-DD') AS until
  FROM audit_entries WHERE family_id = ANY(${families}::uuid[])
    OR request_id IN (SELECT id FROM requests WHERE person_id = ANY(${persons}::uuid[]))
  GROUP BY action ORDER BY action`

/**
 * Destroys their keys and clears what stands in the clear. Returns how many keys were destroyed, and rows by table: those that cannot
 * be read any more, and those that were cleared.
 */
export const eraseSubjects = async (
  tx: Tx,
  sealer: Sealer,
  { subjects, now }: { subjects: Subjects; now: Date },
): Promise<{ keys: number; counts: Record<string, number> }> => {
  const counts: Record<string, number> = {}
  let keys = 0
  for (const [kind, ids] of idsOf(subjects)) {
    if (ids.length === 0) continue
    // What no key of theirs seals yet would stay readable.
    await resealOf(tx, sealer, { kind, ids })
    for (const [table, count] of await countSealed(tx, kind, ids))
      counts[table] = (counts[table] ?? 0) + count
    keys += await destroyKeys(tx, { kind, ids }, now)
  }
  await forgetJobs(tx, subjects)
  const theirs = { where: { personId: { in: subjects.persons } } }
  await tx.chatMessage.deleteMany(theirs)
  await tx.hiddenChat.deleteMany(theirs)
  const unrestricted = { consentWithdrawnAt: null, restrictedSince: null }
  await tx.person.updateMany({ where: { id: { in: subjects.persons } }, data: unrestricted })
  await forgetChats(tx, subjects.persons)
  await forgetTogether(tx, subjects.persons, now)
  for (const [table, count] of Object.entries(await clear(tx, subjects, now)))
    counts[table] = Math.max(counts[table] ?? 0, count)
  return { keys, counts }
}

const countSealed = async (tx: Tx, kind: SubjectKind, ids: string[]): Promise<[string, number][]> => {
  const counted: [string, number][] = []
  for (const { table, whose, theirs = `${whose} = ANY(:ids)`, only = 'true' } of personalData.filter(
    (data) => data.kind === kind,
  )) {
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM ${Prisma.raw(`"${table}"`)} t
      WHERE ${belongingTo(theirs, ids)} AND (${Prisma.raw(only)})`
    if (row && row.count > 0) counted.push([table, row.count])
  }
  return counted
}

/** Clears what stands in the clear about them, whose keys must have been destroyed. Returns rows by table. */
export const clear = async (
  tx: Tx,
  { persons, members, families, appeals }: Subjects,
  now: Date,
): Promise<Record<string, number>> => {
  await forgetCorrections(tx, persons, now)
  const [row] = await tx.$queryRaw<{ counts: Record<string, number> }[]>`
    SELECT erase_in_clear(${persons}::uuid[], ${members}::uuid[], ${families}::uuid[], ${appeals}::uuid[], ${now}) AS counts`
  return row?.counts ?? {}
}

/** Jobs about them, done or to be done; they hold ids only. */
const forgetJobs = async (tx: Tx, { persons, members, families, appeals }: Subjects): Promise<void> => {
  await tx.$executeRaw`
    DELETE FROM pgboss.job WHERE EXISTS (
      SELECT FROM (
        SELECT unnest(${[...persons, ...members, ...families, ...appeals]}::text[]) AS id
        UNION SELECT id::text FROM requests WHERE person_id = ANY(${persons}::uuid[])
      ) AS subject WHERE job.data::text LIKE '%' || subject.id || '%'
    )`
}
