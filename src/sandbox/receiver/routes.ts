import type { FastifyInstance, FastifyReply } from 'fastify'
import { receiverModeSchema } from '../protocol.ts'
import type { Receiver } from './receiver.ts'

/** An event is 20 kB at most; what is larger is none of the product's. */
const largest = 64 * 1024

export const receiverPath = '/sandbox/receiver'

/** The receiver of webhooks, and its switch on the page; shapes are in protocol.ts. */
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
    // The signature is over the bytes: nobody may have read and written them anew.
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

/** Whether the caller is still there after this time; tells as soon as they are not. */
const stayed = (reply: FastifyReply, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), ms).unref()
    reply.raw.once('close', () => {
      clearTimeout(timer)
      resolve(false)
    })
  })
