import { type ApiClientOptions, HttpError, type Transformer } from 'grammy'
import { Agent, type Dispatcher, request } from 'undici'

/** What grammY hands to its `fetch`: JSON, or a stream of multipart for a file. */
type Call = {
  method: string
  headers: Record<string, string>
  body: NonNullable<Dispatcher.DispatchOptions['body']>
  signal: AbortSignal
}

type Client = {
  /** For what carries a file or may be given up: kept-alive connections instead of the node-fetch that grammY brings. */
  fetch: NonNullable<ApiClientOptions['fetch']>
  /** For what people are answered with: past grammY's own client, at about half of its processor time a call. */
  direct: Transformer
  /** Waits for the calls under way. */
  close(): Promise<void>
}

/** Methods whose payload is plain JSON, and which are called for every input of a person. */
const plain: ReadonlySet<string> = new Set([
  'sendMessage',
  'editMessageText',
  'editMessageReplyMarkup',
  'answerCallbackQuery',
  'deleteMessage',
  'deleteMessages',
])

const slowestMs = 60_000
const headers = { 'content-type': 'application/json' }

/** How grammY calls Telegram (bench/README.md says what a call costs). */
export const createClient = ({ apiRoot, token }: { apiRoot: string; token: string }): Client => {
  const dispatcher = new Agent({ connections: 128, keepAliveTimeout: 30_000 })
  const { origin, pathname } = new URL(apiRoot)
  const base = `${pathname.replace(/\/$/, '')}/bot${token}/`
  const send = async (url: string, { method, headers, body, signal }: Call) => {
    const answer = await request(url, { method, headers, body, signal, dispatcher })
    return { json: () => answer.body.json() }
  }

  const post = (method: string, payload: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      dispatcher.dispatch(
        {
          origin,
          path: base + method,
          method: 'POST',
          headers,
          body: JSON.stringify(payload),
          headersTimeout: slowestMs,
          bodyTimeout: slowestMs,
        },
        {
          // The status is in Telegram's own JSON, too.
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
      // Without the cause's own words, which may hold the token.
      throw new HttpError(`Network request for '${method}' failed!`, error)
    }
  }

  return {
    fetch: send as unknown as NonNullable<ApiClientOptions['fetch']>,
    direct,
    close: () => dispatcher.close(),
  }
}
