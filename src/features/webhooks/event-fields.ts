import type { EventData } from './event-data.ts'
import type { EventType } from './event-scopes.ts'

type Field = keyof EventData

/** What every event of a request, or of a family, holds. */
const fieldsOfRequest = [
  'requestId',
  'number',
  'territory',
  'urgency',
  'sequence',
  'url',
  'hiddenFrom',
] as const
const fieldsOfFamily = ['familyId', 'territory', 'sequence', 'url'] as const

const answer = ['visitId', 'visitVersion', 'memberId', 'role', 'confidential'] as const
const visit = ['visitId', 'visitVersion', 'confidential'] as const

/** Whether an event is about a request, a family, either, or none; and what else it may hold. For the document. */
const eventFields = {
  'request.submitted': { of: 'request', may: [] },
  'request.assigned': { of: 'request', may: ['staffId'] },
  'request.claimed': { of: 'request', may: ['staffId'] },
  'request.passed_on': { of: 'request', may: ['staffId'] },
  'request.escalated': { of: 'request', may: ['step', 'staffId'] },
  'request.status_changed': { of: 'request', may: ['status', 'stage', 'outcome'] },
  'request.withdrawn': { of: 'request', may: [] },
  'request.urgency_changed': { of: 'request', may: ['urgent'] },
  'request.safety_checked': { of: 'request', may: ['outcome'] },
  'request.together_changed': { of: 'request', may: ['outcome'] },
  'consent.given': { of: 'request', may: ['kind', 'version'] },
  'consent.withdrawn': { of: 'request', may: ['kind', 'version'] },
  'message.received': {
    of: 'either',
    may: ['memberId', 'messageId', 'alarming', 'hiddenFrom', 'activityId', 'visitId', 'confidential', 'role'],
  },
  'message.read': { of: 'family', may: ['memberId', 'messageId', 'staffId', 'hiddenFrom', 'confidential'] },
  'family.created': { of: 'family', may: ['stage', 'staffId'] },
  'family.member_joined': { of: 'family', may: ['memberId', 'role'] },
  'family.member_removed': { of: 'family', may: ['memberId', 'role'] },
  'family.curator_changed': { of: 'family', may: ['staffId'] },
  'family.status_changed': { of: 'family', may: ['status', 'stage', 'level', 'confidential'] },
  'family.unreachable': { of: 'family', may: ['memberId', 'role'] },
  'deadline.approaching': { of: 'family', may: ['deadline', 'dueOn'] },
  'deadline.missed': { of: 'family', may: ['deadline', 'dueOn'] },
  'deadline.met': { of: 'family', may: ['deadline', 'dueOn'] },
  'plan.published': { of: 'family', may: ['planVersion', 'level', 'confidential'] },
  'plan.opinion_given': {
    of: 'family',
    may: ['activityId', 'planVersion', 'opinion', 'memberId', 'confidential', 'hiddenFrom'],
  },
  'activity.reported': {
    of: 'family',
    may: ['activityId', 'happened', 'mismatch', 'memberId', 'confidential'],
  },
  'visit.created': { of: 'family', may: [...visit, 'startsAt', 'staffId'] },
  'visit.moved': { of: 'family', may: [...visit, 'startsAt', 'staffId'] },
  'visit.cancelled': { of: 'family', may: [...visit, 'visitStatus', 'staffId'] },
  'visit.closed': { of: 'family', may: [...visit, 'visitStatus', 'staffId'] },
  'visit.confirmed': { of: 'family', may: answer },
  'visit.time_requested': { of: 'family', may: [...answer, 'startsAt'] },
  'visit.late': { of: 'family', may: answer },
  'visit.call_requested': { of: 'family', may: answer },
  'visit.code_refused': { of: 'family', may: answer },
  'survey.low_score': {
    of: 'family',
    may: ['rescueId', 'memberId', 'survey', 'dueAt', 'hiddenFrom', 'alarming', 'confidential'],
  },
  'audit.head': { of: 'none', may: ['day', 'entries', 'hash'] },
} as const satisfies Record<
  EventType,
  { of: 'request' | 'family' | 'either' | 'none'; may: readonly Field[] }
>

/** The names of everything that the data of an event may hold. */
export const fieldsOf = (type: EventType): readonly string[] => {
  const { of, may } = eventFields[type]
  if (of === 'none') return may
  if (of === 'either') return [...new Set([...fieldsOfRequest, ...fieldsOfFamily, ...may])]
  return [...(of === 'request' ? fieldsOfRequest : fieldsOfFamily), ...may]
}
