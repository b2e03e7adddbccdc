import type { FastifyInstance, FastifyReply } from 'fastify'
import { receiverModeSchema } from '../protocol.ts'
import type { Receiver } from './receiver.ts'

/** An event has at most 20 kB; anything larger is not from the product. */
const largest = 64 * 1024

export const receiverPath = '/sandbox/receiver'

/** The webhook receiver and its controls; shapes are in protocol.ts. */
export const serveReceiver = (app: FastifyInstance, receiver: Receiver): void => {
  app.get(receiverPath, () => receiver.state())
  app.post(`${receiverPath}/mode`, (request, reply) => {
    const read = receiverModeSchema.safeParse(request.body)
    if (!read.success) return reply.code(400).send({ error: 'no such mode' })
    receiver.setMode(read.data.mode)
    return {}
  })
  app.post(`${receiverPath}/clear`, () => {
    receiver.clear()
    return {}
  })

  app.register(async (scope) => {
    // The signature covers the bytes, so the body must not be parsed and serialised again.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
    scope.post(receiverPath, { bodyLimit: largest }, async (request, reply) => {
      const { reply: answer, ended } = receiver.receive(request.headers, String(request.body ?? ''))
      if (!answer) {
        reply.hijack()
        request.raw.socket.destroy()
        return reply
      }
      if (answer.afterMs > 0 && !(await stayed(reply, answer.afterMs))) {
        ended('left')
        return reply.hijack()
      }
      ended('sent')
      return reply.code(answer.status).send()
    })
  })
}

/** Whether the caller is still connected after this time; resolves as soon as the connection closes. */
const stayed = (reply: FastifyReply, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms).unref()
    reply.raw.once('close', () => {
      clearTimeout(timer)
      resolve(false)
    })
  })
