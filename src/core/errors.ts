/**
 * The closed set of reasons for which a wish of a person or of the centre's system is refused.
 * Each edge maps every code to its own words (`satisfies Record<ErrorCode, …>`); anything that is
 * not a DomainError is unknown, and stays unknown to the outside.
 */
export const errorCodes = [
  'not-found',
  'not-allowed',
  'nobody-else',
  'already-claimed',
  'already-closed',
  'already-open',
  /** The person is in the family already. */
  'already-member',
  /** Whoever helps a family as staff is none of its members. */
  'staff-of-family',
  'invite-invalid',
  'consent-missing',
  'draft-incomplete',
  'invalid-input',
  /** The row was changed since it was read. */
  'stale',
  /** The stage is behind the case, or not one of the region's. */
  'stage-order',
  /** Whoever is named cannot be given it: inactive, has not joined, or serves another territory. */
  'not-eligible',
  /** The address of a webhook leads where none may lead. */
  'address-refused',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export class DomainError extends Error {
  readonly code: ErrorCode
  /** Name of the value that is to blame, where it is one: what was given, not what it was. */
  readonly field: string | undefined

  constructor(code: ErrorCode, { field, ...options }: ErrorOptions & { field?: string } = {}) {
    super(code, options)
    this.name = 'DomainError'
    this.code = code
    this.field = field
  }
}
