import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '#core/log.ts'

/** Makes a server of routes; `closing` says that the one in front is about to close. */
type Make = (closing: AbortSignal) => Promise<FastifyInstance>

export type LateRoutes = {
  /** The server of the paths under each of these names; `''`: of all others. */
  under: Readonly<Record<string, Make>> & { '': Make }
  log: Log
}

/**
 * Hands each request for a path that `front` does not know to a server behind it, made at the first one: a hundred routes with
 * their schemas and counters take a twentieth of a second and a connection, and a start has no use for them. The body is
 * read there, and the headers that `front` has set are kept.
 */
export const serveLate = (front: FastifyInstance, { under, log }: LateRoutes): void => {
  const closing = new AbortController()
  const behind = new Map<Make, Promise<FastifyInstance>>()
  const open = (make: Make): Promise<FastifyInstance> => {
    const opened =
      behind.get(make) ??
      make(closing.signal).catch((error: unknown) => {
        behind.delete(make)
        throw error
      })
    behind.set(make, opened)
    return opened
  }
  front.addHook('preClose', async () => closing.abort())
  // After the last answer.
  front.addHook('onClose', async () => {
    for (const opened of behind.values()) await (await opened).close()
  })
  front.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return
    const [, name = ''] = request.url.split(/[/?]/)
    const make = (Object.hasOwn(under, name) && under[name]) || under['']
    const { routing } = await open(make).catch((error: unknown) => {
      log.error('http.routes-failed', { error })
      throw error
    })
    passOn(request, reply, routing)
  })
}

const passOn = ({ raw }: FastifyRequest, reply: FastifyReply, routing: FastifyInstance['routing']): void => {
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value)
  reply.hijack()
  routing(raw, reply.raw)
}
