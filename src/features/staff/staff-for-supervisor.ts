import { DomainError } from '#core/errors.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { openRequestsKeptFrom } from '#storage/requests/request-events.ts'
import { type Absence, absencesBetween, absencesOf } from '#storage/staff/absences.ts'
import { findStaff, listStaff, type StaffMember } from '#storage/staff/staff.ts'
import { loadOfStaff, type StaffLoad } from '#storage/staff/staff-load.ts'
import { photoOf } from '#storage/staff/staff-photos.ts'
import { type Week, weekAround } from '#features/worklist/week.ts'
import { isAdministrator } from './administrators.ts'
import { territoriesReached } from './colleagues.ts'
import { isWithin } from './absences.ts'
import { type WorkOfMember, workOfMember } from './leaving.ts'

// The staff as supervisors see them: administrators everybody, others those whose territories they serve all.

/** Of one member also within a transaction. */
type Deps = { database: Reader; region: Region }
type Asking = { staff: StaffMember; now: Date }

export type ListedStaff = {
  member: StaffMember
  load: StaffLoad
  /** Until when they are absent now. */
  absentUntil: Date | null
}

/** Those who work here first; whoever has left only with `all`. Throws `not-found` for anybody but supervisors. */
export const staffInReach = async (
  deps: Deps,
  { all = false, ...asking }: Asking & { all?: boolean },
): Promise<{ items: ListedStaff[]; week: Week }> => {
  const { database, region } = deps
  const reaches = await reachOf(deps, asking)
  const members = (await listStaff(database)).filter((one) => reaches(one) && (all || one.active))
  const week = weekAround(region, asking.now)
  const ids = members.map(({ id }) => id)
  const without = (await openRequestsKeptFrom(database, asking.staff.id)).map(({ id }) => id)
  const loads = new Map(
    (await loadOfStaff(database, { staffIds: ids, without, ...week })).map((one) => [one.id, one]),
  )
  const away = new Map(
    (
      await absencesBetween(database, {
        staffIds: ids,
        from: asking.now,
        until: new Date(asking.now.getTime() + 1),
      })
    ).map(({ staffId, until }) => [staffId, until]),
  )
  const items = members.map((member) => ({
    member,
    load: loads.get(member.id) ?? { id: member.id, requests: 0, urgent: 0, families: 0, visits: 0 },
    absentUntil: away.get(member.id) ?? null,
  }))
  return { items: items.toSorted((a, b) => Number(b.member.active) - Number(a.member.active)), week }
}

export type StaffInReach = {
  member: StaffMember
  work: WorkOfMember
  /** Current and future ones. */
  absences: Absence[]
  hasPhoto: boolean
  /** It is whoever asks. */
  self: boolean
  /** Whether whoever asks may change their name, role and territories, and end their work. */
  manages: boolean
}

/** A member of staff with what they have. Throws `not-found` for whoever is not in reach. */
export const oneInReach = async (
  deps: Deps,
  { memberId, ...asking }: Asking & { memberId: string },
): Promise<StaffInReach> => {
  const { database } = deps
  const { staff, now } = asking
  const reaches = await reachOf(deps, asking)
  const member = await findStaff(database, memberId)
  if (!member || !reaches(member)) throw new DomainError('not-found')
  const kept = new Set((await openRequestsKeptFrom(database, staff.id)).map(({ id }) => id))
  const work = await workOfMember(database, memberId, now)
  const self = memberId === staff.id
  return {
    member,
    work: { ...work, requests: work.requests.filter(({ id }) => !kept.has(id)) },
    absences: await absencesOf(database, memberId, now),
    hasPhoto: (await photoOf(database, memberId)) !== null,
    self,
    manages: isAdministrator(staff) && !self,
  }
}

/** Whose absences fall into a span, of those in reach who work here; earliest first. */
export const absencesInReach = async (
  deps: Deps,
  { from, until, ...asking }: Asking & { from: Date; until: Date },
): Promise<(Absence & { name: string })[]> => {
  const reaches = await reachOf(deps, asking)
  const members = (await listStaff(deps.database)).filter((one) => one.active && reaches(one))
  const names = new Map(members.map(({ id, name }) => [id, name]))
  const found = await absencesBetween(deps.database, { staffIds: [...names.keys()], from, until })
  return found.map((one) => ({ ...one, name: names.get(one.staffId) ?? '' }))
}

/** What happens to the work of a member who is absent for a time, before it is recorded. Pure. */
export const absenceTouches = (
  { work }: Pick<StaffInReach, 'work'>,
  span: { from: Date; until: Date },
): { requests: number; families: number; visits: WorkOfMember['visits'] } => ({
  requests: work.requests.length,
  families: work.families.length,
  visits: work.visits.filter((visit) => isWithin(visit, span)),
})

const reachOf = async (deps: Deps, asking: Asking): Promise<(member: StaffMember) => boolean> => {
  const reaches = await territoriesReached(deps, asking)
  return isAdministrator(asking.staff) ? () => true : reaches
}
