import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '#core/log.ts'

export type LateRoutes = {
  /** Makes the server of these routes; `closing` says that the one in front is about to close. */
  make: (closing: AbortSignal) => Promise<FastifyInstance>
  log: Log
}

/**
 * Hands each request for a path that `front` does not know to a server behind it, made at the first one: its hundred routes with
 * their schemas and counters take a tenth of a second and several connections, and a start has no use for them. The body is
 * read there, and the headers that `front` has set are kept.
 */
export const serveLate = (front: FastifyInstance, { make, log }: LateRoutes): void => {
  const closing = new AbortController()
  let behind: Promise<FastifyInstance> | undefined
  const open = (): Promise<FastifyInstance> => {
    behind ??= make(closing.signal).catch((error: unknown) => {
      behind = undefined
      throw error
    })
    return behind
  }
  front.addHook('preClose', async () => closing.abort())
  // After the last answer.
  front.addHook('onClose', async () => void (await (await behind)?.close()))
  front.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return
    const { routing } = await open().catch((error: unknown) => {
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
