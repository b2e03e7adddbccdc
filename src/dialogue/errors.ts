import type { ErrorCode } from '#core/errors.ts'

/** What a person reads when a wish is refused. */
export const errorTexts = {
  'not-found': 'errors.notFound',
  'not-allowed': 'errors.notAllowed',
  'nobody-else': 'errors.nobodyElse',
  'already-claimed': 'errors.alreadyClaimed',
  'already-closed': 'errors.alreadyClosed',
  'already-open': 'errors.alreadyOpen',
  'already-member': 'errors.alreadyMember',
  'staff-of-family': 'errors.staffOfFamily',
  'invite-invalid': 'errors.inviteInvalid',
  'consent-missing': 'errors.consentMissing',
  'draft-incomplete': 'errors.draftIncomplete',
  'invalid-input': 'errors.invalidInput',
  'skip-reason': 'errors.skipReason',
  'event-order': 'errors.eventOrder',
  'event-future': 'errors.eventFuture',
  'event-twice': 'errors.eventTwice',
  'data-blocked': 'errors.dataBlocked',
  // Only the staff API can come to these; a person would read that it is not to be had.
  stale: 'errors.notAllowed',
  'stage-order': 'errors.notAllowed',
  'not-eligible': 'errors.notAllowed',
  'territory-in-use': 'errors.notAllowed',
  'too-old': 'errors.notAllowed',
  'report-faults': 'errors.notAllowed',
  'address-refused': 'errors.notAllowed',
  // The invitation asks for the reason itself; this is for a fact that was added meanwhile.
  'safety-unacknowledged': 'safety.needed',
} as const satisfies Record<ErrorCode, string>
