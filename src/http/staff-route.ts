import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Say } from '#core/text.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Scope } from '#features/staff/api-scopes.ts'
import type { Tx } from '#storage/database.ts'
import type { ApiDeps } from './api-deps.ts'
import { rejectBody } from './edge-errors.ts'
import { ifMatchHeader, parseIfMatch, toEtag } from './etag.ts'
import type { ResponseHeader } from './response-headers.ts'
import { type createIdempotentRunner, idempotencyHeader } from './idempotency.ts'
import { languageHeader, negotiateLanguage } from './language.ts'
import { HttpProblem, problemSchema } from './problems.ts'
import type { Semaphore } from './semaphore.ts'

type Nothing = z.ZodUndefined | z.ZodVoid
const none = z.undefined()

/** Input and output of a route, and its description in the OpenAPI document. */
export type Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = {
  /** Unique and camelCase: the method name in generated clients. */
  operationId: string
  tag:
    | 'Requests'
    | 'Families'
    | 'Plans'
    | 'Visits'
    | 'Messages'
    | 'Surveys'
    | 'Reports'
    | 'Staff'
    | 'Routing'
    | 'Webhooks'
    | 'Data requests'
    | 'Audit'
  summary: string
  description?: string
  params?: P
  query?: Q
  body?: B
  status?: 200 | 201 | 202 | 204
  answer?: A
  /** Whether `If-Match` is required, or optional. */
  ifMatch?: 'required' | 'optional'
  /** Headers of a successful response. */
  responseHeaders?: readonly ResponseHeader[]
  /** Whether the response holds texts in the language of `Accept-Language`. */
  localized?: true
  /** Media types of a response other than JSON, such as an image. */
  media?: readonly string[]
}

export type Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  deps: ApiDeps
  caller: Caller
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
  now: Date
  /** Texts in the language of `Accept-Language`. */
  say: Say
  /** The revision in `If-Match`; undefined if it is absent or `*`. */
  revision: number | undefined
  /** Whether `If-Match` was sent at all. */
  conditional: boolean
}

/** The response body, and the revision for its ETag. */
export type Answer<A extends z.ZodType> = {
  body: z.output<A>
  revision?: number
  location?: string
  /** Sent instead of a JSON body, as one of the route's media types. */
  file?: { type: string; content: string | Uint8Array }
}

export type Api = {
  app: FastifyInstance
  /** Transactions of this database share a semaphore. */
  deps: ApiDeps
  once: ReturnType<typeof createIdempotentRunner>
  /** The semaphore of reads outside a transaction. */
  read: Semaphore
}

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Registers a route that changes nothing. A read with sensitive input is a POST, which keeps the input out of URLs.
 * The scope is a required argument.
 */
export const readRoute = <
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  A extends z.ZodType = Nothing,
>(
  api: Api,
  route: `${'GET' | 'POST'} /${string}`,
  scope: Scope,
  spec: Spec<P, Q, B, A> & {
    /** The handler opens its own transaction, because it records the access in the audit. */ audited?: true
  },
  handle: (call: Call<P, Q, B>) => Promise<Answer<A>>,
): void =>
  register(api, route, scope, spec, {}, spec.audited ? handle : (call) => api.read(() => handle(call)))

/**
 * Slow work outside the transaction, such as DNS. Its error is thrown inside the transaction: the stored response of
 * an `Idempotency-Key` takes precedence.
 */
type Prepared<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R> = {
  prepare?: (call: Call<P, Q, B>) => Promise<R>
}

/**
 * Registers a route that changes data in one transaction: the changes, their events and, for a POST with an
 * `Idempotency-Key`, the response are committed atomically.
 */
export const writeRoute = <
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
  A extends z.ZodType = Nothing,
  R = undefined,
>(
  api: Api,
  route: `${Exclude<Verb, 'GET'>} /${string}`,
  scope: Scope,
  spec: Spec<P, Q, B, A> & Prepared<P, Q, B, R>,
  handle: (tx: Tx, call: Call<P, Q, B>, ready: R) => Promise<Answer<A>>,
): void =>
  register(
    api,
    route,
    scope,
    spec,
    route.startsWith('POST') ? idempotencyHeader : {},
    async (call, request) => {
      const [ready] = await Promise.allSettled([spec.prepare?.(call) as Promise<R>])
      return api.once(request, call, async (tx) => {
        if (ready.status === 'rejected') throw ready.reason
        return handle(tx, call, ready.value)
      })
    },
  )

const register = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  { app, deps }: Api,
  route: string,
  scope: Scope,
  spec: Spec<P, Q, B, A>,
  ownHeaders: z.ZodRawShape,
  handle: (call: Call<P, Q, B>, request: FastifyRequest) => Promise<Answer<A>>,
): void => {
  const [method = '', url = ''] = route.split(' ') as [Verb, string]
  const status = spec.status ?? (spec.answer || spec.media ? 200 : 204)
  const headers = {
    ...(spec.ifMatch && ifMatchHeader),
    ...(spec.localized && languageHeader),
    ...ownHeaders,
  }
  app.route({
    method: method as Verb,
    url,
    config: {
      scope,
      responseHeaders: spec.responseHeaders ?? [],
      ...(spec.ifMatch && { ifMatch: spec.ifMatch }),
    },
    schema: {
      operationId: spec.operationId,
      tags: [spec.tag],
      summary: spec.summary,
      description: `${spec.description ? `${spec.description}\n\n` : ''}Scope: \`${scope}\`.`,
      ...(spec.params && { params: spec.params }),
      // Unknown parameters are rejected, because a typing error would go unnoticed.
      querystring: spec.query ?? z.strictObject({}),
      ...(spec.body && { body: spec.body }),
      ...(Object.keys(headers).length > 0 && { headers: z.object(headers) }),
      response: {
        [status]: answerOf(spec),
        default: {
          description: 'Error',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      // Narrows the type; the scope guard has already rejected such calls.
      if (!request.caller) throw new HttpProblem('unauthenticated')
      if (!spec.body) rejectBody(request.body)
      const revision = spec.ifMatch ? parseIfMatch(request.headers['if-match'], spec.ifMatch) : undefined
      const { params, query, body } = request as {
        params: z.output<P>
        query: z.output<Q>
        body: z.output<B>
      }
      const say = deps.texts.for(negotiateLanguage(request.headers['accept-language']), 'adult')
      const conditional = request.headers['if-match'] !== undefined
      const now = deps.clock.now()
      const call = { deps, caller: request.caller, params, query, body, now, say, revision, conditional }
      const answer = await handle(call, request)
      reply.code(status)
      if (answer.revision !== undefined) reply.header('etag', toEtag(answer.revision))
      if (answer.location !== undefined) reply.header('location', answer.location)
      if (answer.file) return sendFile(reply, answer.file)
      return reply.send(status === 204 ? undefined : answer.body)
    },
  })
}

const answerOf = ({
  answer,
  media,
}: Pick<Spec<Nothing, Nothing, Nothing, z.ZodType>, 'answer' | 'media'>) => {
  const bytes = { schema: z.string().meta({ format: 'binary' }) }
  if (media)
    return { description: 'Success', content: Object.fromEntries(media.map((type) => [type, bytes])) }
  if (!answer) return none.describe('Success')
  return { description: 'Success', content: { 'application/json': { schema: answer } } }
}

const sendFile = (reply: FastifyReply, { type, content }: { type: string; content: string | Uint8Array }) =>
  reply.type(type).send(typeof content === 'string' ? content : Buffer.from(content))
