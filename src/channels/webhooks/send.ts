import { Agent } from 'undici'
import { guardedConnector } from './connect.ts'
import type { GuardSettings } from '#features/webhooks/ssrf-guard.ts'

export const sendErrors = [
  'address-refused',
  'not-resolved',
  'not-connected',
  'broken-off',
  'tls',
  'timeout',
  'unreadable',
  'unsendable',
] as const
/** Why there was no answer. */
export type SendError = (typeof sendErrors)[number]

/** What came back: a status, or the reason why none did. */
export type Answer = {
  status: number | null
  error: SendError | null
  /** The first 4 KiB of the answer, as text without control characters. */
  response: string | null
  retryAfter: string | undefined
  durationMs: number
}

export type Sender = {
  /** One POST of JSON. Never throws, except when `stop` aborts it. */
  send(url: string, headers: Record<string, string>, body: string, stop: AbortSignal): Promise<Answer>
  close(): Promise<void>
}

/** From connecting to the last byte. */
export const attemptMs = 15_000
const mostBytes = 64 * 1024
const keptBytes = 4 * 1024

/**
 * Sends as the issue of webhooks asks: a receiver that is slow, endless or broken costs 15 s and 64 KiB at most, and a
 * redirect is an answer like any other, never followed.
 */
export const createSender = (settings: GuardSettings): Sender => {
  const agent = new Agent({
    connect: guardedConnector(settings),
    pipelining: 1,
    headersTimeout: attemptMs,
    bodyTimeout: attemptMs,
  })

  const post: Sender['send'] = async (url, headers, body, stop) => {
    const begun = performance.now()
    const durationMs = () => Math.round(performance.now() - begun)
    const late = AbortSignal.timeout(attemptMs)
    try {
      const { origin, pathname, search } = new URL(url)
      const answer = await agent.request({
        origin,
        path: pathname + search,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Ryadom-Webhooks/1' },
        body,
        signal: AbortSignal.any([late, stop]),
      })
      const response = await beginningOf(answer.body)
      const retryAfter = [answer.headers['retry-after']].flat()[0]
      return { status: answer.statusCode, error: null, response, retryAfter, durationMs: durationMs() }
    } catch (error) {
      if (stop.aborted) throw error
      const reason = late.aborted ? 'timeout' : reasonOf(error)
      return {
        status: null,
        error: reason,
        response: null,
        retryAfter: undefined,
        durationMs: durationMs(),
      }
    }
  }

  return { send: post, close: () => agent.destroy() }
}

/** Reads to the end, or up to 64 KiB: leaving the loop early closes the connection. */
const beginningOf = async (body: AsyncIterable<Buffer>): Promise<string> => {
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    if (size < keptBytes) kept.push(chunk.subarray(0, keptBytes - size))
    size += chunk.length
    if (size >= mostBytes) break
  }
  // In a stream, for the cut may have gone through a letter.
  const text = new TextDecoder().decode(Buffer.concat(kept), { stream: true })
  return text.replace(/[^\P{Cc}\t\n]/gu, '')
}

const reasons: Record<string, SendError> = {
  'address-refused': 'address-refused',
  'not-resolved': 'not-resolved',
  ECONNREFUSED: 'not-connected',
  EHOSTUNREACH: 'not-connected',
  ENETUNREACH: 'not-connected',
  EADDRNOTAVAIL: 'not-connected',
  ETIMEDOUT: 'not-connected',
  UND_ERR_CONNECT_TIMEOUT: 'not-connected',
  ECONNRESET: 'broken-off',
  EPIPE: 'broken-off',
  UND_ERR_SOCKET: 'broken-off',
  UND_ERR_ABORTED: 'broken-off',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
}

const reasonOf = (error: unknown): SendError => {
  const code = String((error as { code?: unknown }).code ?? '')
  const reason = reasons[code]
  if (reason) return reason
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code)) return 'tls'
  return 'unreadable'
}
