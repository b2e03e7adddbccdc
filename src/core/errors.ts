/**
 * The closed set of reasons for refusing a person's action or an API call. Each edge maps every code to its own
 * wording (`satisfies Record<ErrorCode, …>`). Any error that is not a DomainError is reported outside as unknown.
 */
export const errorCodes = [
  'not-found',
  'not-allowed',
  'nobody-else',
  'already-claimed',
  'already-closed',
  'already-open',
  /** The person already belongs to the family. */
  'already-member',
  /** Staff who support a family cannot join it as a member. */
  'staff-of-family',
  'invite-invalid',
  'consent-missing',
  'draft-incomplete',
  'invalid-input',
  /** The row has changed since it was read. */
  'stale',
  /** The stage precedes the current one, or is not one of the region's. */
  'stage-order',
  /** A stage would be left out, and nobody said why. */
  'skip-reason',
  /** What is recorded would precede its cause, or follow what it caused. */
  'event-order',
  'event-future',
  /** It is recorded already; its day can be corrected. */
  'event-twice',
  /** The named staff member cannot be assigned: inactive, not joined, or serving another territory. */
  'not-eligible',
  /** The webhook's address is not allowed (SSRF protection). */
  'address-refused',
  /** A minor said that contact through the parents is unsafe; the step needs a reason from staff who have read that. */
  'safety-unacknowledged',
  /** Staff, requests or families are left in a territory that should be retired. */
  'territory-in-use',
  /** The place in the feed of events is not kept any more. */
  'too-old',
  /** What must agree in a report does not, and nobody said that it was seen. */
  'report-faults',
  /** The data are blocked while a data request is looked into, and the reader has given no reason. */
  'data-blocked',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export type RefusedPart = { field: string; code: ErrorCode }

export class DomainError extends Error {
  readonly code: ErrorCode
  /** Name of the offending input field, if there is one; never its value. */
  readonly field: string | undefined
  /** Code of the rule that refused it, where one code has several. */
  readonly rule: string | undefined
  /** What of a whole was refused, and why each: by its place in the input, `requests/2`. */
  readonly parts: readonly RefusedPart[]

  constructor(
    code: ErrorCode,
    {
      field,
      rule,
      parts = [],
      ...options
    }: ErrorOptions & {
      field?: string
      rule?: string
      parts?: readonly RefusedPart[]
    } = {},
  ) {
    super(code, options)
    this.name = 'DomainError'
    this.code = code
    this.field = field
    this.rule = rule
    this.parts = parts
  }
}
