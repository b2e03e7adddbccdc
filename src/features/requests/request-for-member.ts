import { dayAt } from '#features/deadlines/deadlines.ts'
import { type Path, pathOf, stageStartsOf, type TimeLeft, timeLeft } from '#features/families/path.ts'
import { formerReader } from '#features/routing/reader-change.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { pushSettingsOf } from '#storage/pushes/push-settings.ts'
import { appliedAtAsOwn, dueBeforeOthers, ownDuplicatesOf } from '#storage/requests/duplicates.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import { contactOf, latestRequestOf, type RequestSummary } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff, type StaffRole } from '#storage/staff/staff.ts'
import { asOwn } from './as-own.ts'
import { type Awaited, awaitedOfRequest } from './awaited-reading.ts'
import { hasUnread, isHeard, isOpen, isReadOutsiders, mayAddLater, talkEvents } from './conversation.ts'
import { type Decision, decisionOf } from './decision.ts'
import { silences } from './family-notice.ts'
import { mayObject } from './objection.ts'
import { openContact } from './request-content.ts'
import { isCheckOpen } from './safety-check.ts'
import { isUnderTens } from './vital-interest.ts'

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
  /** Numbers of the person's own requests that were merged into it. */
  merged: string[]
  /** Whether a note may be added, and whether the decision may be objected to. */
  mayAdd: boolean
  mayObject: boolean
}

/** The person's latest request, open or closed; null if they have none. */
export const requestForMember = async (
  { database, region, sealer }: { database: Database; region: Region; sealer: Sealer },
  { who, now }: { who: Snapshot | null; now: Date },
): Promise<RequestForMember | null> => {
  const latest = who && (await latestRequestOf(database, who.person.id))
  if (!latest) return null
  const own = ownDuplicatesOf(database, latest.id)
  const said = eventsOf(database, latest.id)
  const request = await asOwn(database, latest, said)
  const [staff, talk, awaited, silenced, merged, ownDue, appliedAt] = await Promise.all([
    request.claimedById ? findStaff(database, request.claimedById) : null,
    talkEvents(database, request, { merged: own, events: said }),
    isHeard(request) ? awaitedOfRequest(database, region, request, now, said) : null,
    isSilencedNow(database, sealer, request, own),
    own,
    dueBeforeOthers(database, request.id),
    own.then((some) => (some.length > 0 ? appliedAtAsOwn(database, request) : request.submittedAt)),
  ])
  const events = talk.filter(({ requestId }) => requestId === request.id)
  const decision = decisionOf(sealer, events)
  // A term that came with somebody else's words is not for whoever made this one.
  const dueAt = ownDue ?? request.dueAt
  const former = await formerReader(database, request, events)
  return {
    ...request,
    dueAt,
    checkOpen: isCheckOpen(request),
    path: pathOf(
      region,
      {
        stage: request.stage,
        appliedAt,
        began: stageStartsOf(events),
        closed: !isOpen(request),
      },
      now,
    ),
    left: timeLeft(dayAt(dueAt, region.timeZone), now, region),
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
    merged: merged.map(({ number }) => number),
    mayAdd: isOpen(request) || mayAddLater(request),
    mayObject: mayObject(request, decision),
  }
}

const isSilencedNow = async (
  database: Database,
  sealer: Sealer,
  { id, personId }: RequestSummary,
  own: ReturnType<typeof ownDuplicatesOf>,
): Promise<boolean> => {
  const asked = [contactOf(database, id), pushSettingsOf(database, personId), own] as const
  const [contact, settings, merged] = await Promise.all(asked)
  return (
    contact !== null &&
    [{ id, contact }, ...merged].some((said) => silences(openContact(sealer, said), settings))
  )
}
