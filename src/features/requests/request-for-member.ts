import { DomainError } from '#core/errors.ts'
import { type Alarm, listen } from '#features/danger/ear.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { type Path, pathOf, stageStartsOf, type TimeLeft, timeLeft } from '#features/families/path.ts'
import { isPolite } from '#features/messages/polite.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { promiseReading } from '#features/promises/promise.ts'
import { formerReader } from '#features/routing/reader-change.ts'
import { announce } from '#features/webhooks/announce.ts'
import { highPriority } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { pushSettingsOf } from '#storage/pushes/push-settings.ts'
import { addEvent, eventsOf, type RequestEvent } from '#storage/requests/request-events.ts'
import { contactOf, latestRequestOf, lockRequest, type RequestSummary } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff, type StaffRole } from '#storage/staff/staff.ts'
import { type Awaited, awaitedOfRequest } from './awaited-reading.ts'
import { hasUnread, isReadOutsiders, mayAddLater, sealedNote, talkEvents } from './conversation.ts'
import { type Decision, decisionOf } from './decision.ts'
import { silences } from './family-notice.ts'
import { mayFollowUp, openFollowUp } from './follow-up.ts'
import { mayObject } from './objection.ts'
import { openContact } from './request-content.ts'
import { readerOfRequest } from './request-reader.ts'
import type { StepDeps } from './request-step.ts'
import { withdrawRequest } from './request-transitions.ts'
import { isCheckOpen } from './safety-check.ts'
import { isUnderTens } from './vital-interest.ts'
import { urgeFor } from './urgency.ts'

/** A request as its family sees it. */
export type RequestForMember = RequestSummary & {
  /** Withdrawn, and the centre still checks whether everybody is safe. */
  checkOpen: boolean
  path: Path
  /** Time until the next step is due. */
  left: TimeLeft
  specialist: { name: string; role: StaffRole } | null
  /** Whether the specialist has written, and whether the family has not opened it yet. */
  written: boolean
  unread: boolean
  /** Who reads it by when, or that we are late; null if nothing is awaited. */
  awaited: Awaited | null
  /** A child under ten has called an adult, and knows nothing of stages and commissions. */
  underTen: boolean
  /** Who was to read it before somebody else; null if nobody. */
  formerReader: string | null
  /** They must not be written to first: what is new waits in the menu. */
  silenced: boolean
  /** The answer that closed it; nothing of it is for somebody who wrote about another family. */
  decision: Decision | null
  /** Written by somebody about another family: they learn that it was read, and nothing of that family. */
  outsider: boolean
  /** Whether an outsider's has been read. */
  read: boolean
  /** Whether a note may be added, and whether the decision may be objected to. */
  mayAdd: boolean
  mayObject: boolean
}

/** The person's latest request, open or closed; null if they have none. */
export const requestForMember = async (
  { database, region, sealer }: { database: Database; region: Region; sealer: Sealer },
  { who, now }: { who: Snapshot | null; now: Date },
): Promise<RequestForMember | null> => {
  const request = who && (await latestRequestOf(database, who.person.id))
  if (!request) return null
  const [staff, talk, awaited, silenced] = await Promise.all([
    request.claimedById ? findStaff(database, request.claimedById) : null,
    talkEvents(database, request),
    isHeard(request) ? awaitedOfRequest(database, region, request, now) : null,
    isSilencedNow(database, sealer, request),
  ])
  const events = talk.filter(({ requestId }) => requestId === request.id)
  const decision = decisionOf(sealer, events)
  const former = await formerReader(database, request, events)
  return {
    ...request,
    checkOpen: isCheckOpen(request),
    path: pathOf(
      region,
      {
        stage: request.stage,
        appliedAt: request.submittedAt,
        began: stageStartsOf(events),
        closed: !isOpen(request),
      },
      now,
    ),
    left: timeLeft(dayAt(request.dueAt, region.timeZone), now, region),
    specialist: staff && { name: staff.name, role: staff.role },
    written: talk.some(({ kind }) => kind === 'answer'),
    unread: hasUnread(request, talk),
    awaited,
    underTen: isUnderTens(request),
    formerReader: former,
    silenced,
    decision,
    outsider: request.applicant === 'other-person',
    read: isReadOutsiders(request),
    mayAdd: isOpen(request) || mayAddLater(request),
    mayObject: mayObject(request, decision),
  }
}

/** What is said about it is read: for an outsider also after it was closed, of which they learn nothing. */
const isHeard = (request: RequestSummary): boolean => isOpen(request) || isReadOutsiders(request)

const isSilencedNow = async (
  database: Database,
  sealer: Sealer,
  { id, personId }: RequestSummary,
): Promise<boolean> => {
  const [contact, settings] = await Promise.all([contactOf(database, id), pushSettingsOf(database, personId)])
  return contact !== null && silences(openContact(sealer, { id, contact }), settings)
}

type Note = {
  who: Snapshot | null
  said: MessageContent
  now: Date
  quiet?: true
  /** What was heard in the words; null for a button's. Absent: they are listened to here. */
  alarm?: Alarm | null
}

/**
 * Adds a note to the person's open request and notifies the assignee; words of danger make it urgent. Whoever wrote about
 * another family may also add to a closed one, so that they do not learn that it is; and after a withdrawal whoever checks
 * whether everybody is safe reads it. Words of danger to a closed one open a new urgent request, the number of which is
 * returned as `anew`. Throws `not-found`, `already-closed`.
 */
export const addNote = async (
  tx: Tx,
  deps: StepDeps,
  { who, said, now, quiet, ...heard }: Note,
): Promise<{ anew: string | null }> => {
  const { sealer, enqueue } = deps
  const request = who && (await latestRequestOf(tx, who.person.id))
  if (!request) throw new DomainError('not-found')
  const { id: requestId } = request
  const alarm = heard.alarm === undefined && said.text !== null ? await listen(tx, said.text) : heard.alarm
  const cannotWait = alarm?.urgent ? alarm : null
  if (cannotWait && (await mayFollowUp(tx, request)))
    return { anew: (await openFollowUp(tx, deps, { who, requestId, said, alarm: cannotWait, now })).number }
  if (!isOpen(request) && !mayAddLater(request)) throw new DomainError('already-closed')
  const last = (await eventsOf(tx, requestId)).at(-1)
  await addEvent(tx, { requestId, at: now, kind: 'note', ...sealedNote(sealer, requestId, said) })
  if (!quiet && isHeard(request) && !isPolite(said)) {
    const reading = await readerOfRequest(tx, deps.region, request, now)
    await promiseReading(tx, { requestId }, { wants: 'reading', reading, now })
  }
  const locked = cannotWait && (await lockRequest(tx, requestId))
  if (locked && isOpen(locked)) await urgeFor(tx, deps, { request: locked, alarm: cannotWait, now })
  if (cannotWait) await enqueue(tx, 'staff-news', { requestId, news: 'note' }, { priority: highPriority })
  else if (!quiet && !isNewsOnItsWay(last, now)) await enqueue(tx, 'staff-news', { requestId, news: 'note' })
  await announce(tx, { enqueue }, { type: 'message.received', now, requestId })
  return { anew: null }
}

const isOpen = ({ status }: Pick<RequestSummary, 'status'>): boolean =>
  status === 'submitted' || status === 'claimed'

/** An album, or a text in two parts: one piece of news that nobody can have opened yet. */
const newsMs = 3000
const isNewsOnItsWay = (last: RequestEvent | undefined, now: Date): boolean =>
  last?.kind === 'note' && now.getTime() - last.at.getTime() < newsMs

/**
 * Withdraws the family's request, which is possible until it is closed. Throws `not-found`, `already-closed`.
 */
export const withdrawForMember = async (
  tx: Tx,
  deps: StepDeps,
  { who, now }: { who: Snapshot | null; now: Date },
): Promise<void> => {
  const request = who?.openRequest && (await lockRequest(tx, who.openRequest.id))
  if (!request) throw new DomainError('not-found')
  await withdrawRequest(tx, deps, { request, by: {}, now })
}
