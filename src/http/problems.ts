import { z } from 'zod'
import type { ErrorCode } from '#core/errors.ts'
import type { AddressRule } from '#features/webhooks/ssrf-guard.ts'

/** Error codes of the API; each code is a stable `type` with one status. */
const kinds = {
  'not-found': [404, 'The resource does not exist, or this key cannot access it'],
  'not-allowed': [409, 'The current state or assignee does not allow this action'],
  'nobody-else': [409, 'No other specialist is eligible for this request'],
  'already-claimed': [409, 'Another specialist has already claimed the request'],
  'already-closed': [409, 'The resource is already closed, withdrawn or used'],
  'already-open': [409, 'An open resource of this kind already exists'],
  'already-member': [409, 'The person is already a member of the family'],
  'staff-of-family': [409, 'A staff member who works with the family cannot join it'],
  'invite-invalid': [409, 'The invitation link is unknown, used or expired'],
  'consent-missing': [409, 'A required consent is missing'],
  'draft-incomplete': [409, 'A required answer is missing'],
  'invalid-input': [422, 'A value is missing, unknown or invalid; see `errors`'],
  stale: [412, 'The resource has changed since you read it; read it again'],
  'stage-order': [409, 'The region has no such stage, or the case is already past it'],
  'skip-reason': [409, 'Stages would be left out: repeat the call with `skip`, the reason'],
  'event-order': [
    409,
    'The day precedes what must have happened before, or follows what came of it; or nothing of that is recorded',
  ],
  'event-future': [422, "The day is later than today in the region's time zone"],
  'event-twice': [409, 'This is recorded already; correct its day instead'],
  'not-eligible': [
    409,
    'The staff member is not eligible: inactive, not joined yet, outside the territory, or words of the family are kept from them',
  ],
  'address-refused': [422, 'The webhook URL is not allowed'],
  'safety-unacknowledged': [
    409,
    'Safety facts of this family speak against it; read `safety` of the family, and repeat the call with `acknowledgement`',
  ],
  'territory-in-use': [
    409,
    'Staff, open requests or families are left in this territory; name the `successor` that takes them over',
  ],
  'too-old': [
    410,
    'The events after this cursor are not kept any more; read the lists anew, and go on without a cursor',
  ],
  'report-faults': [
    409,
    'Figures of the report do not agree, see `identities`; repeat the call with `acceptFaults`, or mend the records',
  ],
  'data-blocked': [
    409,
    'The data are closed while a data request is looked into, or until they are destroyed after a withdrawal; whoever must answer it gives a reason first (`lookAtBlockedData`)',
  ],
  unauthenticated: [401, 'The API key is missing, unknown, expired or revoked'],
  'scope-missing': [403, 'The API key lacks the required scope'],
  unreadable: [400, 'The request cannot be parsed, for example because it is not valid JSON'],
  'too-large': [413, 'The body is larger than 1 MiB'],
  'media-type': [415, 'The body is not application/json in UTF-8'],
  'precondition-required': [428, 'The If-Match header is required'],
  'too-many-requests': [429, 'Too many calls with this key; retry after the time in Retry-After'],
  'idempotency-key-reused': [422, 'This Idempotency-Key was used for a different call'],
  'idempotency-in-flight': [409, 'A call with this Idempotency-Key is in progress; retry later'],
  unavailable: [503, 'A dependency of the service is unavailable; retry later'],
  internal: [500, 'Internal error; it has been logged'],
} as const satisfies Record<ErrorCode, Kind> & Record<string, Kind>

/** What a rule against a webhook's address says. */
const addressDetails: Record<AddressRule, string> = {
  url: 'must be a URL of at most 2048 characters',
  scheme:
    'must be https; plain http is for receivers that the operator has listed with http:// in WEBHOOK_ALLOW',
  credentials: 'must not hold a user name or a password',
  'internal-name': 'is a name of an internal network, which the operator has to list in WEBHOOK_ALLOW',
  port: 'is at a port where receivers may not listen: the operator lists such ports in WEBHOOK_PORTS, or the receiver in WEBHOOK_ALLOW',
  address:
    'leads to an address that is not public: the operator has to list it or its network in WEBHOOK_ALLOW',
  'listed-name':
    'is a listed name that leads to this machine, to a link-local or metadata address, or to a port of the product: the operator has to list the address itself in WEBHOOK_ALLOW',
  unresolved: 'has no address in DNS',
}

const otherDetails: Record<string, string> = {
  role: 'is an intake specialist: families and visits are for curators and supervisors',
}

/** The words of a rule; undefined: it has none of its own. */
export const detailOfRule = (rule: string): string | undefined =>
  Object.entries({ ...addressDetails, ...otherDetails }).find(([known]) => known === rule)?.[1]

type Kind = readonly [status: number, title: string]
export type ProblemCode = keyof typeof kinds
export const problemCodes = Object.keys(kinds) as ProblemCode[]

/** One invalid value, by its place in the body, or by the name of its parameter or header. */
const fieldErrorSchema = z.strictObject({
  pointer: z
    .string()
    .optional()
    .describe('JSON Pointer (RFC 6901) into the body, as a URI fragment: `#/territories/0`'),
  parameter: z.string().optional().describe('Name of the query parameter or header'),
  detail: z.string(),
})
export type FieldError = z.infer<typeof fieldErrorSchema>

/** Keeps the response small, however many errors a request has. */
const mostErrors = 20

export const problemSchema = z
  .strictObject({
    type: z
      .string()
      .describe('Stable identifier, and the path of its description: `/api/problems/not-found`'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(fieldErrorSchema).max(mostErrors).optional().describe('Invalid values, the first 20'),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457)' })
export type Problem = z.infer<typeof problemSchema>

/** Thrown by the HTTP layer itself; features throw `DomainError`. */
export class HttpProblem extends Error {
  override name = 'HttpProblem'
  readonly code: ProblemCode
  readonly errors: FieldError[] | undefined

  constructor(code: ProblemCode, errors?: FieldError[], options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.errors = errors
  }
}

/** The body of an error response. Never repeats values of the request, which may be secrets. */
export const problemOf = (code: ProblemCode, errors?: FieldError[]): Problem => {
  const [status, title] = kinds[code]
  const some = errors?.slice(0, mostErrors)
  return { type: `/api/problems/${code}`, title, status, ...(some && { errors: some }) }
}
