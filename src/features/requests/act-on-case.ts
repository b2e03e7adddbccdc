import { DomainError } from '#core/errors.ts'
import { onDuty } from '#features/routing/duty-hours.ts'
import type { MaybeWhom, NoteOutcome } from '#features/staff/mentions.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { SupportLevel } from '#storage/families/families.ts'
import { hiddenFromInRequest, openRequestsKeptFrom } from '#storage/requests/request-events.ts'
import { lockRequest, type Request } from '#storage/requests/requests.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { type JoinedMember, type StaffRole, staffOfTerritory } from '#storage/staff/staff.ts'
import { openRequestCounts } from '#storage/staff/staff-lists.ts'
import { requestForStaff, type Staff } from './cases.ts'
import type { CloseOutcome, Decider, DecisionWords } from './decision.ts'
import { mustHaveReason } from './oversight.ts'
import { type RequestRight, rightsToRequest, stateOf } from './request-access.ts'
import type { StepDeps } from './request-step.ts'
import { addStaffNote } from './staff-notes.ts'
import { assignRequest, closeRequest, moveStage } from './request-transitions.ts'

// What staff do with a request in the bot: the steps of `request-transitions.ts`, for whoever may take them.

/**
 * The request, if the member has the right. Throws `not-found` if it does not concern them, `already-closed` if it is over,
 * `not-allowed` otherwise.
 */
export const requestToActOn = async <R extends Reader>(
  reader: R,
  { staff, requestId, right }: { staff: Staff | null | undefined; requestId: string; right: RequestRight },
  find?: (reader: R, id: string) => Promise<Request | null>,
): Promise<Request> => {
  const request = await requestForStaff(reader, staff, requestId, find)
  if (staff && (await rightsToRequest(reader, staff, request)).has(right)) return request
  throw new DomainError(stateOf(request) === 'over' ? 'already-closed' : 'not-allowed')
}

type Acting = { staff: Staff | null | undefined; requestId: string; now: Date }

/** Adds a note that only staff read, and tells whom it mentions. */
export const noteCase = (
  tx: Tx,
  deps: StepDeps,
  { text, mentions, keepFrom, ...of }: Acting & { text: string } & MaybeWhom,
): Promise<NoteOutcome> =>
  act(tx, of, 'note', (step) => addStaffNote(tx, deps, { ...step, text, mentions, keepFrom }))

/** Moves a request that the member has to a later stage. Throws as `moveStage` does. */
export const moveCase = (tx: Tx, deps: StepDeps, { to, ...of }: Acting & { to: string }): Promise<void> =>
  act(tx, of, 'decide', (step) => moveStage(tx, deps, { ...step, to }))

/**
 * Gives a request to a named member. What somebody else has taken is released by this, and may be read by whoever gives it:
 * that takes a reason first, as every other look (`oversight.ts`). Throws `not-allowed` without one, and as `assignRequest` does.
 */
export const giveCase = (
  tx: Tx,
  deps: StepDeps,
  { staffId, ...of }: Acting & { staffId: string },
): Promise<void> =>
  act(tx, of, 'give', async (step) => {
    await mustHaveReason(tx, of.staff, step.request, of.now)
    await assignRequest(tx, deps, { ...step, staffId })
  })

/** Closes a request that the member has. Throws as `closeRequest` does. */
export const decideCase = (
  tx: Tx,
  deps: StepDeps,
  {
    outcome,
    words,
    decidedBy,
    curatorId,
    level,
    ...of
  }: Acting & {
    outcome: CloseOutcome
    words: DecisionWords
    decidedBy: Decider
    curatorId: string | null
    level: SupportLevel | null
  },
): Promise<void> =>
  act(tx, of, 'decide', async (step) => {
    if (
      curatorId !== null &&
      !(await curatorsFor(tx, step.request, of.now)).some(({ id }) => id === curatorId)
    )
      throw new DomainError('not-eligible')
    await closeRequest(tx, deps, { ...step, outcome, words, decidedBy, curatorId, level })
  })

const act = async <T>(
  tx: Tx,
  { now, ...of }: Acting,
  right: RequestRight,
  take: (step: { request: Request; by: { staffId: string | undefined }; now: Date }) => Promise<T>,
): Promise<T> => {
  const request = await requestToActOn(tx, { ...of, right }, lockRequest)
  return take({ request, by: { staffId: of.staff?.id }, now })
}

/** Somebody who may be given work, and what speaks for or against it. */
export type Recipient = {
  id: string
  name: string
  role: StaffRole
  /** By their hours. */
  onDuty: boolean
  absent: boolean
  /** Open requests that the reader may know of. */
  open: number
}

/**
 * Who may be given a request instead of whoever has it: specialists and supervisors of its territory, those there first. Nobody
 * from whom a line of it is kept.
 */
export const recipientsOf = async (
  reader: Reader,
  region: Region,
  request: Pick<Request, 'id' | 'territory' | 'assignedToId' | 'claimedById'>,
  { readerId, now }: { readerId: string; now: Date },
): Promise<Recipient[]> => {
  const { territory, assignedToId, claimedById } = request
  const kept = await hiddenFromInRequest(reader, request.id)
  const without = claimedById ?? assignedToId
  const found = await recipientsFor(reader, region, { territory, without, readerId, now })
  return found.filter(({ id }) => !kept.includes(id))
}

/** The same for what comes from a territory. */
export const recipientsFor = async (
  reader: Reader,
  { timeZone }: Region,
  {
    territory,
    without,
    readerId,
    now,
  }: { territory: string; without: string | null; readerId: string; now: Date },
): Promise<Recipient[]> => {
  const serving = [
    ...(await staffOfTerritory(reader, territory, 'intake')),
    ...(await staffOfTerritory(reader, territory, 'supervisor')),
  ]
  return describe(
    reader,
    serving.filter(({ id }) => id !== without),
    { timeZone, readerId, now },
  )
}

/** The curators of a territory, or all where it has none, those there first. Who cannot be reached is not offered. */
export const curatorsFor = async (
  reader: Reader,
  { territory }: Pick<Request, 'territory'>,
  now: Date,
): Promise<JoinedMember[]> => {
  const away = await absentAt(reader, now)
  const there = ({ id }: JoinedMember) => (away.has(id) ? 1 : 0)
  return (await staffOfTerritory(reader, territory, 'curator'))
    .filter(({ unreachableSince }) => unreachableSince === null)
    .sort((a, b) => there(a) - there(b))
}

const describe = async (
  reader: Reader,
  members: readonly JoinedMember[],
  { timeZone, readerId, now }: { timeZone: string; readerId: string; now: Date },
): Promise<Recipient[]> => {
  const away = await absentAt(reader, now)
  const counts = await openRequestCounts(
    reader,
    members.map(({ id }) => id),
  )
  const kept = await openRequestsKeptFrom(reader, readerId)
  const knownOf = (id: string): number =>
    (counts.get(id)?.open ?? 0) - kept.filter(({ assignedToId }) => assignedToId === id).length
  const found = members.map(({ id, name, role, dutyHours }) => ({
    ...{ id, name, role },
    onDuty: onDuty(dutyHours, now, timeZone),
    absent: away.has(id),
    open: knownOf(id),
  }))
  const rank = ({ absent, onDuty: there }: Recipient) => (absent ? 2 : there ? 0 : 1)
  return found.sort((a, b) => rank(a) - rank(b) || a.open - b.open)
}
