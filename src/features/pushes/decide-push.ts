import { canSee } from '#features/families/audience.ts'
import { reminderLead } from '#features/visits/reminder-times.ts'
import type { PushMode } from '#storage/people.ts'
import type { PushSubject } from '#storage/pushes/push-subjects.ts'
import type { Push } from '#storage/pushes/pushes.ts'
import { type QuietHours, quietHoursEnd } from './quiet-hours.ts'

export type PushDecision =
  | { act: 'send' }
  /** To be judged again then. */
  | { act: 'wait'; until: Date }
  /** It has no purpose any more, or is not wanted. */
  | { act: 'drop' }
  /** The person cannot be written to: told in sum when they come back. */
  | { act: 'hold' }

type PushFacts = Pick<Push, 'kind' | 'subjectId' | 'version' | 'urgent' | 'at' | 'familyId'>

export type PushReceiver = {
  pushMode: PushMode
  quiet: QuietHours
  unreachable: boolean
  /** They are answering a question just now. */
  inQuestion: boolean
}

/** How long a question is not interrupted, counted from the moment of the push or the end of the quiet hours. */
const longestWaitMs = 10 * 60_000
/** How soon it is looked again whether what is urgent is over. */
const urgencyMs = 60 * 60_000
/** How soon it is looked again whether the question is answered. */
const lookAgainMs = 30_000

/**
 * Whether a push still tells the person something that is so, and that they do not know: nothing is told of a visit
 * that was moved on, is over or is not theirs to see. A day's reminder that is late is told until the hours' one is due.
 */
export const isStillRelevant = (push: PushFacts, subject: PushSubject, now: Date): boolean => {
  const { member, message, newerPlanPush, survey } = subject
  if (push.familyId !== null && member === null) return false
  if (push.kind === 'message') return message !== null && message.memberId === member?.id && !message.read
  if (isOfSurvey(push)) return survey?.memberId === member?.id && isInvitationDue(push, survey, now)
  // An older version is dropped for a newer one that this very person is told of: not everybody is told of every one.
  if (push.kind === 'plan') return !newerPlanPush
  return !isOfVisit(push) || isVisitRelevant(push, subject, now)
}

/** Still to be told of: not where it was put off since, nor an invitation to what the person has found by themselves. */
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
  if (
    !visit ||
    !member ||
    visit.version !== version ||
    !canSee({ memberId: member.id, role: member.role }, visit)
  )
    return false
  if (kind === 'visit-cancelled') return visit.status === 'cancelled' && visit.endsAt > now
  if (visit.status !== 'planned' || visit.startsAt <= now) return false
  return kind !== 'visit-day' || visit.startsAt.getTime() - reminderLead.hours > now.getTime()
}

/** Judges a push at the moment at which it may be sent. */
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
  if (receiver.unreachable) return { act: 'hold' }
  if (push.at > now) return { act: 'wait', until: push.at }
  // Nobody is asked how satisfied they are in the middle of something urgent.
  if (subject.survey?.urgent) return { act: 'wait', until: new Date(now.getTime() + urgencyMs) }
  const quiet = push.urgent ? null : quietHoursEnd(now, receiver.quiet, timeZone)
  if (quiet && tooLate(push, subject, quiet)) {
    // A reminder is not worth a night; that nobody comes in the morning, or somebody does, is.
    if (isReminder(push)) return { act: 'drop' }
  } else if (quiet) return { act: 'wait', until: quiet }
  if (!receiver.inQuestion) return { act: 'send' }
  // A survey never comes between a question and its answer; it may wait as long as it may be answered.
  if (isOfSurvey(push)) return { act: 'wait', until: new Date(now.getTime() + longestWaitMs) }
  const moment = (push.urgent ? null : quietHoursEnd(push.at, receiver.quiet, timeZone)) ?? push.at
  const latest = moment.getTime() + longestWaitMs
  if (latest <= now.getTime()) return { act: 'send' }
  return { act: 'wait', until: new Date(Math.min(latest, now.getTime() + lookAgainMs)) }
}

const isReminder = ({ kind }: PushFacts): boolean => kind === 'visit-day' || kind === 'visit-hours'

/** What is told when the quiet hours end would come after the visit, or after the moment at which it was to be before. */
const tooLate = (push: PushFacts, { visit }: PushSubject, end: Date): boolean =>
  isOfVisit(push) &&
  visit !== null &&
  [
    visit.startsAt,
    ...(push.kind === 'visit-moved' && visit.lastMove === 'time' && visit.movedFrom ? [visit.movedFrom] : []),
  ].some((begin) => begin <= end)
