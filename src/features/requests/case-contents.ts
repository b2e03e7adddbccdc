import { DomainError } from '#core/errors.ts'
import { closedTo, mustNotBeBlocked } from '#features/data-requests/blocks.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'
import { joinerForStaff } from '#features/together/together-for-staff.ts'
import type { Tx } from '#storage/database.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import { duplicatesOf } from '#storage/requests/duplicates.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { isSameLook } from '#features/staff/one-look.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { requestForStaff, type Staff } from './cases.ts'
import { type RequestLine, requestLines } from './conversation.ts'
import { type Decision, decisionOf } from './decision.ts'
import { isDangerOpen } from './danger-first.ts'
import { isHiddenFrom } from './note-apart.ts'
import { mustHaveReason } from './oversight.ts'
import {
  answeredQuestions,
  type Contact,
  type Content,
  type ContentQuestion,
  openContact,
  openContent,
} from './request-content.ts'
import { stateOf } from './request-access.ts'
import { isCheckOpen } from './safety-check.ts'

// What is sealed of a request, opened for staff. Every access is audited.

type Seen<T> = { request: Request; seen: T }

/** What was written to a request that is closed as a duplicate of the one that is read. */
export type MergedWords = {
  id: string
  number: string
  content: Content
  asked: ContentQuestion[]
  lines: RequestLine[]
}

/** What is over is for whoever had it and for supervisors: others served the family once, and have no work with it. */
export const isOverFor = ({ id, role }: Pick<Staff, 'id' | 'role'>, request: Request): boolean =>
  stateOf(request) === 'over' && role === 'intake' && request.claimedById !== id

type Look = { staff: Staff | null | undefined; requestId: string; now: Date }

/**
 * The answers and the conversation; `all`: nothing of it is kept from the reader. Every access is audited; `again`: an open page
 * is drawn anew, which is audited unless the reader's last look was just now.
 */
export const caseDetails = async (
  tx: Tx,
  sealer: Sealer,
  { staff, requestId, now, again = false }: Look & { again?: boolean },
): Promise<
  Seen<{
    content: Content
    asked: ContentQuestion[]
    lines: RequestLine[]
    merged: MergedWords[]
    decision: Decision | null
    all: boolean
  }>
> => {
  const request = await requestForStaff(tx, staff, requestId)
  if (staff && isOverFor(staff, request)) throw new DomainError('already-closed')
  await mustHaveReason(tx, staff, request, now)
  await mustBeUnblocked(tx, { staff, request, now })
  const auditLook = async (seenId: string) => {
    if (!staff) return
    const look = { staffId: staff.id, action: 'request.details', requestId: seenId } as const
    if (!(again && (await isSameLook(tx, look, now)))) await addAudit(tx, { ...look, at: now })
  }
  await auditLook(requestId)
  const events = await eventsOf(tx, requestId)
  const lines = requestLines(sealer, events, staff?.id)
  const content = openContent(sealer, request)
  const all = events.every((event) => !staff || !isHiddenFrom(event, staff.id))
  const merged: MergedWords[] = []
  for (const one of await openedDuplicates(tx, { staff, requestId, now })) {
    const { id, number } = one
    await auditLook(id)
    const words = openContent(sealer, one)
    const said = requestLines(sealer, await eventsOf(tx, id), staff?.id)
    merged.push({ id, number, content: words, asked: answeredQuestions(words), lines: said })
  }
  const decision = decisionOf(sealer, events)
  return { request, seen: { content, asked: answeredQuestions(content), lines, merged, decision, all } }
}

/** Throws `data-blocked` if the reader may not open what the applicant wrote. */
const mustBeUnblocked = (
  tx: Tx,
  { staff, request, now }: { staff: Staff | null | undefined; request: Request; now: Date },
): Promise<void> =>
  mustNotBeBlocked(tx, { of: request, by: { staffId: staff?.id }, now, danger: isDangerOpen(request) })

/** What was merged into a request, without what is blocked to the reader: of that its number stands on the card. */
const openedDuplicates = async (tx: Tx, { staff, requestId, now }: Look): Promise<Request[]> => {
  const merged = await duplicatesOf(tx, requestId)
  const personIds = merged.filter((one) => !isDangerOpen(one)).map(({ personId }) => personId)
  const closed = await closedTo(tx, { personIds, by: { staffId: staff?.id }, now })
  return merged.filter((one) => isDangerOpen(one) || !closed.has(one.personId))
}

/** A file of the story, by its place, or of a note. Throws `not-found`. Every access is audited. */
export const caseFile = async (
  tx: Tx,
  sealer: Sealer,
  {
    which,
    ...asked
  }: Look & {
    /** `of`: the story of that one of those that were merged into it. */
    which: { story: number; of?: number } | { note: string }
  },
): Promise<AttachedFile> => {
  const { content, lines, merged } = (await caseDetails(tx, sealer, asked)).seen
  const all = [...lines, ...merged.flatMap((one) => one.lines)]
  const file =
    'note' in which
      ? all.find(({ id }) => id === which.note)?.file
      : (which.of === undefined ? content : merged[which.of]?.content)?.ownFiles?.[which.story]
  if (!file) throw new DomainError('not-found')
  return file
}

/** Name, phone, hours and contact safety, and how whoever asks together is called. Every access is audited. */
export const caseContact = async (
  tx: Tx,
  sealer: Sealer,
  { staff, requestId, now }: Look,
): Promise<Seen<Contact> & { merged: { number: string; contact: Contact }[]; joiner: string | null }> => {
  const request = await requestForStaff(tx, staff, requestId)
  if ((request.status === 'withdrawn' && !isCheckOpen(request)) || request.status === 'closed')
    throw new DomainError('already-closed')
  await mustHaveReason(tx, staff, request, now)
  await mustBeUnblocked(tx, { staff, request, now })
  if (staff) await addAudit(tx, { staffId: staff.id, action: 'request.contact', requestId, at: now })
  const merged: { number: string; contact: Contact }[] = []
  for (const one of await openedDuplicates(tx, { staff, requestId, now })) {
    if (staff)
      await addAudit(tx, { staffId: staff.id, action: 'request.contact', requestId: one.id, at: now })
    merged.push({ number: one.number, contact: openContact(sealer, one) })
  }
  const joiner = await joinerForStaff(tx, sealer, { requestId, by: { staffId: staff?.id }, now })
  return { request, seen: openContact(sealer, request), merged, joiner }
}
