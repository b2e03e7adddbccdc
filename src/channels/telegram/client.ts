import { type ApiClientOptions, HttpError, type Transformer } from 'grammy'
import type { Dispatcher } from 'undici'
import { Pool } from '#core/http-client.ts'

/** What grammY passes to its `fetch`: JSON, or a multipart stream for a file. */
type Call = {
  method: string
  headers: Record<string, string>
  body: NonNullable<Dispatcher.DispatchOptions['body']>
  signal: AbortSignal
}

type Client = {
  /** For calls with a file or an abort signal: keep-alive connections instead of grammY's bundled node-fetch. */
  fetch: NonNullable<ApiClientOptions['fetch']>
  /** For replies: bypasses grammY's own client, at about half of its CPU time per call. */
  direct: Transformer
  /** The bytes of a file by its path from `getFile`. Throws if there are more than `most`. */
  download(path: string, most: number): Promise<Uint8Array>
  /** Waits for calls in progress. */
  close(): Promise<void>
}

/** Methods with a plain JSON payload that are called for every input of a person. */
const plain: ReadonlySet<string> = new Set([
  'sendMessage',
  'editMessageText',
  'editMessageReplyMarkup',
  'answerCallbackQuery',
  'deleteMessage',
  'deleteMessages',
])

/** Where files are: `/file/bot<token>`. */
const filesOf = (pathname: string, token: string): string => `${pathname.replace(/\/$/, '')}/file/bot${token}`

const slowestMs = 60_000
const headers = { 'content-type': 'application/json' }

/** The HTTP clients for Telegram; bench/README.md has the cost of a call. */
export const createClient = ({ apiRoot, token }: { apiRoot: string; token: string }): Client => {
  const { origin, pathname } = new URL(apiRoot)
  // All calls go to one origin, so an agent would only look for its pool.
  const dispatcher = new Pool(origin, { connections: 128, keepAliveTimeout: 30_000 })
  const base = `${pathname.replace(/\/$/, '')}/bot${token}/`
  const send = async (url: string, { method, headers, body, signal }: Call) => {
    const path = url.slice(url.indexOf('/', 'https://'.length))
    const answer = await dispatcher.request({ path, method, headers, body, signal })
    return { json: () => answer.body.json() }
  }

  const post = (method: string, payload: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      dispatcher.dispatch(
        {
          path: base + method,
          method: 'POST',
          headers,
          body: JSON.stringify(payload),
          headersTimeout: slowestMs,
          bodyTimeout: slowestMs,
        },
        {
          // The status is in Telegram's JSON, too.
          onRequestStart: () => {},
          onResponseStart: () => {},
          onResponseData: (_, chunk) => void chunks.push(chunk),
          onResponseEnd: () => resolve(String(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))),
          onResponseError: (_, error) => reject(error),
        },
      )
    })

  const direct: Transformer = async (prev, method, payload, signal) => {
    if (signal || !plain.has(method)) return prev(method, payload, signal)
    try {
      return JSON.parse(await post(method, payload))
    } catch (error) {
      // Without the message of the cause, which may contain the token.
      throw new HttpError(`Network request for '${method}' failed!`, error)
    }
  }

  const download: Client['download'] = async (path, most) => {
    // Without the cause of a failure, which may contain the token.
    const asked = { path: `${filesOf(pathname, token)}/${path}`, method: 'GET' as const }
    const answer = await dispatcher.request(asked).catch(() => null)
    if (answer?.statusCode !== 200) throw new Error('the file could not be downloaded')
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of answer.body) {
      size += chunk.length
      if (size > most) throw new Error('the file is larger than announced')
      chunks.push(chunk)
    }
    return new Uint8Array(Buffer.concat(chunks))
  }

  return {
    download,
    fetch: send as unknown as NonNullable<ApiClientOptions['fetch']>,
    direct,
    close: () => dispatcher.close(),
  }
}
