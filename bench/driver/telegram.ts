import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Button = { text: string; callback_data?: string }

/** The screen of a virtual person: the bot's last message, and the last card with buttons. */
export type Screen = {
  text: string
  messageId: number
  rows: Button[][]
  /** The reply keyboard has a «share my contact» button. */
  asksContact: boolean
  /** Number of sends and edits in this chat. */
  draws: number
}

export type FakeTelegram = {
  /** `http://127.0.0.1:<port>`, for TELEGRAM_API_ROOT. */
  root: string
  /** Calls per method since the last `reset`. */
  calls: Map<string, number>
  screen(chat: number): Screen | undefined
  forget(chat: number): void
  /** Handles a method call in the body of a webhook's 200. */
  applyReply(json: string): void
  close(): Promise<void>
}

type Drawn = { raw: string | undefined; screen: Screen }
type Payload = { text?: string; message_id?: number; reply_markup?: Markup }
type Markup = { inline_keyboard?: Button[][] }

const yes = '{"ok":true,"result":true}'
const me =
  '{"ok":true,"result":{"id":1000001,"is_bot":true,"first_name":"Bench","username":"bench_bot","can_join_groups":true,' +
  '"can_read_all_group_messages":false,"supports_inline_queries":false,"can_connect_to_business":false,"has_main_web_app":false}}'
const webhookInfo = '{"ok":true,"result":{"url":"","has_custom_certificate":false,"pending_update_count":0}}'
const messageHead = '{"ok":true,"result":{"message_id":'
const messageMiddle =
  ',"from":{"id":1000001,"is_bot":true,"first_name":"Bench","username":"bench_bot"},"date":1790000000,' +
  '"text":"…","chat":{"type":"private","first_name":"Анна","id":'

/** The methods that change what a person sees. */
const drawing = new Set(['sendMessage', 'editMessageText', 'editMessageReplyMarkup'])

/** Reads `"name":123` from JSON (or a multipart form) without parsing all of it. */
const numberOf = (name: string, body: string): number => {
  const json = body.indexOf(`"${name}":`)
  if (json >= 0) {
    const from = json + name.length + 3
    return Number.parseInt(
      body.charAt(from) === '"' ? body.slice(from + 1, from + 21) : body.slice(from, from + 20),
      10,
    )
  }
  const form = body.indexOf(`name="${name}"`)
  return form < 0 ? 0 : Number.parseInt(body.slice(body.indexOf('\r\n\r\n', form) + 4), 10)
}

/** Parses a drawn message only when it is read. */
const look = (drawn: Drawn): Screen => {
  if (drawn.raw === undefined) return drawn.screen
  const payload: Payload = JSON.parse(drawn.raw)
  drawn.raw = undefined
  const { screen } = drawn
  if (payload.text !== undefined) screen.text = payload.text
  screen.rows = payload.reply_markup?.inline_keyboard ?? []
  return screen
}

/**
 * A minimal Bot API, as cheap as node:http allows: constant responses, bodies stored raw and parsed only when a
 * virtual person reads them.
 */
export const startFakeTelegram = async (
  /** Observes every incoming call. */
  watch?: (method: string, body: string) => void,
): Promise<FakeTelegram> => {
  const chats = new Map<number, Drawn>()
  const calls = new Map<string, number>()
  let lastMessage = 1000

  const draw = (method: string, body: string): number => {
    const chat = numberOf('chat_id', body)
    let drawn = chats.get(chat)
    if (!drawn) {
      drawn = { raw: undefined, screen: { text: '', messageId: 0, rows: [], asksContact: false, draws: 0 } }
      chats.set(chat, drawn)
    }
    const edits = method !== 'sendMessage'
    const messageId = edits ? numberOf('message_id', body) : ++lastMessage
    // An edit of an older message (removing its buttons) does not change the current screen.
    if (edits && messageId !== drawn.screen.messageId) return messageId
    // Reply keyboards are set and removed by separate messages beside the card.
    if (body.includes('"keyboard":') || body.includes('"remove_keyboard":'))
      look(drawn).asksContact = body.includes('"request_contact":true')
    else if (method === 'editMessageReplyMarkup') look({ raw: body, screen: look(drawn) })
    else {
      drawn.raw = body
      drawn.screen.messageId = messageId
    }
    drawn.screen.draws++
    return messageId
  }

  const answer = (method: string, body: string): string => {
    watch?.(method, body)
    calls.set(method, (calls.get(method) ?? 0) + 1)
    if (drawing.has(method))
      return `${messageHead}${draw(method, body)}${messageMiddle}${numberOf('chat_id', body)}}}}`
    if (method === 'sendDocument' || method === 'sendPhoto')
      return `${messageHead}${++lastMessage}${messageMiddle}${numberOf('chat_id', body)}},"document":{"file_id":"bench","file_unique_id":"bench"}}}`
    if (method === 'getMe') return me
    if (method === 'getWebhookInfo') return webhookInfo
    return yes
  }

  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    readBody(request, (body) => {
      const url = request.url ?? ''
      const text = answer(url.slice(url.lastIndexOf('/') + 1), body)
      response.sendDate = false
      response.writeHead(200, [
        'content-type',
        'application/json',
        'content-length',
        `${Buffer.byteLength(text)}`,
      ])
      response.end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    screen: (chat) => {
      const drawn = chats.get(chat)
      return drawn && look(drawn)
    },
    forget: (chat) => {
      chats.delete(chat)
    },
    applyReply: (json) => {
      const method = /"method":"(\w+)"/.exec(json)?.[1]
      if (method) answer(method, json)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const readBody = (request: IncomingMessage, done: (body: string) => void) => {
  let first: Buffer | undefined
  let rest: Buffer[] | undefined
  request.on('data', (chunk: Buffer) => {
    if (!first) first = chunk
    else if (rest) rest.push(chunk)
    else rest = [chunk]
  })
  request.on('end', () =>
    done(first ? (rest ? Buffer.concat([first, ...rest]) : first).toString('utf8') : ''),
  )
}
