import type { Dispatcher } from 'undici'
import { Pool } from '#core/http-client.ts'

/** What grammY passes to its `fetch`: JSON, or a multipart stream for a file. */
export type Call = {
  method: string
  headers: Record<string, string>
  body: NonNullable<Dispatcher.DispatchOptions['body']>
  signal: AbortSignal
}

/** How calls reach Telegram; a path begins with the `/` after the host. */
export type Transport = {
  send(path: string, call: Call): Promise<{ json(): Promise<unknown> }>
  /** Posts JSON. Resolves with the text of the answer, whatever its status: that is in Telegram's JSON, too. */
  post(path: string, json: string): Promise<string>
  /** Null if nothing answered. */
  get(path: string): Promise<{ status: number; body: AsyncIterable<Uint8Array> } | null>
  /** Waits for calls in progress. */
  close(): Promise<void>
}

const slowestMs = 60_000
const headers = { 'content-type': 'application/json' }

/** Over keep-alive connections. */
export const overConnections = (origin: string): Transport => {
  // All calls go to one origin, so an agent would only look for its pool.
  const dispatcher = new Pool(origin, { connections: 128, keepAliveTimeout: 30_000 })
  return {
    send: async (path, { method, headers, body, signal }) => {
      const answer = await dispatcher.request({ path, method, headers, body, signal })
      return { json: () => answer.body.json() }
    },
    post: (path, body) =>
      new Promise((resolve, reject) => {
        const chunks: Buffer[] = []
        dispatcher.dispatch(
          { path, method: 'POST', headers, body, headersTimeout: slowestMs, bodyTimeout: slowestMs },
          {
            onRequestStart: () => {},
            onResponseStart: () => {},
            onResponseData: (_, chunk) => void chunks.push(chunk),
            onResponseEnd: () => resolve(String(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))),
            onResponseError: (_, error) => reject(error),
          },
        )
      }),
    get: async (path) => {
      const answer = await dispatcher.request({ path, method: 'GET' }).catch(() => null)
      return answer && { status: answer.statusCode, body: answer.body }
    },
    close: () => dispatcher.close(),
  }
}
