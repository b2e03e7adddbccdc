import { isConcernOf } from '#features/staff/concern.ts'
import { type MaybeWhom, type Named, type NoteOutcome, settleNote } from '#features/staff/mentions.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { addEvent, hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { bumpRevision } from '#storage/requests/request-steps.ts'
import type { Request } from '#storage/requests/requests.ts'
import { decisionsOf } from '#storage/routing/routing-decisions.ts'
import { findStaff, type StaffMember, staffOfTerritory } from '#storage/staff/staff.ts'
import { isOverFor } from './case-contents.ts'
import type { Actor, StepDeps } from './request-step.ts'

// Notes of staff to a request, which no family and no system outside ever sees, and who is told of them.

/** Whether somebody who has joined may open what stands in a request. */
export const mayOpenRequest = async (
  reader: Reader,
  member: Pick<StaffMember, 'id' | 'role' | 'active' | 'personId'> | null,
  request: Request,
): Promise<boolean> =>
  member?.active === true &&
  member.personId !== null &&
  !isOverFor(member, request) &&
  (await isConcernOf(reader, member, request))

/** Who may be mentioned in a note to a request: colleagues who may open it. */
export const colleaguesForRequest = async (
  reader: Reader,
  request: Request,
  authorId: string | null,
): Promise<(Named & Pick<StaffMember, 'role'>)[]> => {
  const holder = request.claimedById ?? request.assignedToId
  const held = holder === null ? null : await findStaff(reader, holder)
  const serving = [
    ...(held ? [held] : []),
    ...(await staffOfTerritory(reader, request.territory, 'intake')),
    ...(await staffOfTerritory(reader, request.territory, 'supervisor')),
  ]
  const kept = await hiddenFromInRequest(reader, request.id)
  const found = new Map<string, Named & Pick<StaffMember, 'role'>>()
  for (const { id, name, role, active, personId } of serving) {
    const reads = id === holder || !kept.includes(id)
    if (active && personId !== null && id !== authorId && reads && !isOverFor({ id, role }, request))
      found.set(id, { id, name, role })
  }
  return [...found.values()]
}

type Note = { request: Request; by: Actor; now: Date; text: string } & MaybeWhom

/** Adds a staff note to a request, and tells the colleagues it mentions who may open it. Returns what became of it. */
export const addStaffNote = async (
  tx: Tx,
  deps: StepDeps,
  { request, text, by, now, mentions = [], keepFrom = [] }: Note,
): Promise<NoteOutcome> => {
  const { id: requestId } = request
  const authorId = by.staffId ?? null
  const readers = (await colleaguesForRequest(tx, request, authorId)).map(({ id }) => id)
  // Somebody of another territory may have been given it.
  for (const id of mentions)
    if (!readers.includes(id) && (await mayOpenRequest(tx, await findStaff(tx, id), request)))
      readers.push(id)
  const leadId = request.claimedById ?? request.assignedToId
  const involved = (await decisionsOf(tx, requestId)).flatMap(({ staffId }) => staffId ?? [])
  const outcome = await settleNote(tx, { text, authorId, mentions, keepFrom }, { leadId, involved, readers })
  await bumpRevision(tx, requestId)
  const own = await sealerOf(tx, deps.sealer, { person: request.personId })
  await addEvent(tx, {
    ...{ requestId, at: now, kind: 'staff-note', ...by },
    text: own.seal(text, `request_events.text.${requestId}`),
    mentioned: outcome.told.map(({ id }) => id),
    keptFrom: outcome.keptFrom.map(({ id }) => id),
  })
  for (const { id: staffId } of outcome.told)
    await tellStaff(tx, deps, { staffId, by, news: 'note-to-request', subjectId: requestId, now })
  return outcome
}
