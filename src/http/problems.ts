import { z } from 'zod'
import type { ErrorCode } from '#core/errors.ts'

/** Why the API refused; each code is a stable `type` and has one status. */
const kinds = {
  'not-found': [404, 'There is nothing here, or nothing that this key may see'],
  'not-allowed': [409, 'It is not in a state, or not in the hands, in which this can be done'],
  'nobody-else': [409, 'No other specialist can be given the request'],
  'already-claimed': [409, 'Somebody else has claimed the request'],
  'already-closed': [409, 'It is closed, withdrawn or used already'],
  'already-open': [409, 'There is an open one already'],
  'already-member': [409, 'The person is a member of the family already'],
  'staff-of-family': [409, 'Whoever helps the family as staff cannot be a member of it'],
  'invite-invalid': [409, 'The link is unknown, used or expired'],
  'consent-missing': [409, 'A consent is missing'],
  'draft-incomplete': [409, 'An answer is missing'],
  'invalid-input': [422, 'A value is missing, unknown or wrong; `errors` says which'],
  stale: [412, 'It was changed since you read it: read it again'],
  'stage-order': [409, 'The stage is unknown to the region, or behind the case'],
  'not-eligible': [409, 'This member cannot be given it: inactive, not joined, or of another territory'],
  'address-refused': [422, 'The address of the webhook leads where none may lead'],
  unauthenticated: [401, 'No key, or one that is unknown, expired or revoked'],
  'scope-missing': [403, 'The key does not have the scope that this needs'],
  unreadable: [400, 'The request cannot be read, for example because it is not JSON'],
  'too-large': [413, 'The body is larger than 1 MiB'],
  'media-type': [415, 'The body is not application/json in UTF-8'],
  'precondition-required': [428, 'Name the version that you read in If-Match'],
  'too-many-requests': [429, 'The key has made too many calls: wait for Retry-After'],
  'idempotency-key-reused': [422, 'This Idempotency-Key was used with another call'],
  'idempotency-in-flight': [409, 'A call with this Idempotency-Key is under way: try again'],
  unavailable: [503, 'Something that the service stands on is away: try again'],
  internal: [500, 'Our fault; it is in our log'],
} as const satisfies Record<ErrorCode, Kind> & Record<string, Kind>

type Kind = readonly [status: number, title: string]
export type ProblemCode = keyof typeof kinds
export const problemCodes = Object.keys(kinds) as ProblemCode[]

/** What is wrong with one value: where it stands in the body (JSON Pointer), or which parameter or header it is. */
const fieldErrorSchema = z.strictObject({
  pointer: z
    .string()
    .optional()
    .describe('JSON Pointer (RFC 6901) into the body, as a URI fragment: `#/territories/0`'),
  parameter: z.string().optional().describe('Name of the query parameter or header'),
  detail: z.string(),
})
export type FieldError = z.infer<typeof fieldErrorSchema>

/** Nobody reads more at once, and an answer must not grow with whatever was sent. */
const mostErrors = 20

export const problemSchema = z
  .strictObject({
    type: z.string().describe('Stable; where the problem is described: `/api/problems/not-found`'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(fieldErrorSchema).max(mostErrors).optional().describe('The first 20 of them'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })
export type Problem = z.infer<typeof problemSchema>

/** Thrown by the HTTP edge itself; what features throw is a DomainError. */
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

/** The body of a refusal. Says nothing of the request's own values: a wrong one may be somebody's secret. */
export const problemOf = (code: ProblemCode, errors?: FieldError[]): Problem => {
  const [status, title] = kinds[code]
  const some = errors?.slice(0, mostErrors)
  return { type: `/api/problems/${code}`, title, status, ...(some && { errors: some }) }
}
