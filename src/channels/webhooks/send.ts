import { Agent } from '#core/http-client.ts'
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
/** Reasons for a missing response. */
export type SendError = (typeof sendErrors)[number]

/** The response: a status, or the reason for its absence. */
export type Answer = {
  status: number | null
  error: SendError | null
  /** The first 4 KiB of the body, as text without control characters. */
  response: string | null
  retryAfter: string | undefined
  durationMs: number
}

export type Sender = {
  /** Sends one POST of JSON. Never throws, unless `stop` aborts it. */
  send(url: string, headers: Record<string, string>, body: string, stop: AbortSignal): Promise<Answer>
  close(): Promise<void>
}

/** From connecting to the last byte. */
export const attemptMs = 15_000
const mostBytes = 64 * 1024
const keptBytes = 4 * 1024

/**
 * Creates a bounded sender: a slow, endless or broken receiver costs at most 15 s and 64 KiB. Redirects are never
 * followed; they are responses like any other.
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

/** Reads up to 64 KiB: leaving the loop early closes the connection. */
const beginningOf = async (body: AsyncIterable<Buffer>): Promise<string> => {
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    if (size < keptBytes) kept.push(chunk.subarray(0, keptBytes - size))
    size += chunk.length
    if (size >= mostBytes) break
  }
  // Streaming mode, because the cut may split a character.
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
