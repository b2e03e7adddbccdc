import { fileURLToPath } from 'node:url'
import { type FastifyInstance, fastify } from 'fastify'
import type { Log } from '#core/log.ts'
import { type OpenDesk, serveDesk } from './desk.ts'
import { isOwn } from './guard.ts'
import { servePage } from './page-files.ts'
import { createReceiver, type ReceiverOptions } from './receiver/receiver.ts'
import { receiverPath, serveReceiver } from './receiver/routes.ts'
import type { SandboxRegions } from './region-protocol.ts'
import { serveRoutes } from './routes.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import { createStream } from './stream.ts'
import { ImpossibleError } from './telegram/errors.ts'
import { serveTelegram } from './telegram/http.ts'
import type { Telegram } from './telegram/telegram.ts'

export type SandboxOptions = {
  telegram: Telegram
  host: string
  /** 0 selects a free port. */
  port: number
  log: Log
  /** The folder of the page; its own by default. */
  pageDir?: string | undefined
  /** Registers further routes on the same server, such as health checks. */
  more?: ((app: FastifyInstance) => void) | undefined
  /** The clock that the page may set forward. */
  clock?: SandboxClock | undefined
  /** The regions that the page may choose from. */
  regions?: SandboxRegions | undefined
  /** Lets staff into the console. */
  desk?: OpenDesk | undefined
  /** The secret of the product's webhooks. */
  receiver?: ReceiverOptions | undefined
}

export type Sandbox = {
  /** The page's URL; known after the start. */
  readonly url: string
  /** The Bot API root for the bot; the same address. */
  readonly apiRoot: string
  /** The endpoint that receives the product's webhooks, and its signing secret. */
  readonly receiver: { url: string; secret: string }
  start(): Promise<void>
  stop(): Promise<void>
}

const ownPage = fileURLToPath(new URL('./page', import.meta.url))

const statusOf = { nobody: 404, nothing: 404, blocked: 409, invalid: 400 } satisfies Record<
  ImpossibleError['reason'],
  number
>

/** One server for the emulated Bot API and for the page. */
export const createSandbox = (options: SandboxOptions): Sandbox => {
  const { telegram, host, port, log, pageDir = ownPage, more } = options
  const app = fastify({ forceCloseConnections: true })
  const receiver = createReceiver(options.receiver)
  const stream = createStream(telegram, receiver, options.clock)
  let url = ''

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    })
    if (!isOwn(request.headers, host)) return reply.code(403).send({ error: 'only from this page' })
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    if (error instanceof ImpossibleError) {
      return reply.code(statusOf[error.reason]).send({ error: error.message })
    }
    const status = error.statusCode ?? 500
    if (status >= 500) log.error('sandbox.failed', { error })
    return reply.code(status).send({ error: status >= 500 ? 'failed' : 'the request is malformed' })
  })
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'not found' }))

  app.get('/sandbox/events', stream.open)
  serveTelegram(app, telegram)
  app.register(async (scope) => serveRoutes(scope, telegram, options))
  app.register(async (scope) => serveReceiver(scope, receiver))
  if (options.desk) serveDesk(app, options.desk)
  more?.(app)

  return {
    get url() {
      return url
    },
    get apiRoot() {
      return url
    },
    get receiver() {
      return { url: `${url}${receiverPath}`, secret: receiver.secret }
    },
    start: async () => {
      await servePage(app, pageDir)
      const address = await app.listen({ host, port })
      url = address.replace('0.0.0.0', '127.0.0.1').replace('[::]', '127.0.0.1')
    },
    /** Disconnects the pages, then flushes the emulator's state. */
    stop: async () => {
      stream.stop()
      await telegram.stop()
      await app.close()
    },
  }
}
