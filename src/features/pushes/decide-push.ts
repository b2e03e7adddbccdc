import { canSee, viewerOf } from '#features/families/audience.ts'
import { reminderLead } from '#features/visits/reminder-times.ts'
import type { PushMode } from '#storage/pushes/push-settings.ts'
import type { PushSubject } from '#storage/pushes/push-subjects.ts'
import type { Push } from '#storage/pushes/pushes.ts'
import { type QuietHours, quietHoursEnd } from './quiet-hours.ts'

export type PushDecision =
  | { act: 'send' }
  /** Decide again at that time. */
  | { act: 'wait'; until: Date }
  /** No longer relevant, or not wanted. */
  | { act: 'drop' }
  /** The person is unreachable, or has hidden the chat: summarised when they come back. */
  | { act: 'hold' }

type PushFacts = Pick<Push, 'kind' | 'subjectId' | 'version' | 'urgent' | 'at' | 'familyId'>

export type PushReceiver = {
  pushMode: PushMode
  quiet: QuietHours
  unreachable: boolean
  /** They have hidden the chat. */
  hidden: boolean
  /** They are answering a question. */
  inQuestion: boolean
}

/**
 * How long a question is not interrupted, counted from the time of the push or the end of the quiet hours.
 */
const longestWaitMs = 10 * 60_000
/** Interval for checking whether an urgent matter is over. */
const urgencyMs = 60 * 60_000
/** Interval for checking whether the question has been answered. */
const lookAgainMs = 30_000

/**
 * Whether a push is still true and still news to the person: a visit that was moved again, is over or is not
 * visible to them is skipped. A late reminder of the day before is sent until the reminder of the same day is
 * due.
 */
export const isStillRelevant = (push: PushFacts, subject: PushSubject, now: Date): boolean => {
  const { member, message, newerPlanPush, survey } = subject
  if (push.familyId !== null && member === null) return false
  if (push.kind === 'message') return message !== null && message.memberId === member?.id && !message.read
  if (isOfSurvey(push)) return survey?.memberId === member?.id && isInvitationDue(push, survey, now)
  // A word has come meanwhile, or a later notice; or the draft was continued.
  // Or somebody of the family has said how they are.
  // Or it has gone on between those who ask together, which a later push says.
  if (push.kind === 'late' || push.kind === 'draft' || push.kind === 'after-look' || push.kind === 'together')
    return subject.counted === push.version
  // An older version is dropped only if this person is notified of a newer one: not everybody is notified of
  // every version.
  if (push.kind === 'plan') return !newerPlanPush
  return !isOfVisit(push) || isVisitRelevant(push, subject, now)
}

/** Skip if postponed, or if the survey was already opened. */
const isInvitationDue = ({ kind, at }: PushFacts, survey: PushSubject['survey'], now: Date): boolean =>
  survey?.open === true &&
  survey.expiresAt > now &&
  at >= survey.dueAt &&
  !(kind === 'survey' && survey.openedAt !== null && survey.openedAt >= at)

const isOfSurvey = ({ kind }: PushFacts): boolean => kind === 'survey' || kind === 'survey-again'
const isOfVisit = ({ kind }: PushFacts): boolean => kind.startsWith('visit-')

const isVisitRelevant = (
  { kind, version }: PushFacts,
  { member, visit }: PushSubject,
  now: Date,
): boolean => {
  if (!visit || !member || visit.version !== version || !canSee(viewerOf(member), visit)) return false
  if (kind === 'visit-cancelled') return visit.status === 'cancelled' && visit.endsAt > now
  if (visit.status !== 'planned' || visit.startsAt <= now) return false
  return kind !== 'visit-day' || visit.startsAt.getTime() - reminderLead.hours > now.getTime()
}

/** Decides what to do with a push when it is due. */
export const decidePush = (
  push: PushFacts,
  {
    subject,
    receiver,
    timeZone,
    now,
  }: { subject: PushSubject; receiver: PushReceiver; timeZone: string; now: Date },
): PushDecision => {
  if (receiver.pushMode === 'none' || !isStillRelevant(push, subject, now)) return { act: 'drop' }
  if (receiver.unreachable || receiver.hidden) return { act: 'hold' }
  if (push.at > now) return { act: 'wait', until: push.at }
  // Do not ask for a rating in the middle of an urgent matter.
  if (subject.survey?.urgent) return { act: 'wait', until: new Date(now.getTime() + urgencyMs) }
  const quiet = push.urgent ? null : quietHoursEnd(now, receiver.quiet, timeZone)
  if (quiet && tooLate(push, subject, quiet)) {
    // A reminder does not justify breaking quiet hours; a visit that changes before morning does.
    if (isReminder(push)) return { act: 'drop' }
  } else if (quiet) return { act: 'wait', until: quiet }
  if (!receiver.inQuestion) return { act: 'send' }
  // A survey never interrupts a question; it may wait until it expires.
  if (isOfSurvey(push)) return { act: 'wait', until: new Date(now.getTime() + longestWaitMs) }
  const moment = (push.urgent ? null : quietHoursEnd(push.at, receiver.quiet, timeZone)) ?? push.at
  const latest = moment.getTime() + longestWaitMs
  if (latest <= now.getTime()) return { act: 'send' }
  return { act: 'wait', until: new Date(Math.min(latest, now.getTime() + lookAgainMs)) }
}

const isReminder = ({ kind }: PushFacts): boolean => kind === 'visit-day' || kind === 'visit-hours'

/**
 * Whether the end of the quiet hours is later than the visit, or than the time at which it was to begin
 * before it moved.
 */
const tooLate = (push: PushFacts, { visit }: PushSubject, end: Date): boolean =>
  isOfVisit(push) &&
  visit !== null &&
  [
    visit.startsAt,
    ...(push.kind === 'visit-moved' && visit.lastMove === 'time' && visit.movedFrom ? [visit.movedFrom] : []),
  ].some((begin) => begin <= end)
