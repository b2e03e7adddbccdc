import { type ApiClientOptions, HttpError, type Transformer } from 'grammy'
import { type Call, overConnections, type Transport } from './transport.ts'

type ClientOptions = {
  apiRoot: string
  token: string
  /** Keep-alive connections to `apiRoot` unless told. */
  transport?: Transport | undefined
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

/** The HTTP clients for Telegram; bench/README.md has the cost of a call. */
export const createClient = ({ apiRoot, token, transport }: ClientOptions): Client => {
  const { origin, pathname } = new URL(apiRoot)
  const way = transport ?? overConnections(origin)
  const base = `${pathname.replace(/\/$/, '')}/bot${token}/`
  const send = (url: string, call: Call) => way.send(url.slice(url.indexOf('/', 'https://'.length)), call)

  const direct: Transformer = async (prev, method, payload, signal) => {
    if (signal || !plain.has(method)) return prev(method, payload, signal)
    try {
      return JSON.parse(await way.post(base + method, JSON.stringify(payload)))
    } catch (error) {
      // Without the message of the cause, which may contain the token.
      throw new HttpError(`Network request for '${method}' failed!`, error)
    }
  }

  const download: Client['download'] = async (path, most) => {
    // Without the cause of a failure, which may contain the token.
    const answer = await way.get(`${filesOf(pathname, token)}/${path}`)
    if (answer?.status !== 200) throw new Error('the file could not be downloaded')
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
    close: way.close,
  }
}
