import type { Log } from '#core/log.ts'
import type { Pending, Updates } from './updates.ts'

export type WebhookTarget = {
  url: string
  secret?: string
  maxConnections: number
}

type Wiring = {
  updates: Updates
  log: Log
  fetch: typeof fetch
  /** Multiplies the delays between attempts; tests make it small. */
  retryScale: number
  duplicate: boolean
  isDown: () => boolean
  /** Executes the call in a webhook's response. */
  onReply: (body: Record<string, unknown>) => Promise<void>
  /** A queue is empty, or delivery is impossible. */
  onSettled: () => void
  now: () => Date
}

type Outcome = { ok: true } | { ok: false; reason: string; retryAfter: number }

const attemptTimeout = 60_000
const longestWait = 90

export type Webhook = ReturnType<typeof createWebhook>

/**
 * Delivers updates by POST. The head of a queue blocks it until accepted (2xx) or expired: retried at once, then
 * after 2, 4, 8 … up to 90 s, or after its `Retry-After` (≤ 3,600 s).
 */
export const createWebhook = (wiring: Wiring) => {
  const { updates, log, retryScale, duplicate, isDown, onReply, onSettled, now } = wiring
  const busy = new Set<string>()
  const sleepers = new Set<() => void>()
  let target: WebhookTarget | undefined
  let stopped = false
  const status: { lastErrorAt?: number | undefined; lastError?: string | undefined } = {}

  const sleep = (seconds: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        sleepers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, Math.max(seconds * 1000 * retryScale, 1))
      sleepers.add(wake)
    })

  const post = async ({ url, secret }: WebhookTarget, pending: Pending): Promise<Outcome> => {
    try {
      const response = await wiring.fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret ? { 'x-telegram-bot-api-secret-token': secret } : {}),
        },
        body: JSON.stringify(pending.update),
        signal: AbortSignal.timeout(attemptTimeout),
      })
      const body = await response.text()
      if (response.ok) {
        await answerCall(body)
        return { ok: true }
      }
      const retryAfter = Math.min(Math.max(Number(response.headers.get('retry-after')) || 0, 0), 3600)
      const reason = `Wrong response from the webhook: ${response.status} ${response.statusText}`
      return { ok: false, reason, retryAfter }
    } catch (error) {
      log.debug('sandbox.webhook-unreachable', { error })
      return { ok: false, reason: 'Connection failed', retryAfter: 0 }
    }
  }

  const answerCall = async (body: string) => {
    if (!body.startsWith('{"')) return
    const call = parsed(body)
    if (typeof call === 'object' && call !== null && 'method' in call) await onReply({ ...call })
  }

  const deliver = async (queue: string): Promise<void> => {
    let failures = 0
    let delay = 1
    while (target && !stopped && !isDown()) {
      const pending = updates.head(queue)
      if (!pending) return
      const outcome = await post(target, pending)
      if (outcome.ok && duplicate) await post(target, pending)
      if (outcome.ok) {
        updates.remove(pending.update.update_id)
        failures = 0
        delay = 1
        continue
      }
      status.lastErrorAt = Math.floor(now().getTime() / 1000)
      status.lastError = outcome.reason
      if (outcome.retryAfter > 0) await sleep(outcome.retryAfter)
      else if (failures > 0) {
        delay = Math.min(delay * 2, longestWait)
        await sleep(delay)
      }
      failures += 1
    }
  }

  const pump = () => {
    if (!target || stopped || isDown()) return
    for (const queue of updates.queues()) {
      if (busy.size >= target.maxConnections) return
      if (busy.has(queue)) continue
      busy.add(queue)
      deliver(queue).finally(() => {
        busy.delete(queue)
        if (updates.size > 0) pump()
        onSettled()
      })
    }
  }

  const wakeAll = () => {
    for (const wake of sleepers) wake()
  }

  return {
    set: (next: WebhookTarget | undefined) => {
      target = next
      status.lastErrorAt = undefined
      status.lastError = undefined
      wakeAll()
      pump()
    },
    get target() {
      return target
    },
    status,
    /** Starts all possible deliveries. */
    pump,
    /** Queues with a delivery in progress or waiting for its next attempt. */
    busy: () => [...busy],
    stop: () => {
      stopped = true
      wakeAll()
    },
  }
}

/** A body that is not JSON contains no call, and is not a delivery failure either. */
const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
