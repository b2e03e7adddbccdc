import { DomainError } from '#core/errors.ts'
import { boardScope } from '#features/board/board.ts'
import { isAdministrator } from '#features/staff/administrators.ts'
import { curatorsInReach } from '#features/staff/colleagues.ts'
import { oneInReach } from '#features/staff/staff-for-supervisor.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import { familiesByIds, familiesOfCurator, type HeldFamily } from '#storage/families/held-families.ts'
import {
  beginHandOver,
  countGiven,
  endHandOver,
  findHandOver,
  type HandOverRow,
  insertHandOver,
  undoHandOverRow,
} from '#storage/families/hand-overs.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import type { FamilyDeps } from './active.ts'
import { handOver } from './hand-over.ts'
import { mayTake, takerByRule } from './takers.ts'

// Several families of one curator that a supervisor gives away at once, while both go on working here. It begins after a moment in which
// it can be taken back, because the families are told of it, and what was told is not untold.

type Deps = { database: Reader; region: Region }
type Asking = { staff: StaffMember; memberId: string; now: Date }

/** As many as are given at once. */
export const mostAtOnce = 100
/** How long it can be taken back (ms). */
const undoMs = 15_000

export type Handable = {
  member: StaffMember
  families: HeldFamily[]
  takers: Awaited<ReturnType<typeof curatorsInReach>>
}

/** The families of a colleague that the supervisor may give away, and who could take them. Throws `not-found`, also of their own. */
export const familiesToHand = async (deps: Deps, { memberId, ...asking }: Asking): Promise<Handable> => {
  const one = await oneInReach(deps, { ...asking, memberId })
  const { territories } = await boardScope(deps, asking)
  const all = await familiesOfCurator(deps.database, memberId)
  const reached = isAdministrator(asking.staff)
    ? all
    : all.filter(({ territory }) => territories.includes(territory))
  return {
    member: one.member,
    families: reached,
    takers: await curatorsInReach(deps.database, { ...one, now: asking.now }),
  }
}

export type Previewed = { family: HeldFamily; taken: boolean }

/** Which of the chosen families can be given so; `to`: null for evenly. Throws `not-found`, `invalid-input`. */
export const previewHandOver = async (
  deps: Deps,
  { numbers, to, ...asking }: Asking & { numbers: readonly number[]; to: string | null },
): Promise<Handable & { chosen: Previewed[] }> => {
  const handable = await familiesToHand(deps, asking)
  if (to !== null && !handable.takers.some(({ id }) => id === to)) throw new DomainError('not-found')
  const wanted = handable.families.filter(({ number }) => numbers.includes(number)).slice(0, mostAtOnce)
  const chosen: Previewed[] = []
  for (const family of wanted) {
    const { database } = deps
    const taken =
      to === null
        ? (await takerByRule(database, { family, without: asking.memberId, now: asking.now })) !== null
        : await mayTake(database, { family, staffId: to })
    chosen.push({ family, taken })
  }
  return { ...handable, chosen }
}

/** Begins it in a moment. Audited. Throws as `previewHandOver`; `invalid-input` if nothing of it can be given. */
export const scheduleHandOver = async (
  tx: Tx,
  { region, enqueue }: { region: Region; enqueue: Enqueue },
  given: Asking & { numbers: readonly number[]; to: string | null },
): Promise<HandOverRow> => {
  const { staff, memberId, to, now } = given
  const { chosen } = await previewHandOver({ database: tx, region }, given)
  const familyIds = chosen.flatMap(({ family, taken }) => (taken ? [family.id] : []))
  if (familyIds.length === 0) throw new DomainError('invalid-input', { field: 'families' })
  const beginsAt = new Date(now.getTime() + undoMs)
  const row = await insertHandOver(tx, {
    fromId: memberId,
    toId: to,
    byId: staff.id,
    familyIds,
    at: now,
    beginsAt,
  })
  await addAudit(tx, { at: now, action: 'staff.changed', staffId: staff.id, subjectId: memberId })
  await enqueue(tx, 'hand-families', { handOverId: row.id }, { startAfter: undoMs / 1000 })
  return row
}

/** Takes it back. Throws `not-found` for anybody else's, `already-closed` if it has begun. */
export const undoHandOver = async (
  tx: Tx,
  { staff, handOverId, now }: { staff: Pick<StaffMember, 'id'>; handOverId: string; now: Date },
): Promise<HandOverRow> => {
  const row = await ownHandOver(tx, { staff, handOverId })
  if (!(await undoHandOverRow(tx, handOverId, now))) throw new DomainError('already-closed')
  return row
}

/** What a supervisor has begun. Throws `not-found` for anybody else's. */
const ownHandOver = async (
  reader: Reader,
  { staff, handOverId }: { staff: Pick<StaffMember, 'id'>; handOverId: string },
): Promise<HandOverRow> => {
  const row = await findHandOver(reader, handOverId)
  if (row?.byId !== staff.id) throw new DomainError('not-found')
  return row
}

/** The same with the families of it that stay with their curator, once it has ended. */
export const handOverWithLeft = async (
  reader: Reader,
  of: { staff: Pick<StaffMember, 'id'>; handOverId: string },
): Promise<{ row: HandOverRow; left: HeldFamily[] }> => {
  const row = await ownHandOver(reader, of)
  if (row.endedAt === null) return { row, left: [] }
  const families = await familiesByIds(reader, row.familyIds)
  return { row, left: families.filter(({ curatorId }) => curatorId === row.fromId) }
}

/** Gives them, each family in a transaction of its own; goes on where it was interrupted. Null if it was taken back, or is done. */
export const carryOutHandOver = async (
  database: Database,
  deps: FamilyDeps,
  { handOverId, now }: { handOverId: string; now: () => Date },
): Promise<{ given: number; left: number } | null> => {
  const row = await database.transaction((tx) => beginHandOver(tx, handOverId, now()))
  if (!row) return null
  const { fromId: staffId, toId: to, byId, familyIds: only } = row
  await handOver(database, deps, { staffId, to, by: { staffId: byId }, only, now })
  const given = await countGiven(database, row)
  await database.transaction((tx) => endHandOver(tx, handOverId, { given, now: now() }))
  return { given, left: only.length - given }
}
