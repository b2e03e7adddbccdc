import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { type Clock, systemClock } from '#core/clock.ts'
import type { EventData, Received, ReceiverMode, ReceiverView } from '../protocol.ts'
import { readPayload } from './payload.ts'
import { createVerifier } from './verify.ts'

export type ReceiverOptions = {
  /** `whsec_` and base64; a fresh one by default. */
  secret?: string
  clock?: Clock
  /** How long «slow» takes: longer than the product waits. */
  slowMs?: number
}

/** What the page is told, in the stream's own words. */
export type ReceiverChange =
  | { name: 'received'; data: EventData<'received'> }
  | { name: 'receiver'; data: EventData<'receiver'> }

/** What is sent back, `afterMs` later; null: the connection is cut without a word. */
export type Reply = { status: 204 | 401 | 500; afterMs: number } | null

export type Arrival = {
  reply: Reply
  /** To be told once: sent, or the caller did not wait for it. */
  ended(how: 'sent' | 'left'): void
}

export type Receiver = {
  readonly secret: string
  state(): ReceiverView
  setMode(mode: ReceiverMode): void
  /** Forgets what has come; the switch goes back to «answers». */
  clear(): void
  /** Takes one webhook. `body` is what was sent, to the byte: the signature is over that. */
  receive(headers: IncomingHttpHeaders, body: string): Arrival
  /** Hears of every change; returns how to stop. */
  on(listener: (change: ReceiverChange) => void): () => void
}

/** More are forgotten, the oldest first: a panel is looked at, not archived. */
const mostKept = 200
const slowerThanWaitedFor = 20_000

export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** The centre's own system, played: takes webhooks, checks them as a careful receiver would, and remembers them. */
export const createReceiver = (options: ReceiverOptions = {}): Receiver => {
  const { secret = newWebhookSecret(), clock = systemClock, slowMs = slowerThanWaitedFor } = options
  const verify = createVerifier(secret)
  const listeners = new Set<(change: ReceiverChange) => void>()
  let mode: ReceiverMode = 'ok'
  let received: Received[] = []
  let lastNo = 0

  const tell = (change: ReceiverChange) => {
    for (const listener of listeners) listener(change)
  }
  const state = (): ReceiverView => ({ mode, received })
  const put = (one: Received) => {
    const others = received.filter(({ no }) => no !== one.no)
    received = [...others, one].sort((a, b) => a.no - b.no).slice(-mostKept)
    tell({ name: 'received', data: one })
  }

  const replyTo = (signature: Received['signature']): Reply => {
    if (mode === 'off') return null
    if (mode === 'fail') return { status: 500, afterMs: 0 }
    return { status: signature === 'valid' ? 204 : 401, afterMs: mode === 'slow' ? slowMs : 0 }
  }
  const answerOf = (reply: Reply): Received['answer'] => {
    if (!reply) return 'cut'
    return reply.afterMs > 0 ? 'waiting' : reply.status
  }

  return {
    secret,
    state,
    setMode: (next) => {
      mode = next
      tell({ name: 'receiver', data: state() })
    },
    clear: () => {
      received = []
      mode = 'ok'
      tell({ name: 'receiver', data: state() })
    },
    receive: (headers, body) => {
      lastNo += 1
      const id = String(headers['webhook-id'] ?? '')
      const signature = verify(headers, body)
      const reply = replyTo(signature)
      const one: Received = {
        no: lastNo,
        at: Math.floor(clock.now().getTime() / 1000),
        id,
        attempt:
          1 + Math.max(0, ...received.filter((other) => other.id === id).map(({ attempt }) => attempt)),
        ...readPayload(body),
        signature,
        answer: answerOf(reply),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        body,
      }
      put(one)
      return {
        reply,
        ended: (how) => {
          const waited = received.find(({ no }) => no === one.no)
          if (waited?.answer !== 'waiting' || !reply) return
          put({ ...waited, answer: how === 'sent' ? reply.status : 'left' })
        },
      }
    },
    on: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
