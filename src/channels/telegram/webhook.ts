import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createSecretMatcher } from '#core/ids.ts'
import type { Log } from '#core/log.ts'
import type { Receive } from './receive.ts'
import { updateSchema } from './update.ts'

const megabyte = 1024 * 1024

/**
 * The webhook: checks the secret before reading the body, then validates the body, then handles the update. Returns
 * 200 only after the commit.
 */
export const serveWebhook = (app: FastifyInstance, secret: string, receive: Receive, log: Log): void => {
  const isSecret = createSecretMatcher(secret)
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    const given = request.headers['x-telegram-bot-api-secret-token']
    if (typeof given !== 'string' || !isSecret(given)) return reply.code(401).send()
  }
  app.post('/telegram/webhook', { bodyLimit: megabyte, onRequest }, async (request, reply) => {
    const update = updateSchema.safeParse(request.body)
    if (!update.success) {
      log.warn('webhook.malformed', {
        paths: update.error.issues.slice(0, 5).map(({ path }) => path.join('.')),
      })
      return reply.code(400).send()
    }
    let call: string | undefined
    try {
      await receive(update.data, {
        reply: (payload) => {
          call = payload
        },
      })
    } catch {
      // Already logged by `receive`; Telegram retries.
      return reply.code(503).header('retry-after', '2').send()
    }
    return call === undefined ? reply.code(200).send() : reply.code(200).type('application/json').send(call)
  })
}
