import { z } from 'zod'
import { clockSchema } from './clock-protocol.ts'
import { regionsSchema } from './region-protocol.ts'

/**
 * The protocol between the sandbox's page and its server (HTTP, same origin, JSON, UTF-8).
 *
 *   GET  /sandbox/state                      → State
 *   GET  /sandbox/events                     → server-sent events, see `events` below; comments are heartbeats (every 15 s)
 *   GET  /sandbox/files/:fileId              → the bytes, with content type and file name
 *   GET  /sandbox/idle                       → {}     once the bot has handled everything that it was sent (at most 60 s)
 *   POST /sandbox/clock                      MoveClock   → Clock  once the jobs that are due by then may begin; 409 without one
 *   POST /sandbox/people                     AddPerson   → Person
 *   POST /sandbox/people/:id/text            SendText    → Sent   also `/start payload`, and a tap on a reply button's text
 *   POST /sandbox/people/:id/edit            EditText    → Sent   changes the person's own message
 *   POST /sandbox/people/:id/tap             Tap         → TapAnswer, once the bot has answered (at most 150 s)
 *   POST /sandbox/people/:id/contact         Contact     → Sent   `{}` shares the person's own number
 *   POST /sandbox/people/:id/document        multipart, `caption` if any, then `file`, ≤ 20 MB → Sent
 *   POST /sandbox/people/:id/picture         multipart, `caption` if any, then `file`, ≤ 10 MB → Sent
 *   POST /sandbox/people/:id/sticker         {}          → Sent
 *   POST /sandbox/people/:id/voice           {}          → Sent
 *   POST /sandbox/people/:id/location        {}          → Sent
 *   POST /sandbox/people/:id/read            {}          → {}     marks the whole chat as read
 *   POST /sandbox/people/:id/block           Block       → {}
 *   POST /sandbox/people/:id/delete          Delete      → {}     disappears from this person's chat only
 *   GET  /sandbox/receiver                   → ReceiverView
 *   POST /sandbox/receiver/mode              SetMode     → {}     sets how the next webhooks are answered
 *   POST /sandbox/receiver/clear             {}          → {}     clears the list and resets the mode to `ok`
 *   POST /sandbox/receiver                   a webhook of the product, stored byte for byte, ≤ 64 KiB → by mode:
 *          ok    204, or 401 if its signature is wrong
 *          fail  500
 *          slow  as `ok`, but after 20 s, longer than the product waits
 *          off   no response: the connection is closed
 * `GET /sandbox/people/:id/desk` leads a person of the staff into the console, signed in.
 * Errors are `{ error: string }` (400 invalid body, 403 foreign origin, 404 unknown person or object, 409 blocked).
 * Every change is sent as an event, also to the page that caused it: render from events, not from responses.
 */

/** A range of `text`, in UTF-16 units. Unknown types are rendered as plain text. */
export const entitySchema = z.object({
  /** bold italic underline strikethrough spoiler code pre blockquote text_link url email phone_number bot_command hashtag mention … */
  type: z.string(),
  offset: z.number().int(),
  length: z.number().int(),
  /** Only for `text_link`. */
  url: z.string().optional(),
})

const fileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  size: z.number(),
  mime: z.string(),
})

/** Exactly one of `data`, `url`, `copyText` is present. */
const inlineButtonSchema = z.object({
  text: z.string(),
  data: z.string().optional(),
  url: z.string().optional(),
  copyText: z.string().optional(),
  style: z.string().optional(),
})

export const messageViewSchema = z.object({
  id: z.number().int(),
  from: z.enum(['person', 'bot']),
  /** Seconds since 1970, like `editedAt`. */
  date: z.number().int(),
  editedAt: z.number().int().optional(),
  /** Text, or the caption of a document or picture; '' if there is none. Plain: formatting is in `entities`. */
  text: z.string(),
  entities: z.array(entitySchema),
  document: fileSchema.optional(),
  photo: fileSchema.extend({ width: z.number(), height: z.number() }).optional(),
  contact: z.object({ phone: z.string(), name: z.string(), own: z.boolean() }).optional(),
  sticker: z.object({ emoji: z.string() }).optional(),
  voice: z.object({ seconds: z.number() }).optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  poll: z.object({ question: z.string(), options: z.array(z.string()) }).optional(),
  forwardedFrom: z.string().optional(),
  inlineKeyboard: z.array(z.array(inlineButtonSchema)),
  /** The bot forbids forwarding and saving (`protect_content`). */
  protected: z.boolean(),
  /** A bot's message that the person has not seen; a person's message that the bot has not received. */
  unread: z.boolean(),
})

export const replyKeyboardSchema = z.object({
  rows: z.array(z.array(z.object({ text: z.string(), requestContact: z.boolean() }))),
  oneTime: z.boolean(),
  placeholder: z.string().optional(),
  /** A used one-time keyboard: hidden, but can be opened again beside the input. */
  folded: z.boolean(),
})

export const commandSchema = z.object({ command: z.string(), description: z.string() })

export const chatViewSchema = z.object({
  /** The newest 300, by ascending id. A message that disappears from between others was deleted: fade it out. */
  messages: z.array(messageViewSchema),
  unread: z.number().int(),
  replyKeyboard: replyKeyboardSchema.nullable(),
  blocked: z.boolean(),
  /** False: show the description and a «Start» button (which sends `/start`). */
  started: z.boolean(),
  /** The command menu for this person's language and chat; without the slash. */
  commands: z.array(commandSchema),
  /** The bot's description in an empty chat, in this person's language; '' if none. */
  description: z.string(),
})

export const personSchema = z.object({
  id: z.number().int(),
  firstName: z.string(),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string(),
  phone: z.string(),
  /** The person's role, for the caption above the phone. */
  part: z.enum([
    'parent',
    'teenager',
    'neighbour',
    'intake',
    'minors',
    'supervisor',
    'curator',
    'supported',
    'supportedTeenager',
    'other',
  ]),
})

export const botViewSchema = z.object({
  id: z.number().int(),
  name: z.string(),
  username: z.string(),
  /** By language code; '' applies to all others. */
  commands: z.record(z.string(), z.array(commandSchema)),
})

export const receiverModeSchema = z.object({ mode: z.enum(['ok', 'fail', 'slow', 'off']) })

/** A received webhook. An event is sent again with the same `id` until it is accepted. */
export const receivedSchema = z.object({
  /** Sequence number since the start: identifies and orders. */
  no: z.number().int(),
  /** Seconds since 1970. */
  at: z.number().int(),
  /** `webhook-id`; '' if missing. */
  id: z.string(),
  /** How often this id has been received, including this time. */
  attempt: z.number().int(),
  /** '' if the body is not an event. */
  type: z.string(),
  number: z.string().optional(),
  sequence: z.number().int().optional(),
  /** `time`: more than 5 minutes off; `signature`: does not match these bytes; `missing`: a header is missing. */
  signature: z.enum(['valid', 'time', 'signature', 'missing']),
  /** HTTP status; or `waiting`: not answered yet, `left`: the product did not wait, `cut`: closed by the receiver. */
  answer: z.union([z.literal([204, 401, 500]), z.enum(['waiting', 'left', 'cut'])]),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
})

export const receiverViewSchema = receiverModeSchema.extend({
  /** The newest 200, by ascending `no`. */
  received: z.array(receivedSchema),
})

export const stateSchema = z.object({
  bot: botViewSchema,
  clock: clockSchema,
  regions: regionsSchema.optional(),
  people: z.array(personSchema),
  /** By person's id. */
  chats: z.record(z.string(), chatViewSchema),
})

/**
 * `event:` of the stream → its `data`. Simultaneous changes are merged into one `chat`. After a reconnection, read
 * the state again.
 */
export const events = {
  /** The whole chat, as in the state. */
  chat: z.object({ personId: z.number().int(), chat: chatViewSchema }),
  /** A person was added. */
  person: personSchema,
  bot: botViewSchema,
  /** The clock was set forward. */
  clock: clockSchema,
  /** The bot answered a tap with a text: a toast, or a window with «OK» if `alert`. */
  toast: z.object({ personId: z.number().int(), text: z.string(), alert: z.boolean() }),
  /** The bot «is typing»; show it for 5 s or until its next message. */
  typing: z.object({ personId: z.number().int() }),
  /** A webhook was received, or its response (known by its `no`) was decided. */
  received: receivedSchema,
  /** The whole receiver, after its mode changed or it was cleared. */
  receiver: receiverViewSchema,
}

const phone = z.string().regex(/^\+?[0-9 ()-]{7,20}$/)
const name = z.string().trim().min(1).max(64)

export const addPersonSchema = z.object({
  firstName: name,
  lastName: name.optional(),
  username: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]{4,31}$/)
    .optional(),
  languageCode: z.string().regex(/^[a-z]{2}(-[A-Za-z]{2,4})?$/),
  phone,
})
const text = z.string().min(1).max(4096)
/** `replyTo`: the message that this one answers. */
export const sendTextSchema = z.object({ text, replyTo: z.number().int().optional() })
export const editTextSchema = z.object({ text, messageId: z.number().int() })
export const captionSchema = z.string().min(1).max(1024)
export const tapSchema = z.object({ messageId: z.number().int(), data: z.string().min(1).max(64) })
/** Without `phone`: the person's own. */
export const contactSchema = z.object({ phone: phone.optional(), firstName: name.optional() })
export const blockSchema = z.object({ blocked: z.boolean() })
export const deleteSchema = z.object({ messageId: z.number().int() })

export const sentSchema = z.object({ messageId: z.number().int() })
/** Any text is also sent as a `toast`: show that, and only end the button's waiting state here. */
export const tapAnswerSchema = z.object({
  state: z.enum(['answered', 'expired']),
  text: z.string().optional(),
  alert: z.boolean().optional(),
})
export const refusalSchema = z.object({ error: z.string() })

export type EntityView = z.infer<typeof entitySchema>
export type MessageView = z.infer<typeof messageViewSchema>
export type ReplyKeyboardView = z.infer<typeof replyKeyboardSchema>
export type CommandView = z.infer<typeof commandSchema>
export type ChatView = z.infer<typeof chatViewSchema>
export type Person = z.infer<typeof personSchema>
export type BotView = z.infer<typeof botViewSchema>
export type ReceiverMode = z.infer<typeof receiverModeSchema>['mode']
export type Received = z.infer<typeof receivedSchema>
export type ReceiverView = z.infer<typeof receiverViewSchema>
export type State = z.infer<typeof stateSchema>
export type AddPerson = z.infer<typeof addPersonSchema>
export type TapAnswer = z.infer<typeof tapAnswerSchema>
export type EventName = keyof typeof events
export type EventData<Name extends EventName> = z.infer<(typeof events)[Name]>
