import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { type Actor, type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import { secrecy, type TargetAudience } from '#features/families/audience.ts'
import { notifyFamily } from '#features/pushes/tell-family.ts'
import { dropVisitInvitations, inviteAfterVisit } from '#features/surveys/invite.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { EventType } from '#features/webhooks/event-scopes.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { PushKind } from '#storage/pushes/pushes.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { changeVisit, insertVisit, type Visit } from '#storage/visits/visits.ts'
import { newDoorCode } from './door-code.ts'
import { scheduleReminders } from './reminder-times.ts'
import { tellOfMove, tellVisitor } from './tell-visitor.ts'
import {
  openDoorCode,
  openVisitContent,
  sealDoorCode,
  sealVisitContent,
  type VisitContent,
  type VisitPurpose,
} from './visit-content.ts'
import { alarmIfNobodyComes, mustBeMinors } from './visit-rules.ts'

// All state changes of a visit, from any source. Family and visit are rows locked in the same transaction,
// the family first.

type Change = { family: Family; visit: Visit; now: Date; by?: Actor }
export type VisitTime = {
  startsAt: Date
  /** From 15 to 480. */
  minutes: number
  staffId: string
}
export type PlannedVisit = VisitTime & { purpose: VisitPurpose; content: VisitContent } & TargetAudience

/** Who is not told of a move: nobody is left out, the family, or all. */
export type Silent = 'nobody' | 'family' | 'all'

/** A later date is a typing error. */
const farthestMs = 2 * 366 * 24 * 60 * 60 * 1000
/** Changes to a visit that begins within this time, or was to, are notified at any hour. */
const soonMs = 3 * 60 * 60 * 1000

/**
 * Creates a visit with its own door code and notifies the family (`quietly`: does not, as for all but the
 * first visit of a series). Throws `already-closed`; `invalid-input` with the field for a time that is past
 * or more than two years ahead, an inactive visitor, or members who are not minors of the family.
 */
export const createVisit = async (
  tx: Tx,
  deps: FamilyDeps,
  given: Omit<Change, 'visit'> & { visit: PlannedVisit; seriesId?: string; quietly?: boolean },
): Promise<Visit> => {
  const { family, now, seriesId = null, quietly = false } = given
  const { content, ...planned } = given.visit
  mustBeActive(family)
  mustBeAhead(planned.startsAt, now)
  await mustWork(tx, planned.staffId)
  await mustBeMinors(tx, family, planned)
  const id = newId()
  const own = await sealerOf(tx, deps.sealer, { family: family.id })
  const visit = await insertVisit(tx, {
    id,
    familyId: family.id,
    staffId: planned.staffId,
    startsAt: planned.startsAt,
    endsAt: endOf(planned),
    purpose: planned.purpose,
    audience: planned.audience,
    memberIds: [...planned.memberIds],
    content: sealVisitContent(own, id, content),
    doorCode: sealDoorCode(own, { id, version: 0 }, newDoorCode()),
    seriesId,
    createdAt: now,
  })
  await scheduleReminders(tx, visit, now)
  if (!quietly) await push(tx, deps, { visit, now }, 'visit-new', isSoon(visit.startsAt, now))
  if (!quietly) await tellVisitor(tx, deps, { visit, by: given.by, now }, 'visit-new')
  if (!quietly) await alarmIfNobodyComes(tx, deps, visit)
  await tell(tx, deps, { visit, now }, 'visit.created', planData(visit))
  return visit
}

/**
 * Moves a visit to another time or visitor: a new version with a new door code, of which the family is
 * notified (`silent`: the family is not, or nobody is, as of all but the first of several; whatever is soon is told). Does
 * nothing if nothing changes. Throws `already-closed` if it is over or cancelled, `not-eligible` if the new visitor is absent at that
 * time, and as `createVisit` does.
 */
export const moveVisit = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, visit, to, silent = 'nobody', by, now }: Change & { to: Partial<VisitTime>; silent?: Silent },
): Promise<Visit> => {
  mustBePlanned(visit, now)
  const { startsAt = visit.startsAt, minutes = minutesOf(visit), staffId = visit.staffId } = to
  const endsAt = endOf({ startsAt, minutes })
  const anotherTime = startsAt.getTime() !== visit.startsAt.getTime()
  const same = !anotherTime && endsAt.getTime() === visit.endsAt.getTime()
  if (same && staffId === visit.staffId) return visit
  mustBeActive(family)
  if (!same) mustBeAhead(startsAt, now)
  if (staffId !== visit.staffId) {
    await mustWork(tx, staffId)
    if ((await absentAt(tx, startsAt)).has(staffId)) throw new DomainError('not-eligible')
  }
  const { id } = visit
  const version = visit.version + 1
  const code = newDoorCode(openDoorCode(deps.sealer, visit))
  const own = await sealerOf(tx, deps.sealer, { family: family.id })
  const moved = await changeVisit(tx, id, {
    startsAt,
    endsAt,
    staffId,
    version,
    doorCode: sealDoorCode(own, { id, version }, code),
    lastMove: anotherTime ? 'time' : staffId === visit.staffId ? 'length' : 'visitor',
    ...(anotherTime && { movedFrom: visit.startsAt }),
    changedAt: now,
  })
  await scheduleReminders(tx, moved, now)
  const soon = isSoon(visit.startsAt, now) || isSoon(startsAt, now)
  if (silent === 'nobody' || soon) await push(tx, deps, { visit: moved, now }, 'visit-moved', soon)
  if (silent !== 'all' || soon) await tellOfMove(tx, deps, { visit, moved, by, now })
  if (anotherTime) await alarmIfNobodyComes(tx, deps, moved)
  await deps.enqueue(tx, 'visit-cards-refresh', { visitId: id })
  await tell(tx, deps, { visit: moved, now }, 'visit.moved', planData(moved))
  return moved
}

/** Changes the place or note, shown on the family's card. Throws `already-closed`. */
export const describeVisit = async (
  tx: Tx,
  { sealer }: FamilyDeps,
  { visit, content, now }: Omit<Change, 'family'> & { content: Partial<VisitContent> },
): Promise<Visit> => {
  mustBePlanned(visit, now)
  const own = await sealerOf(tx, sealer, { family: visit.familyId })
  const sealed = sealVisitContent(own, visit.id, { ...openVisitContent(sealer, visit), ...content })
  return changeVisit(tx, visit.id, { content: sealed, changedAt: now })
}

/**
 * Cancels a visit and notifies the family (`quietly`: does not, because a more important notification covers
 * it). The reason is shown on the family's card. Throws `already-closed` if it is over or cancelled.
 */
export const cancelVisit = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    visit,
    reason,
    quietly = false,
    by,
    now,
  }: Omit<Change, 'family'> & { reason?: string | undefined; quietly?: boolean },
): Promise<Visit> => {
  mustBePlanned(visit, now)
  const own = await sealerOf(tx, deps.sealer, { family: visit.familyId })
  const content =
    reason && sealVisitContent(own, visit.id, { ...openVisitContent(deps.sealer, visit), reason })
  const changes = { status: 'cancelled' as const, ...(content && { content }), changedAt: now }
  const cancelled = await changeVisit(tx, visit.id, changes)
  await scheduleReminders(tx, cancelled, now)
  if (!quietly)
    await push(tx, deps, { visit: cancelled, now }, 'visit-cancelled', isSoon(visit.startsAt, now))
  await tellVisitor(tx, deps, { visit: cancelled, by, now }, 'visit-cancelled')
  await deps.enqueue(tx, 'visit-cards-refresh', { visitId: visit.id })
  const data = { visitId: visit.id, visitVersion: visit.version, visitStatus: 'cancelled', ...secrecy(visit) }
  await tell(tx, deps, { visit, now }, 'visit.cancelled', data)
  return cancelled
}

/**
 * Records the outcome of a visit, which may be corrected later. Throws `not-allowed` before it has begun,
 * `already-closed` if it was cancelled.
 */
export const closeVisit = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, visit, outcome, now }: Change & { outcome: 'done' | 'missed' },
): Promise<Visit> => {
  if (visit.status === 'cancelled') throw new DomainError('already-closed')
  if (now < visit.startsAt) throw new DomainError('not-allowed')
  if (visit.status === outcome) return visit
  const closed = await changeVisit(tx, visit.id, { status: outcome, changedAt: now })
  await scheduleReminders(tx, closed, now)
  if (outcome === 'done') await inviteAfterVisit(tx, { family, visit: closed, now })
  else await dropVisitInvitations(tx, { visit, now })
  const data = { visitId: visit.id, visitVersion: visit.version, visitStatus: outcome, ...secrecy(visit) }
  await tell(tx, deps, { visit, now }, 'visit.closed', data)
  return closed
}

/** Planned and not over: it can still be moved, answered and cancelled. */
export const isAhead = ({ status, endsAt }: Pick<Visit, 'status' | 'endsAt'>, now: Date): boolean =>
  status === 'planned' && now < endsAt

export const minutesOf = ({ startsAt, endsAt }: Pick<Visit, 'startsAt' | 'endsAt'>): number =>
  (endsAt.getTime() - startsAt.getTime()) / 60_000

const mustBePlanned = (visit: Visit, now: Date): void => {
  if (!isAhead(visit, now)) throw new DomainError('already-closed')
}

const mustBeAhead = (startsAt: Date, now: Date): void => {
  if (startsAt <= now || startsAt.getTime() > now.getTime() + farthestMs)
    throw new DomainError('invalid-input', { field: 'startsAt' })
}

const mustWork = async (tx: Tx, staffId: string): Promise<void> => {
  if (!(await findStaff(tx, staffId))?.active) throw new DomainError('invalid-input', { field: 'staffId' })
}

const endOf = ({ startsAt, minutes }: Pick<VisitTime, 'startsAt' | 'minutes'>): Date =>
  new Date(startsAt.getTime() + minutes * 60_000)

const isSoon = (moment: Date, now: Date): boolean => moment.getTime() - now.getTime() < soonMs

const planData = ({ id, version, startsAt, staffId, audience }: Visit) => ({
  ...secrecy({ audience }),
  visitId: id,
  visitVersion: version,
  startsAt: startsAt.toISOString(),
  staffId,
})

type News = { visit: Visit; now: Date }

const push = (tx: Tx, deps: FamilyDeps, { visit, now }: News, kind: PushKind, urgent: boolean) =>
  notifyFamily(tx, deps, {
    familyId: visit.familyId,
    to: visit,
    kind,
    subjectId: visit.id,
    version: visit.version,
    urgent,
    key: `${kind}.${visit.id}.${visit.version}`,
    now,
  })

const tell = (tx: Tx, deps: FamilyDeps, { visit, now }: News, type: EventType, data: object) =>
  announce(tx, deps, { type, now, requestId: null, familyId: visit.familyId, data })
