import { fastify } from 'fastify'
import type { Params } from './description.ts'
import { ConnectionLost } from './errors.ts'
import { serveTelegram } from './http.ts'
import type { Telegram } from './telegram.ts'

/**
 * A `fetch` that calls the emulator without sockets, whatever the host in the URL; for the bot's client in tests.
 * JSON is passed directly, everything else (uploads, downloads) through the same routes as over HTTP.
 */
export const fetchFrom = (telegram: Telegram): typeof fetch => {
  let app: ReturnType<typeof fastify> | undefined
  const routes = () => {
    if (!app) {
      app = fastify()
      serveTelegram(app, telegram)
    }
    return app
  }

  const throughRoutes = async (url: URL, init: RequestInit): Promise<Response> => {
    const answer = await routes().inject({
      method: init.method === 'POST' ? 'POST' : 'GET',
      url: url.pathname + url.search,
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(init.body ? { payload: init.body as unknown as NodeJS.ReadableStream } : {}),
    })
    return new Response(answer.rawPayload, {
      status: answer.statusCode,
      headers: { 'content-type': 'application/json' },
    })
  }

  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    const call = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname)
    const plain = init.body === undefined || init.body === null || typeof init.body === 'string'
    if (!call || !plain || url.search !== '') return throughRoutes(url, init)
    const [, token = '', method = ''] = call
    const params: Params = typeof init.body === 'string' ? JSON.parse(init.body) : {}
    try {
      const answer = await telegram.execute(token, method, params, init.signal ?? undefined)
      return new Response(JSON.stringify(answer.body), {
        status: answer.status,
        headers: {
          'content-type': 'application/json',
          ...(answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) }),
        },
      })
    } catch (error) {
      if (error instanceof ConnectionLost) throw new TypeError('fetch failed', { cause: error })
      throw error
    }
  }
}
