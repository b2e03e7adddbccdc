import { z } from 'zod'

/**
 * What the sandbox's page and its server say to each other (HTTP on the same origin, JSON, UTF-8).
 *
 *   GET  /sandbox/state                      → State
 *   GET  /sandbox/events                     → server-sent events, see `events` below; comments are heartbeats (every 15 s)
 *   GET  /sandbox/files/:fileId              → the bytes, with content type and file name
 *   POST /sandbox/people                     AddPerson   → Person
 *   POST /sandbox/people/:id/text            SendText    → Sent   also `/start payload`, and a tap on a reply button's text
 *   POST /sandbox/people/:id/edit            EditText    → Sent   changes the person's own message
 *   POST /sandbox/people/:id/tap             Tap         → TapAnswer, once the bot has answered (at most 150 s)
 *   POST /sandbox/people/:id/contact         Contact     → Sent   `{}` shares the person's own number
 *   POST /sandbox/people/:id/document        multipart, field `file`, ≤ 20 MB → Sent
 *   POST /sandbox/people/:id/picture         multipart, field `file`, ≤ 10 MB → Sent
 *   POST /sandbox/people/:id/sticker         {}          → Sent
 *   POST /sandbox/people/:id/voice           {}          → Sent
 *   POST /sandbox/people/:id/location        {}          → Sent
 *   POST /sandbox/people/:id/read            {}          → {}     everything in this chat has been seen
 *   POST /sandbox/people/:id/block           Block       → {}
 *   POST /sandbox/people/:id/delete          Delete      → {}     disappears from this person's chat only
 *   GET  /sandbox/receiver                   → ReceiverView
 *   POST /sandbox/receiver/mode              SetMode     → {}     how the next webhooks are answered
 *   POST /sandbox/receiver/clear             {}          → {}     forgets what came; the mode is `ok` again
 *   POST /sandbox/receiver                   a webhook of the product, kept to the byte, ≤ 64 KiB → by the mode:
 *          ok    204, or 401 if its signature is wrong
 *          fail  500
 *          slow  as `ok`, but only after 20 s, which is longer than the product waits
 *          off   nothing: the connection is cut
 *
 * A refusal is `{ error: string }` (400 wrong body, 403 foreign origin, 404 nobody or nothing there, 409 blocked).
 * Every change comes back as an event, also to the page that caused it: draw from events, not from answers.
 */

/** A stretch of `text`, in UTF-16 units as JavaScript counts. Unknown types are drawn as plain text. */
export const entitySchema = z.object({
  /** bold italic underline strikethrough spoiler code pre blockquote text_link url email phone_number bot_command hashtag mention … */
  type: z.string(),
  offset: z.number().int(),
  length: z.number().int(),
  /** Of a `text_link`. */
  url: z.string().optional(),
})

const fileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  size: z.number(),
  mime: z.string(),
})

/** Exactly one of `data`, `url`, `copyText` is there. */
const inlineButtonSchema = z.object({
  text: z.string(),
  data: z.string().optional(),
  url: z.string().optional(),
  copyText: z.string().optional(),
})

export const messageViewSchema = z.object({
  id: z.number().int(),
  from: z.enum(['person', 'bot']),
  /** Seconds since 1970, as `editedAt`. */
  date: z.number().int(),
  editedAt: z.number().int().optional(),
  /** Text, or the caption of a document or picture; '' if there is none. Plain: the look is in `entities`. */
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
  /** The bot asked that it be neither forwarded nor saved (`protect_content`). */
  protected: z.boolean(),
  /** A bot's message that this person has not seen; a person's message that the bot has not yet got. */
  unread: z.boolean(),
})

export const replyKeyboardSchema = z.object({
  rows: z.array(z.array(z.object({ text: z.string(), requestContact: z.boolean() }))),
  oneTime: z.boolean(),
  placeholder: z.string().optional(),
  /** A one-time keyboard that has been used: hidden, but can be opened again beside the input field. */
  folded: z.boolean(),
})

export const commandSchema = z.object({ command: z.string(), description: z.string() })

export const chatViewSchema = z.object({
  /** The newest 300, by ascending id. One that has gone from between the others was deleted: let it fade. */
  messages: z.array(messageViewSchema),
  unread: z.number().int(),
  replyKeyboard: replyKeyboardSchema.nullable(),
  blocked: z.boolean(),
  /** False: show the description and a «Start» button (which sends `/start`). */
  started: z.boolean(),
  /** The command menu for this person's language and chat; without the slash. */
  commands: z.array(commandSchema),
  /** What the bot says about itself in an empty chat, in this person's language; '' if nothing. */
  description: z.string(),
})

export const personSchema = z.object({
  id: z.number().int(),
  firstName: z.string(),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string(),
  phone: z.string(),
  /** Who this is in the story, for the caption above the phone. */
  part: z.enum([
    'parent',
    'teenager',
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
  /** By language code, '' is for all others. */
  commands: z.record(z.string(), z.array(commandSchema)),
})

export const receiverModeSchema = z.object({ mode: z.enum(['ok', 'fail', 'slow', 'off']) })

/** One webhook that came. The same event comes again with the same `id` until it has been taken. */
export const receivedSchema = z.object({
  /** Counts what has come since the start: names this one, and orders. */
  no: z.number().int(),
  /** Seconds since 1970. */
  at: z.number().int(),
  /** `webhook-id`; '' if that is missing. */
  id: z.string(),
  /** How often this id has come, this time included. */
  attempt: z.number().int(),
  /** '' if the body is no event. */
  type: z.string(),
  number: z.string().optional(),
  sequence: z.number().int().optional(),
  /** `time`: more than 5 minutes off; `signature`: not by the secret over these bytes; `missing`: a header is. */
  signature: z.enum(['valid', 'time', 'signature', 'missing']),
  /** HTTP status; or `waiting`: not answered yet, `left`: the product did not wait, `cut`: by the receiver. */
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
  people: z.array(personSchema),
  /** By person's id. */
  chats: z.record(z.string(), chatViewSchema),
})

/** `event:` of the stream → its `data`. Several changes of one moment make one `chat`. After a reconnection read the state again. */
export const events = {
  /** The whole chat, as in the state. */
  chat: z.object({ personId: z.number().int(), chat: chatViewSchema }),
  /** A person was added. */
  person: personSchema,
  bot: botViewSchema,
  /** The bot answered a tap with words: a passing line, or a window with «OK» if `alert`. */
  toast: z.object({ personId: z.number().int(), text: z.string(), alert: z.boolean() }),
  /** The bot «is typing»; show it for 5 s or until its next message. */
  typing: z.object({ personId: z.number().int() }),
  /** A webhook came, or the answer to one (known by its `no`) was decided. */
  received: receivedSchema,
  /** The whole receiver, after a switch of its mode or its clearing. */
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
export const sendTextSchema = z.object({ text: z.string().min(1).max(4096) })
export const editTextSchema = sendTextSchema.extend({ messageId: z.number().int() })
export const tapSchema = z.object({ messageId: z.number().int(), data: z.string().min(1).max(64) })
/** Without `phone`: the person's own. */
export const contactSchema = z.object({ phone: phone.optional(), firstName: name.optional() })
export const blockSchema = z.object({ blocked: z.boolean() })
export const deleteSchema = z.object({ messageId: z.number().int() })

export const sentSchema = z.object({ messageId: z.number().int() })
/** The words, if any, also come as a `toast`: show those, and only end the button's waiting here. */
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
