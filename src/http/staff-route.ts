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

/** What a route takes and answers, and how it is described in the OpenAPI document. */
export type Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = {
  /** Unique, camelCase: the name that generated clients give the call. */
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
    | 'Audit'
  summary: string
  description?: string
  params?: P
  query?: Q
  body?: B
  status?: 200 | 201 | 202 | 204
  answer?: A
  /** Whether the caller has to, or may, name the revision that it read. */
  ifMatch?: 'required' | 'optional'
  /** What the answer bears in its head: the ETag of what it shows, where to find what was made. */
  responseHeaders?: readonly ResponseHeader[]
  /** Whether there are words of ours in the answer, in the caller's language. */
  localized?: true
  /** The media types of an answer that is no JSON, such as a picture. */
  media?: readonly string[]
}

export type Call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  deps: ApiDeps
  caller: Caller
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
  now: Date
  /** The words of our own, in the language that the caller asked for. */
  say: Say
  /** The revision of `If-Match`; undefined: not given, or `*`. */
  revision: number | undefined
  /** Whether `If-Match` was given at all. */
  conditional: boolean
}

/** The body, and the revision that becomes its ETag. */
export type Answer<A extends z.ZodType> = {
  body: z.output<A>
  revision?: number
  location?: string
  /** What is sent in place of a body, as one of the route's media types. */
  file?: { type: string; content: string | Uint8Array }
}

export type Api = {
  app: FastifyInstance
  /** Its transactions wait for their turn. */
  deps: ApiDeps
  once: ReturnType<typeof createIdempotentRunner>
  /** What reads outside a transaction waits for its turn. */
  read: Semaphore
}

type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * A route that changes nothing; a POST for a question whose words should not stand in an address. The scope is a
 * required argument: there is no route without one.
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
    /** In a transaction of its own, and in its turn: what is read is audited. */ audited?: true
  },
  handle: (call: Call<P, Q, B>) => Promise<Answer<A>>,
): void =>
  register(api, route, scope, spec, {}, spec.audited ? handle : (call) => api.read(() => handle(call)))

/**
 * What has to be waited for outside the transaction, such as DNS. Its refusal is thrown within, so that a repeated
 * call is answered as the first one was.
 */
type Prepared<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R> = {
  prepare?: (call: Call<P, Q, B>) => Promise<R>
}

/**
 * A route that changes something, in one transaction: what it did, the events that tell of it and, for a POST with
 * an `Idempotency-Key`, what was answered, are committed together or not at all.
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
      // A parameter that nobody knows is a slip that would go unnoticed.
      querystring: spec.query ?? z.strictObject({}),
      ...(spec.body && { body: spec.body }),
      ...(Object.keys(headers).length > 0 && { headers: z.object(headers) }),
      response: {
        [status]: answerOf(spec),
        default: {
          description: 'Refused, or failed',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      // The guard of the scope has let nobody in without.
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
  if (media) return { description: 'Done', content: Object.fromEntries(media.map((type) => [type, bytes])) }
  if (!answer) return none.describe('Done')
  return { description: 'Done', content: { 'application/json': { schema: answer } } }
}

const sendFile = (reply: FastifyReply, { type, content }: { type: string; content: string | Uint8Array }) =>
  reply.type(type).send(typeof content === 'string' ? content : Buffer.from(content))
