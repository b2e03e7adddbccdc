import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import { openRequestsKeptFrom } from '#storage/requests/request-events.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findStaff, joinedStaff, listStaff, type StaffMember } from '#storage/staff/staff.ts'
import { listTerritories } from '#storage/territories/territories.ts'
import { familyCounts, type StaffWork, staffWork } from '#storage/staff/staff-work.ts'
import type { Invitation } from './invite-staff.ts'
import { replaceAccount } from './leaving.ts'

// The staff of a supervisor's territories, whose work they may give to others and whose lost account they may end. Somebody who
// serves a territory beyond theirs is not among them: a new link would open that one, too.

type Deps = { database: Database; region: Region }
type Asking = { staff: Staff | null | undefined; now: Date }

export type Colleague = { member: StaffMember; work: StaffWork; absent: boolean }

/** Those who work here first; whoever has left only while something is still theirs. Throws `not-found` for anybody but supervisors. */
export const colleaguesOf = async (deps: Deps, asking: Asking): Promise<Colleague[]> => {
  const isTheirs = await reachOf(deps, asking)
  const away = await absentAt(deps.database, asking.now)
  const kept = await keptFrom(deps, asking)
  const found: Colleague[] = []
  for (const member of (await listStaff(deps.database)).filter(isTheirs)) {
    const work = withoutKept(await staffWork(deps.database, member.id, asking.now), kept)
    const left = work.requests.length + work.families.length + work.visits.length
    if (member.active || left > 0) found.push({ member, work, absent: away.has(member.id) })
  }
  return found.toSorted((a, b) => Number(b.member.active) - Number(a.member.active))
}

/** Throws `not-found` for whoever is not among them. */
export const colleagueOf = async (
  deps: Deps,
  { memberId, ...asking }: Asking & { memberId: string },
): Promise<Colleague> => {
  const isTheirs = await reachOf(deps, asking)
  const member = await findStaff(deps.database, memberId)
  if (!member || !isTheirs(member)) throw new DomainError('not-found')
  const { database } = deps
  const work = withoutKept(await staffWork(database, memberId, asking.now), await keptFrom(deps, asking))
  return { member, work, absent: (await absentAt(database, asking.now)).has(memberId) }
}

/** What is kept from whoever asks is not counted among a colleague's, either (ADR 74). */
const keptFrom = async ({ database }: Deps, { staff }: Asking): Promise<ReadonlySet<string>> =>
  new Set(staff ? (await openRequestsKeptFrom(database, staff.id)).map(({ id }) => id) : [])

const withoutKept = (work: StaffWork, kept: ReadonlySet<string>): StaffWork => ({
  ...work,
  requests: work.requests.filter(({ id }) => !kept.has(id)),
})

const reachOf = async (deps: Deps, asking: Asking): Promise<(member: StaffMember) => boolean> => {
  const reaches = await territoriesReached(deps, asking)
  return (member) => member.id !== asking.staff?.id && reaches(member)
}

/** Whether a supervisor reaches all territories of a member, themselves included. Throws `not-found` for anybody else. */
export const territoriesReached = async (
  { database, region }: { database: Reader; region: Region },
  { staff }: Asking,
): Promise<(member: Pick<StaffMember, 'territories'>) => boolean> => {
  if (!staff?.active || staff.role !== 'supervisor') throw new DomainError('not-found')
  const served = new Set([...(await territoriesServedBy(database, region, staff)), ...staff.territories])
  // Staff keep the code of a retired territory: what is left of it belongs to the one that took over its work.
  const successors = new Map(
    (await listTerritories(database)).map(({ code, successor }) => [code, successor]),
  )
  const reaches = (code: string): boolean => {
    const successor = successors.get(code) ?? null
    return served.has(code) || (successor !== null && reaches(successor))
  }
  return ({ territories }) => territories.every(reaches)
}

/** Ends the account of a colleague whose phone is lost, at once, and makes a link for another one. Throws as `replaceAccount`. */
export const replaceAccountOf = async (
  tx: Tx,
  deps: { enqueue: Enqueue; botUsername: string },
  { colleague, by, now }: { colleague: Colleague; by: Pick<Staff, 'id'>; now: Date },
): Promise<Invitation> => {
  const { id } = colleague.member
  const invitation = await replaceAccount(tx, { ...deps, now }, id)
  await addAudit(tx, { at: now, action: 'staff.changed', staffId: by.id, subjectId: id })
  return invitation
}

/** Who could take the families and visits of a colleague: curators who serve at least one of their territories. */
export const curatorsInReach = async (
  database: Reader,
  { member, work, now }: Pick<Colleague, 'member' | 'work'> & { now: Date },
): Promise<{ id: string; name: string; absent: boolean; has: number }[]> => {
  const territories = new Set([...work.families, ...work.visits].map(({ territory }) => territory))
  const others = (await joinedStaff(database, 'curator')).filter(
    ({ id, territories: own }) => id !== member.id && own.some((code) => territories.has(code)),
  )
  const away = await absentAt(database, now)
  const counts = await familyCounts(
    database,
    others.map(({ id }) => id),
  )
  return others
    .map(({ id, name, unreachableSince }) => ({
      ...{ id, name, has: counts.get(id) ?? 0 },
      absent: away.has(id) || unreachableSince !== null,
    }))
    .toSorted((a, b) => Number(a.absent) - Number(b.absent) || a.has - b.has)
}

/** Hands a colleague's families and visits over within seconds, as when somebody leaves (`families/hand-over.ts`). */
export const handFamilies = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  {
    staff,
    colleague,
    to,
    now,
  }: { staff: Pick<Staff, 'id'>; colleague: Colleague; to: string | null; now: Date },
): Promise<void> => {
  const staffId = colleague.member.id
  await addAudit(tx, { at: now, action: 'staff.changed', staffId: staff.id, subjectId: staffId })
  await enqueue(tx, 'hand-over', { staffId, to, byStaffId: staff.id })
}
