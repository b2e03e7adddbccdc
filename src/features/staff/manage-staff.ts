import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import { otherOption } from '#features/intake/questions.ts'
import { overlappingDay } from '#features/routing/duty-hours.ts'
import type { Absence } from '#storage/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Tx } from '#storage/database.ts'
import { lockStaff, type NewStaff, type StaffMember, type StaffSettings } from '#storage/staff/staff.ts'
import { addAbsence, changeStaff, endAbsence } from './absences.ts'
import { isAdministrator, mustAdminister } from './administrators.ts'
import { territoriesReached } from './colleagues.ts'
import { type EndedAccess, endAccess } from './end-access.ts'
import { type Invitation, inviteMember, renewLink } from './invite-staff.ts'
import { leave, replaceAccount, type WorkOfMember } from './leaving.ts'
import { dropPhoto, storePhoto } from './staff-photo.ts'

// What supervisors change of the staff by themselves. Who may do what (name, role, territories, training for minors, adding, ending)
// is for administrators, and never of oneself; the rest for whoever reaches all territories of a member (ADR 103). All is audited.

type Deps = { region: Region; enqueue: Enqueue }
type By = { staff: StaffMember; now: Date }
type Of = By & { memberId: string }

/** Fields that say who may do what. */
const guarded = [
  'name',
  'role',
  'territories',
  'minorsTrained',
] as const satisfies readonly (keyof StaffSettings)[]

/** Adds a member, and the one-time link by which they join the bot. Throws `not-found`, `invalid-input`. */
export const addColleague = async (
  tx: Tx,
  { region, botUsername }: Pick<Deps, 'region'> & { botUsername: string },
  { staff, member, now }: By & { member: NewStaff },
): Promise<Invitation> => {
  mustAdminister(staff)
  mustBeServed(region, member.territories, [])
  const invited = await inviteMember(tx, { botUsername, now }, member)
  await audit(tx, { staff, memberId: invited.staff.id, now })
  return invited
}

/**
 * A new link: for whoever has not joined yet (administrators), and for whoever has, whose account before ends at once. Throws
 * `not-found`, `not-allowed` of oneself, `already-closed` for whoever has left.
 */
export const linkAnew = async (
  tx: Tx,
  deps: Deps & { botUsername: string },
  { staff, memberId, now }: Of,
): Promise<Invitation> => {
  const member = await lockInReach(tx, deps, { staff, memberId, now })
  notSelf(staff, memberId)
  const link = { botUsername: deps.botUsername, now }
  if (member.personId === null) mustAdminister(staff)
  if (!member.active) throw new DomainError('already-closed')
  const invited =
    member.personId === null
      ? await renewLink(tx, link, memberId)
      : await replaceAccount(tx, { enqueue: deps.enqueue, ...link }, memberId)
  await audit(tx, { staff, memberId, now })
  return invited
}

/** Changes a member as read at `revision`. Throws `not-found`, `not-allowed`, `invalid-input`, `stale`. */
export const changeColleague = async (
  tx: Tx,
  deps: Deps,
  { staff, memberId, now, revision, changes }: Of & { revision: number; changes: Partial<StaffSettings> },
): Promise<StaffMember> => {
  const before = await lockInReach(tx, deps, { staff, memberId, now })
  if (guarded.some((field) => changes[field] !== undefined)) {
    if (!isAdministrator(staff)) throw new DomainError('not-allowed')
    notSelf(staff, memberId)
  }
  if (changes.territories) mustBeServed(deps.region, changes.territories, before.territories)
  if (changes.dutyHours && overlappingDay(changes.dutyHours) !== null)
    throw new DomainError('invalid-input', { field: 'dutyHours' })
  const changed = await changeStaff(tx, deps, { staffId: memberId, revision, changes, now })
  await audit(tx, { staff, memberId, now })
  return changed
}

/**
 * Replaces the photo by which families know who is at the door, or removes it (null). Throws `invalid-input` if it is no picture
 * that is acceptable, `not-found`, `already-closed` for whoever has left.
 */
export const changePhotoOf = async (
  tx: Tx,
  deps: Pick<Deps, 'region'>,
  { image, ...of }: Of & { image: Uint8Array | null },
): Promise<void> => {
  const member = await lockInReach(tx, deps, of)
  if (!member.active && image !== null) throw new DomainError('already-closed')
  const given = { staffId: member.id, apiKeyId: null, by: of.staff.id, now: of.now }
  if (image === null) await dropPhoto(tx, given)
  else await storePhoto(tx, { ...given, image })
}

/** Throws as `addAbsence`; `not-found` for whoever is not in reach. */
export const addAbsenceOf = async (
  tx: Tx,
  deps: Deps,
  { from, until, ...of }: Of & { from: Date; until: Date },
): Promise<Absence> => {
  await lockInReach(tx, deps, of)
  const absence = await addAbsence(tx, deps, { staffId: of.memberId, from, until, now: of.now })
  await audit(tx, of)
  return absence
}

export const endAbsenceOf = async (
  tx: Tx,
  deps: Deps,
  { absenceId, ...of }: Of & { absenceId: string },
): Promise<void> => {
  await lockInReach(tx, deps, of)
  await endAbsence(tx, deps, { absenceId, staffId: of.memberId, now: of.now })
  await audit(tx, of)
}

/** «Выйти везде»: ends what they could still open; they go on working here. */
export const endAccessOf = async (tx: Tx, deps: Deps, of: Of): Promise<EndedAccess> => {
  await lockInReach(tx, deps, of)
  // It audits who was ended; this says by whom.
  await audit(tx, of)
  return endAccess(tx, deps, { memberId: of.memberId, now: of.now })
}

/** Ends their work here as one act. Throws as `leave`; `not-found`, `not-allowed` of oneself. */
export const endWorkOf = async (
  tx: Tx,
  { enqueue }: Pick<Deps, 'enqueue'>,
  { staff, memberId, to, now }: Of & { to: string | null },
): Promise<WorkOfMember> => {
  mustAdminister(staff)
  notSelf(staff, memberId)
  return leave(tx, { enqueue }, { staffId: memberId, to, by: { staffId: staff.id }, now })
}

/** Locks a member in reach. Throws `not-found`. */
const lockInReach = async (
  tx: Tx,
  { region }: Pick<Deps, 'region'>,
  { staff, memberId, now }: Of,
): Promise<StaffMember> => {
  const reaches = isAdministrator(staff)
    ? () => true
    : await territoriesReached({ database: tx, region }, { staff, now })
  const member = await lockStaff(tx, memberId, 'all')
  if (!member || !reaches(member)) throw new DomainError('not-found')
  return member
}

const notSelf = (staff: StaffMember, memberId: string): void => {
  if (staff.id === memberId) throw new DomainError('not-allowed')
}

/** Codes that the centre does not have are refused, but for those that are stored already. */
const mustBeServed = ({ territories }: Region, given: readonly string[], before: readonly string[]): void => {
  const known = new Set([...territories.map(({ code }) => code), otherOption, ...before])
  if (given.length === 0 || !given.every((code) => known.has(code)))
    throw new DomainError('invalid-input', { field: 'territories' })
}

const audit = (tx: Tx, { staff, memberId, now }: Of): Promise<void> =>
  addAudit(tx, { at: now, action: 'staff.changed', staffId: staff.id, subjectId: memberId })
