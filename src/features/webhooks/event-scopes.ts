import type { Scope } from '#features/staff/api-scopes.ts'

/**
 * All event types of webhooks, each with the scope that a key needs to hear it: the one that lets it read the same
 * through the API. An endpoint hears what its key may hear, see ADR 37.
 */
export const eventScopes = {
  'request.submitted': 'requests:read',
  'request.assigned': 'requests:read',
  'request.claimed': 'requests:read',
  'request.passed_on': 'requests:read',
  'request.escalated': 'requests:read',
  'request.status_changed': 'requests:read',
  'request.withdrawn': 'requests:read',
  'request.urgency_changed': 'requests:read',
  'request.safety_checked': 'requests:read',
  'request.together_changed': 'requests:read',
  'consent.given': 'requests:read',
  'consent.withdrawn': 'requests:read',
  'message.received': 'messages:read',
  'message.read': 'messages:read',
  'family.created': 'families:read',
  'family.member_joined': 'families:read',
  'family.member_removed': 'families:read',
  'family.curator_changed': 'families:read',
  'family.status_changed': 'families:read',
  'family.unreachable': 'families:read',
  'deadline.approaching': 'families:read',
  'deadline.missed': 'families:read',
  'deadline.met': 'families:read',
  'plan.published': 'plans:read',
  'plan.opinion_given': 'plans:read',
  'activity.reported': 'plans:read',
  'visit.created': 'visits:read',
  'visit.moved': 'visits:read',
  'visit.cancelled': 'visits:read',
  'visit.closed': 'visits:read',
  'visit.confirmed': 'visits:read',
  'visit.time_requested': 'visits:read',
  'visit.late': 'visits:read',
  'visit.call_requested': 'visits:read',
  'visit.code_refused': 'visits:read',
  'survey.low_score': 'surveys:answers',
  'audit.head': 'audit:read',
} as const satisfies Record<string, Scope>

export type EventType = keyof typeof eventScopes
export const eventTypes = Object.keys(eventScopes) as [EventType, ...EventType[]]

/** About a request, that something was written is part of its history, which `requests:read` shows. */
const ofRequests: Partial<Record<EventType, Scope>> = { 'message.received': 'requests:read' }

/** The scope that one event needs. */
export const scopeOfEvent = (type: EventType, { familyId }: { familyId?: string | undefined }): Scope =>
  (familyId === undefined ? ofRequests[type] : undefined) ?? eventScopes[type]

/** The scopes that let a key hear some events of a type, one of which suffices to subscribe to it. */
export const scopesToHear = (type: EventType): readonly Scope[] => [
  ...new Set([eventScopes[type], ofRequests[type] ?? eventScopes[type]]),
]

/** The event types among these that a key with such scopes can never hear. */
export const unheardBy = (held: ReadonlySet<Scope>, types: readonly EventType[]): EventType[] =>
  types.filter((type) => !scopesToHear(type).some((scope) => held.has(scope)))
