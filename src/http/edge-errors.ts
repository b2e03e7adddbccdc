import type { FastifyError, FastifyInstance } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { DomainError } from '#core/errors.ts'
import type { Log } from '#core/log.ts'
import { isBusy } from '#storage/errors.ts'
import {
  detailOfRule,
  type FieldError,
  HttpProblem,
  type Problem,
  type ProblemCode,
  problemOf,
} from './problems.ts'

type Deps = { log: Log /** Rejects while the database is unreachable. */; ping: () => Promise<void> }

/** Turns every error of the scope into `application/problem+json`. Only server errors are logged. */
export const answerWithProblems = (app: FastifyInstance, { log, ping }: Deps): void => {
  app.setErrorHandler(async (error: FastifyError, _, reply) => {
    let problem = toProblem(error)
    if (problem.status === 503) {
      log.warn('api.busy', { error })
    } else if (problem.status >= 500) {
      log.error('api.failed', { error })
      // 503 while the database is unreachable, because a retry may succeed; otherwise it is a bug.
      problem = await ping().then(
        () => problem,
        () => problemOf('unavailable'),
      )
    }
    if (problem.status === 503) reply.header('retry-after', '1')
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  })
  app.setNotFoundHandler(() => {
    throw new HttpProblem('not-found')
  })
}

const toProblem = (error: FastifyError): Problem => {
  if (error instanceof DomainError) return problemOf(error.code, blamed(error))
  if (error instanceof HttpProblem) return problemOf(error.code, error.errors)
  if (hasZodFastifySchemaValidationErrors(error)) {
    const { validation, validationContext } = error
    // A malformed id looks like an unknown one, and like one outside the key's territories.
    if (validationContext === 'params') return problemOf('not-found')
    return problemOf('invalid-input', validation.flatMap(fieldErrors(validationContext)))
  }
  if (isBusy(error)) return problemOf('unavailable')
  const { statusCode = 500 } = error
  return problemOf(
    byStatus[statusCode] ?? (statusCode >= 400 && statusCode < 500 ? 'unreadable' : 'internal'),
  )
}

const blamed = ({ code, field, rule, parts }: DomainError): FieldError[] | undefined => {
  if (parts.length > 0)
    return parts.map((part) => ({ pointer: `#/${part.field}`, detail: problemOf(part.code).title }))
  return field === undefined
    ? undefined
    : [{ pointer: `#/${field}`, detail: (rule && detailOfRule(rule)) ?? reasonFor(code) }]
}

/** What is wrong with the field itself; the title of the problem says the rest, and is not said twice. */
const reasonFor = (code: ProblemCode): string => fieldReasons[code] ?? 'refused'

const fieldReasons: Partial<Record<ProblemCode, string>> = {
  'not-found': 'names nothing that exists',
  'not-eligible': 'cannot be chosen',
  'invalid-input': 'missing, unknown or invalid',
  'already-open': 'is taken',
  'already-closed': 'has ended',
  'not-allowed': 'is not allowed here',
}

const byStatus: Record<number, ProblemCode> = {
  400: 'unreadable',
  413: 'too-large',
  415: 'media-type',
  429: 'too-many-requests',
}

type Issue = { keyword: string; instancePath: string; message?: string | undefined; params: object }

/** Escapes a field name for a JSON Pointer. */
const inPointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** Throws `invalid-input` for a body on a route without one; an empty object, which some clients send, is accepted. */
export const rejectBody = (body: unknown): void => {
  if (body === undefined || body === null) return
  const places = typeof body === 'object' ? Object.keys(body).map((key) => `#/${inPointer(key)}`) : ['#']
  const errors = places.map((pointer) => ({ pointer, detail: 'unknown field' }))
  if (errors.length > 0) throw new HttpProblem('invalid-input', errors)
}

/** One error per wrong value; zod reports all unknown fields of an object as one issue. */
const fieldErrors =
  (context: string | undefined) =>
  ({ keyword, instancePath, message = 'invalid', params }: Issue): FieldError[] => {
    const place = instancePath === '/' ? '' : instancePath
    const unknown = 'keys' in params && Array.isArray(params.keys) ? params.keys.map(String) : undefined
    const places =
      keyword === 'unrecognized_keys' && unknown
        ? unknown.map((key) => ({
            at: `${place}/${inPointer(key)}`,
            detail: 'unknown field',
          }))
        : [{ at: place, detail: message }]
    return places.map(({ at, detail }) =>
      context === 'body' ? { pointer: `#${at}`, detail } : { parameter: at.split('/')[1] ?? '', detail },
    )
  }
