import { badRequest } from '../errors.ts'
import type { Polling, PollParams } from '../polling.ts'
import type { World } from '../state.ts'
import type { Webhook } from '../webhook.ts'

type SetWebhook = {
  url: string
  secret_token?: string
  max_connections?: number
  allowed_updates?: string[]
  drop_pending_updates?: boolean
}

/** Methods that control how the bot receives updates. */
export const receiveMethods = (polling: Polling, webhook: Webhook) => {
  const drop = (world: World, wanted = false) => {
    if (wanted) world.updates.keepNewest(0)
    world.touch('bot')
    return true as const
  }

  return {
    getUpdates: (_: World, params: PollParams, signal?: AbortSignal) => polling.poll(params, signal),

    setWebhook: (world: World, params: SetWebhook): true => {
      const secret = params.secret_token ?? ''
      if (secret.length > 256) throw badRequest('secret token is too long')
      if (!/^[A-Za-z0-9_-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters')
      const connections = params.max_connections ?? 40
      if (connections < 1 || connections > 100) throw badRequest('max_connections must be from 1 to 100')
      if (params.url !== '') checkUrl(params.url)
      if (params.allowed_updates) world.updates.state.allowed = params.allowed_updates
      polling.end('terminated by setWebhook request')
      drop(world, params.drop_pending_updates)
      webhook.set(
        params.url === ''
          ? undefined
          : { url: params.url, maxConnections: connections, ...(secret ? { secret } : {}) },
      )
      return true
    },

    deleteWebhook: (world: World, params: { drop_pending_updates?: boolean }): true => {
      webhook.set(undefined)
      return drop(world, params.drop_pending_updates)
    },

    getWebhookInfo: (world: World) => {
      const { target, status } = webhook
      const { allowed } = world.updates.state
      return {
        url: target?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: world.updates.size,
        ...(target ? { max_connections: target.maxConnections } : {}),
        ...(status.lastErrorAt
          ? { last_error_date: status.lastErrorAt, last_error_message: status.lastError }
          : {}),
        ...(allowed.length > 0 ? { allowed_updates: allowed } : {}),
      }
    },
  }
}

const ports = ['', '443', '80', '88', '8443']

/** @throws ApiError 400 unless HTTPS on one of Telegram's ports; loopback addresses are exempt */
const checkUrl = (address: string): void => {
  if (!URL.canParse(address)) throw badRequest('invalid webhook URL specified')
  const url = new URL(address)
  if (['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return
  if (url.protocol !== 'https:') throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  if (!ports.includes(url.port)) {
    throw badRequest('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
  }
}
