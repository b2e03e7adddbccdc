import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Params } from './description.ts'
import { ApiError, ConnectionLost, errorBody } from './errors.ts'
import { fileLimits } from './files.ts'
import { multipartParams } from './multipart.ts'
import type { Telegram } from './telegram.ts'

type Target = { Params: { token: string; method: string } }

/**
 * The two routes of the Bot API: `/bot<token>/<method>` (GET or POST; JSON, form, multipart) and
 * `/file/bot<token>/<path>`.
 */
export const serveTelegram = (app: FastifyInstance, telegram: Telegram): void => {
  app.register(async (scope) => {
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (request, body, done) => {
      try {
        done(null, multipartParams(Buffer.from(body), request.headers['content-type'] ?? ''))
      } catch (error) {
        done(error instanceof ApiError ? error : new ApiError(400, 'Bad Request: wrong request body'))
      }
    })
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, done) => {
      try {
        done(null, String(body).trim() === '' ? {} : JSON.parse(String(body)))
      } catch {
        done(new ApiError(400, "Bad Request: can't parse JSON object"))
      }
    })
    scope.setErrorHandler((error, _, reply) => {
      const known = error instanceof ApiError ? error : new ApiError(400, 'Bad Request: wrong request body')
      return reply.code(known.code).send(errorBody(known))
    })

    scope.route<Target>({
      method: ['GET', 'POST'],
      url: '/bot:token/:method',
      bodyLimit: fileLimits.upload,
      handler: async (request, reply) => {
        const { token, method } = request.params
        const gone = new AbortController()
        reply.raw.once('close', () => gone.abort())
        try {
          const answer = await telegram.execute(token, method, paramsOf(request), gone.signal)
          if (answer.retryAfter !== undefined) reply.header('retry-after', answer.retryAfter)
          return reply.code(answer.status).send(answer.body)
        } catch (error) {
          if (error instanceof ConnectionLost || gone.signal.aborted) return breakOff(request, reply)
          throw error
        }
      },
    })
    scope.all<{ Params: { token: string } }>('/bot:token', async () => {
      throw new ApiError(404, 'Not Found')
    })
    scope.get<{ Params: { token: string; '*': string } }>('/file/bot:token/*', async (request, reply) => {
      if (request.params.token !== telegram.token) throw new ApiError(401, 'Unauthorized')
      const file = telegram.download(request.params['*'])
      return reply.type('application/octet-stream').send(Buffer.from(file.bytes))
    })
  })
}

const breakOff = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  reply.hijack()
  // Destroying a fully read request does not close its socket.
  request.raw.socket.destroy()
  return reply
}

const paramsOf = (request: FastifyRequest): Params => {
  const { query, body } = request
  if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
    throw new ApiError(400, "Bad Request: can't parse JSON object")
  }
  return { ...(query as Params), ...(body as Params | null | undefined) }
}
