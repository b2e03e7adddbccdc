import type { ErrorCode } from '#core/errors.ts'

/** What a person reads when a wish is refused. */
export const errorTexts = {
  'not-found': 'errors.notFound',
  'not-allowed': 'errors.notAllowed',
  'nobody-else': 'errors.nobodyElse',
  'already-claimed': 'errors.alreadyClaimed',
  'already-closed': 'errors.alreadyClosed',
  'already-open': 'errors.alreadyOpen',
  'invite-invalid': 'errors.inviteInvalid',
  'consent-missing': 'errors.consentMissing',
  'draft-incomplete': 'errors.draftIncomplete',
  'invalid-input': 'errors.invalidInput',
} as const satisfies Record<ErrorCode, string>
