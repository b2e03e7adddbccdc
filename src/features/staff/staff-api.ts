import { DomainError } from '#core/errors.ts'
import { type Caller, reachesTerritory } from './api-keys.ts'
import type { Enqueue } from '#queue/queues.ts'
import { type Absence, absencesOf } from '#storage/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Reader, Tx } from '#storage/database.ts'
import {
  findStaff,
  lockStaff,
  type NewStaff,
  type StaffMember,
  type StaffSettings,
} from '#storage/staff/staff.ts'
import {
  type OpenRequestCounts,
  openRequestCounts,
  membersById,
  pageOfStaff,
  type StaffFilter,
  type StaffCursor,
} from '#storage/staff/staff-lists.ts'
import { addAbsence, changeStaff, endAbsence } from './absences.ts'
import { type Invitation, inviteMember, renewLink } from './invite-staff.ts'

// Staff as API keys see and change them. A key limited to territories sees the members who serve at least one
// of them. If a member also serves other territories, the key can only add and remove its own. Every change
// is audited.

export type MemberWithLoad = StaffMember & OpenRequestCounts

type Of = { caller: Caller; id: string }
type Change = Of & { now: Date }

/** Throws `not-found`, also if the key does not reach the member. */
const memberForCaller = async (reader: Reader, { caller, id }: Of): Promise<StaffMember> => {
  const member = await findStaff(reader, id)
  if (!member?.territories.some((code) => reachesTerritory(caller, code))) throw new DomainError('not-found')
  return member
}

/** Locks the member. Throws `not-found` as `memberForCaller` does. */
const lockMemberForCaller = async (tx: Tx, { caller, id }: Of): Promise<StaffMember> => {
  const member = await lockStaff(tx, id, caller.territories)
  if (!member) throw new DomainError('not-found')
  return member
}

/** Throws `not-allowed` if the member also serves territories beyond the key's. */
const mustReachAll = (caller: Caller, { territories }: StaffMember): void => {
  if (!territories.every((code) => reachesTerritory(caller, code))) throw new DomainError('not-allowed')
}

/** Locks a member who serves no territory beyond the key's. Throws `not-found`, `not-allowed`. */
export const lockManagedMember = async (tx: Tx, of: Of): Promise<StaffMember> => {
  const member = await lockMemberForCaller(tx, of)
  mustReachAll(of.caller, member)
  return member
}

/** First names of the members that the key reaches, and of those in `always`. */
export const namesForCaller = async (
  reader: Reader,
  caller: Caller,
  ids: readonly string[],
  always: readonly (string | null)[],
): Promise<Map<string, string>> => {
  const named = always.filter((id) => id !== null)
  const members = await membersById(reader, [...new Set([...ids, ...named])])
  const seen = members.filter(
    ({ id, territories }) => named.includes(id) || territories.some((code) => reachesTerritory(caller, code)),
  )
  return new Map(seen.map(({ id, name }) => [id, name]))
}

export type ShownMember = { member: MemberWithLoad; absences: Absence[] }

/** The member with their load, and their current and future absences. Throws `not-found`. */
export const showMember = async (reader: Reader, { now, ...of }: Change): Promise<ShownMember> =>
  withAbsences(reader, await memberForCaller(reader, of), now)

/** A page of the members that the key reaches, oldest first; `next` is the cursor of the following page. */
export const membersForCaller = async (
  reader: Reader,
  filter: StaffFilter,
  { after, limit }: { after: StaffCursor | undefined; limit: number },
): Promise<{ items: MemberWithLoad[]; next: StaffCursor | null }> => {
  const found = await pageOfStaff(reader, filter, { after, limit: limit + 1 })
  const items = await withLoad(reader, found.slice(0, limit))
  const last = items.at(-1)
  return { items, next: last && found.length > limit ? { createdAt: last.createdAt, id: last.id } : null }
}

/** Adds a member and creates the one-time link by which they join the bot. */
export const addMember = async (
  tx: Tx,
  deps: { botUsername: () => string },
  { caller, member, now }: { caller: Caller; member: NewStaff; now: Date },
): Promise<Invitation> => {
  const invitation = await inviteMember(tx, { botUsername: deps.botUsername(), now }, member)
  await audit(tx, { caller, id: invitation.staff.id, now })
  return invitation
}

/**
 * Replaces the member's unused links; of concurrent requests the last link works. Throws `not-found`,
 * `not-allowed` as `mustReachAll`, `already-closed` if they have joined.
 */
export const newLink = async (
  tx: Tx,
  deps: { botUsername: () => string },
  { caller, id, now }: Change,
): Promise<Invitation> => {
  await lockManagedMember(tx, { caller, id })
  const invitation = await renewLink(tx, { botUsername: deps.botUsername(), now }, id)
  await audit(tx, { caller, id, now })
  return invitation
}

/**
 * Updates the given fields of a member; territories beyond the key's are kept. Returns the updated member,
 * even if the key does not reach them any more. Throws `not-found`; `not-allowed` if more than the
 * territories of a shared member is changed; `stale` if `revision` is given and outdated.
 */
export const changeMember = async (
  tx: Tx,
  deps: { enqueue: Enqueue },
  {
    caller,
    id,
    revision,
    changes,
    now,
  }: Change & { revision: number | undefined; changes: Partial<StaffSettings> & { active?: boolean } },
): Promise<ShownMember> => {
  const before = await lockMemberForCaller(tx, { caller, id })
  const { territories, ...rest } = changes
  if (Object.keys(rest).length > 0) mustReachAll(caller, before)
  const own = territories?.filter((code) => reachesTerritory(caller, code))
  const kept = before.territories.filter((code) => !reachesTerritory(caller, code))
  const all = own && { territories: [...new Set([...own, ...kept])] }
  const change = { staffId: id, revision: revision ?? before.revision, changes: { ...rest, ...all }, now }
  const changed = await changeStaff(tx, deps, change)
  await audit(tx, { caller, id, now })
  return withAbsences(tx, changed, now)
}

/** Records an absence. Throws `not-found`, `not-allowed`, `invalid-input` as `addAbsence` does. */
export const recordAbsence = async (
  tx: Tx,
  deps: { enqueue: Enqueue },
  { caller, id, from, until, now }: Change & { from: Date; until: Date },
): Promise<Absence> => {
  await lockManagedMember(tx, { caller, id })
  const absence = await addAbsence(tx, deps, { staffId: id, from, until, now })
  await audit(tx, { caller, id, now })
  return absence
}

/**
 * Ends an absence now, or cancels one that has not begun. Throws `not-found`, also if it is over;
 * `not-allowed`.
 */
export const cancelAbsence = async (
  tx: Tx,
  deps: { enqueue: Enqueue },
  { caller, id, absenceId, now }: Change & { absenceId: string },
): Promise<void> => {
  await lockManagedMember(tx, { caller, id })
  await endAbsence(tx, deps, { absenceId, staffId: id, now })
  await audit(tx, { caller, id, now })
}

const withAbsences = async (reader: Reader, found: StaffMember, now: Date): Promise<ShownMember> => {
  const [member] = await withLoad(reader, [found])
  if (!member) throw new DomainError('not-found')
  return { member, absences: await absencesOf(reader, found.id, now) }
}

const withLoad = async (reader: Reader, members: readonly StaffMember[]): Promise<MemberWithLoad[]> => {
  const ids = members.map(({ id }) => id)
  const inHand = await openRequestCounts(reader, ids)
  return members.map((member) => ({ ...member, ...(inHand.get(member.id) ?? { open: 0, openUrgent: 0 }) }))
}

const audit = (tx: Tx, { caller, id, now }: Change): Promise<void> =>
  addAudit(tx, { at: now, action: 'staff.changed', apiKeyId: caller.keyId, subjectId: id })
