import { newId } from '#core/ids.ts'
import type { Address, Language } from '#core/text.ts'
import { concealAccount, namesOf, recipientOf, type StoredAccount } from './accounts.ts'
import type { Database, Reader, Tx } from './database.ts'
import { direct, directFrom, directNamed } from './direct.ts'
import type { MemberRole } from './families/family-members.ts'
import type { HiddenChat } from './hiding/hidden-chats.ts'
import { sealerOf } from './keys/subject-keys.ts'
import type { Sealer } from './seal.ts'
import type { StaffRole } from './staff/staff.ts'

export type Person = {
  id: string
  /** Where to write to, sealed: only the messenger opens it (`recipientOf`). */
  account: string
  language: Language
  address: Address
}

/** A person's current membership of a family. */
export type FamilyMembership = {
  id: string
  number: number
  memberId: string
  role: MemberRole
  /** The account came by a replacement link and is not confirmed yet: what is older, or confidential, is hidden. */
  unconfirmed: boolean
}

/** How the account of somebody begins who works in the console without Telegram: no channel reaches it. */
export const deskAccount = 'desk:'

/** Everything about a person that is needed to handle one update. */
export type Snapshot = {
  person: Person
  /** `answers` is sealed at `drafts.answers` / person id. */
  draft: {
    id: string
    version: number
    region: string
    answers: string
    revision: number
    updatedAt: Date
  } | null
  /** Not what they wrote about another family, once it was read. */
  openRequest: { id: string; number: string } | null
  staff: {
    id: string
    name: string
    role: StaffRole
    territories: string[]
    active: boolean
    /** Since when the staff member has been unreachable; cleared by their next update. */
    unreachableSince: Date | null
  } | null
  /** In the order the person joined them. */
  families: FamilyMembership[]
  /** Since when the person has been unreachable; cleared by their next update. */
  unreachableSince: Date | null
  /** They have hidden the chat: nothing is shown until they come back. */
  hidden: HiddenChat | null
  /** They have been told what hiding does. */
  hideExplained: boolean
}

/** Reads a person's snapshot; null for an unknown account. */
export const findSnapshot = async (db: Database, sealer: Sealer, account: string): Promise<Snapshot | null> =>
  (await findAccount(db, sealer, account)).who

/** Reads whose an account is, and whether its chat is hidden, which a stranger's can be, in one prepared statement. */
export const findAccount = async (
  db: Database,
  sealer: Sealer,
  account: string,
): Promise<{ who: Snapshot | null; hidden: HiddenChat | null }> => {
  const [row] = await db.sql.query<AccountRow>('snapshot', byAccount, [namesOf(sealer, account)])
  return { who: snapshotIn(row), hidden: row ? hiddenIn(row) : null }
}

/** The same inside a transaction. */
export const findSnapshotIn = async (tx: Tx, sealer: Sealer, account: string): Promise<Snapshot | null> => {
  const [row] = await directNamed<AccountRow>(tx, 'snapshot', byAccount, [namesOf(sealer, account)])
  return snapshotIn(row)
}

/** The same by the person's id. */
export const findSnapshotOf = async (db: Database, personId: string): Promise<Snapshot | null> => {
  return snapshotIn((await db.sql.query<AccountRow>('snapshot-of', byId, [personId]))[0])
}

const snapshotIn = (row: AccountRow | undefined): Snapshot | null =>
  row && row.person_id !== null ? toSnapshot(row) : null

const hiddenIn = (row: HiddenColumns): HiddenChat | null =>
  row.hidden_since === null ? null : { since: row.hidden_since, cleared: row.hidden_cleared === true }

const toSnapshot = (row: SnapshotRow): Snapshot => ({
  person: toPerson({ ...row, id: row.person_id, sealedAccount: row.sealed_account }),
  draft: row.draft_id === null ? null : toDraft(row),
  openRequest: row.request_id === null ? null : { id: row.request_id, number: row.number },
  staff: row.staff_id === null ? null : toStaff(row),
  families: row.families ?? [],
  unreachableSince: row.person_unreachable_since,
  hidden: hiddenIn(row),
  hideExplained: row.hide_explained,
})

// A partial unique index allows one open request per person, so the joins yield one row. What somebody wrote about another
// family is open to them until it was read.
const ownMembership = 'm.person_id = p.id'
const columns = `
  SELECT p.id AS person_id, p.account, p.sealed_account, p.language, p.address,
    d.id AS draft_id, d.version, d.region, d.answers, d.revision, d.updated_at,
    r.id AS request_id, r.number,
    s.id AS staff_id, s.name, s.role, s.territories, s.active, s.unreachable_since,
    p.unreachable_since AS person_unreachable_since, p.hide_explained_at IS NOT NULL AS hide_explained,
    h.since AS hidden_since, h.cleared_at IS NOT NULL AS hidden_cleared, (
      SELECT json_agg(json_build_object('id', f.id, 'number', f.number, 'memberId', m.id, 'role', m.role,
        'unconfirmed', m.unconfirmed_since IS NOT NULL) ORDER BY m.joined_at, m.id)
      FROM family_members m JOIN families f ON f.id = m.family_id
      WHERE ${ownMembership} AND m.removed_at IS NULL
    ) AS families`
const joins = `
    LEFT JOIN drafts d ON d.person_id = p.id
    LEFT JOIN requests r ON r.person_id = p.id AND r.status IN ('submitted', 'claimed')
      AND NOT (r.applicant = 'other-person' AND (r.status = 'claimed' OR r.waiting_since IS NOT NULL))
    LEFT JOIN staff_members s ON s.person_id = p.id`
// Looked up first: the planner expects ten rows of an array, and would read whole tables for them. One row of whoever it is: a
// stranger can have hidden the chat.
const byAccount = `
  WITH found AS MATERIALIZED (SELECT (SELECT id FROM persons WHERE account = ANY($1::text[]) LIMIT 1) AS id)
  ${columns}
  FROM found LEFT JOIN persons p ON p.id = found.id${joins}
    LEFT JOIN hidden_chats h ON h.person_id = found.id OR (found.id IS NULL AND h.account = ANY($1::text[]))`
// Staff act for somebody without an account by their papers.
const byId = `${columns.replace(ownMembership, `(${ownMembership} OR (m.paper_person_id = p.id AND m.person_id IS NULL))`)}
  FROM persons p${joins}
    LEFT JOIN hidden_chats h ON h.person_id = p.id
  WHERE p.id = $1::uuid`

type DraftColumns = { version: number; region: string; answers: string; revision: number; updated_at: Date }
type StaffColumns = {
  name: string
  role: StaffRole
  territories: string[]
  active: boolean
  unreachable_since: Date | null
}
type HiddenColumns = { hidden_since: Date | null; hidden_cleared: boolean | null }
type AccountRow = SnapshotRow | ({ person_id: null } & HiddenColumns)
type SnapshotRow = HiddenColumns & {
  person_id: string
  account: string
  sealed_account: string | null
  language: string
  address: string
  person_unreachable_since: Date | null
  hide_explained: boolean
  families: FamilyMembership[] | null
} & (({ draft_id: string } & DraftColumns) | { draft_id: null }) &
  ({ request_id: string; number: string } | { request_id: null }) &
  (({ staff_id: string } & StaffColumns) | { staff_id: null })

const toDraft = (row: DraftColumns & { draft_id: string; person_id: string }) => ({
  id: row.draft_id,
  personId: row.person_id,
  version: row.version,
  region: row.region,
  answers: row.answers,
  revision: row.revision,
  updatedAt: row.updated_at,
})

const toStaff = ({
  staff_id: id,
  unreachable_since: unreachableSince,
  ...row
}: StaffColumns & { staff_id: string }) => ({
  id,
  name: row.name,
  role: row.role,
  territories: row.territories,
  active: row.active,
  unreachableSince,
})

type NewPerson = { account: string; language: Language; address: Address }
type NewRow = { id: string; account: string; data: Omit<NewPerson, 'account'> & { createdAt?: Date } }

/** Inserts a person, or returns the existing one unchanged. Requires a consent or a staff invite. */
export const createPerson = async (
  tx: Tx,
  sealer: Sealer,
  { account, ...data }: NewPerson,
): Promise<Person> => toPerson(await personRow(tx, sealer, { id: newId(), account, data }))

/** The row of an account; a new one is inserted with `id` and `data`. */
const personRow = async (tx: Tx, sealer: Sealer, { id, account, data }: NewRow): Promise<PersonRow> => {
  const names = namesOf(sealer, account)
  const known = await byNames(tx, names)
  if (known) return known
  // Somebody else may insert it at this moment.
  const own = await sealerOf(tx, sealer, { person: id })
  const row = { id, ...concealAccount(sealer, id, account, own), ...data }
  await tx.person.createMany({ data: [row], skipDuplicates: true })
  const stored = await byNames(tx, names)
  if (!stored) throw new Error('the person is not stored')
  return stored
}

const byNames = async (tx: Tx, names: string[]): Promise<PersonRow | undefined> => {
  const [row] = await direct(tx)<PersonRow>`
    SELECT id, account, sealed_account AS "sealedAccount", language, address FROM persons
    WHERE account = ANY (${names}::text[]) LIMIT 1`
  return row
}

export const setLanguage = async (tx: Tx, personId: string, language: Language): Promise<void> => {
  await tx.person.update({ where: { id: personId }, data: { language } })
}

export const personOf = async (reader: Reader, personId: string): Promise<Person | null> => {
  const [row] = await directFrom(reader)<PersonRow>`
    SELECT id, account, sealed_account AS "sealedAccount", language, address FROM persons
    WHERE id = ${personId}::uuid`
  return row ? toPerson(row) : null
}

type PersonRow = StoredAccount & { language: string; address: string }

export const toPerson = ({ language, address, ...row }: PersonRow): Person => ({
  id: row.id,
  account: recipientOf(row),
  language: language === 'en' ? 'en' : 'ru',
  address: address === 'minor' ? 'minor' : 'adult',
})

/** Stores a minor's account and nothing else; returns the id, also of a person who is stored already. */
export const keepPerson = async (
  tx: Tx,
  sealer: Sealer,
  { id, account, language, now }: { id: string; account: string; language: Language; now: Date },
): Promise<string> => {
  const data = { language, address: 'minor' as const, createdAt: now }
  return (await personRow(tx, sealer, { id, account, data })).id
}
