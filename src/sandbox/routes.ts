import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { StartRefused } from '#core/start-refused.ts'
import { type ClockView, moveClockSchema } from './clock-protocol.ts'
import {
  addPersonSchema,
  blockSchema,
  captionSchema,
  contactSchema,
  deleteSchema,
  editTextSchema,
  type State,
  sendTextSchema,
  type TapAnswer,
  tapSchema,
} from './protocol.ts'
import { chooseRegionSchema, type SandboxRegions } from './region-protocol.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import type { SentFile } from './telegram/attachments.ts'
import { ImpossibleError } from './telegram/errors.ts'
import type { Telegram } from './telegram/telegram.ts'
import type { Message } from './telegram/types.ts'
import { toBot, toChat, toClock, toPerson } from './views.ts'

/** An operator can mend it, and is told how. */
const refused = (error: unknown): never => {
  throw error instanceof StartRefused ? new ImpossibleError('blocked', error.message) : error
}

type OfPerson = FastifyRequest<{ Params: { id: string } }>
type Deed = (person: number, request: OfPerson) => unknown

const largest = 20 * 1024 * 1024
const longestIdleMs = 60_000

/** The page's API; its shapes and errors are in protocol.ts. */
export const serveRoutes = (
  app: FastifyInstance,
  telegram: Telegram,
  { clock, regions }: { clock?: SandboxClock | undefined; regions?: SandboxRegions | undefined },
): void => {
  app.register(multipart, { limits: { fileSize: largest, files: 1 } })

  app.get('/sandbox/state', (): State => {
    const people = telegram.people()
    return {
      bot: toBot(telegram),
      clock: toClock(telegram, clock),
      ...(regions && { regions: { chosen: regions.chosen, codes: [...regions.codes] } }),
      people: people.map(toPerson),
      chats: Object.fromEntries(people.map((account) => [account.id, toChat(telegram, account)])),
    }
  })

  app.get('/sandbox/idle', async () => {
    await telegram.idle(longestIdleMs)
    return {}
  })

  app.get<{ Params: { fileId: string } }>('/sandbox/files/:fileId', (request, reply) => {
    const file = telegram.file(request.params.fileId)
    if (!file) throw new ImpossibleError('nothing', 'no such file')
    return reply
      .type(shownInPlace.has(file.mime) ? file.mime : 'application/octet-stream')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .header(
        'content-disposition',
        `${shownInPlace.has(file.mime) ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      )
      .send(Buffer.from(file.bytes))
  })

  app.post('/sandbox/clock', async (request): Promise<ClockView> => {
    const move = body(moveClockSchema, request)
    if (!clock) throw new ImpossibleError('blocked', 'this clock cannot be moved')
    await ('to' in move ? clock.toMonday() : clock.forward(move.minutes * 60_000)).catch(refused)
    return toClock(telegram, clock)
  })

  app.post('/sandbox/region', (request, reply) => {
    const { region } = body(chooseRegionSchema, request)
    if (!regions) throw new ImpossibleError('blocked', 'this sandbox has one region')
    if (!regions.codes.includes(region)) throw new ImpossibleError('invalid', 'no such region')
    // This server ends with its world: the answer goes first.
    reply.raw.once('close', () => regions.choose(region))
    return {}
  })

  app.post('/sandbox/people', (request) => {
    const { firstName, ...rest } = body(addPersonSchema, request)
    return toPerson(telegram.addPerson({ firstName, ...rest }))
  })

  const deeds: Record<string, Deed> = {
    text: (person, request) => {
      const { text, replyTo } = body(sendTextSchema, request)
      return sent(telegram.sendText(person, text, replyTo))
    },
    edit: (person, request) => {
      const { messageId, text } = body(editTextSchema, request)
      return sent(telegram.edit(person, messageId, text))
    },
    tap: async (person, request): Promise<TapAnswer> => {
      const { messageId, data } = body(tapSchema, request)
      if (!telegram.chat(person).some((message) => message.message_id === messageId)) {
        throw new ImpossibleError('nothing', 'no such message')
      }
      const answer = await telegram.tap(person, messageId, data)
      if (answer === 'expired') return { state: 'expired' }
      const { text, showAlert } = answer
      return { state: 'answered', ...(text ? { text, alert: showAlert ?? false } : {}) }
    },
    contact: (person, request) => {
      const { phone, firstName } = body(contactSchema, request)
      return sent(telegram.shareContact(person, { phone, firstName, other: phone !== undefined }))
    },
    document: async (person, request) => sent(telegram.sendDocument(person, await fileOf(request))),
    picture: async (person, request) => sent(telegram.sendPhoto(person, await fileOf(request))),
    sticker: (person) => sent(telegram.sendSticker(person)),
    voice: (person) => sent(telegram.sendVoice(person)),
    location: (person) => sent(telegram.sendLocation(person)),
    read: (person) => {
      telegram.read(person)
      return {}
    },
    block: (person, request) => {
      if (body(blockSchema, request).blocked) telegram.block(person)
      else telegram.unblock(person)
      return {}
    },
    delete: (person, request) => {
      telegram.hide(person, body(deleteSchema, request).messageId)
      return {}
    },
  }
  for (const [name, deed] of Object.entries(deeds)) {
    app.post<{ Params: { id: string } }>(`/sandbox/people/:id/${name}`, { bodyLimit: largest }, (request) =>
      deed(Number(request.params.id), request),
    )
  }
}

/** Types that browsers may display on the page's origin; anything else is downloaded. */
const shownInPlace = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'text/plain',
  'application/pdf',
])

const sent = (message: Message) => ({ messageId: message.message_id })

const body = <Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.infer<Schema> => {
  const read = schema.safeParse(request.body ?? {})
  if (!read.success) throw new ImpossibleError('invalid', 'the request body is invalid')
  return read.data
}

const fileOf = async (request: FastifyRequest): Promise<SentFile> => {
  const part = request.isMultipart() ? await request.file() : undefined
  if (!part) throw new ImpossibleError('invalid', 'a file is missing')
  const bytes = await part.toBuffer()
  const { caption } = part.fields
  const words = caption && 'value' in caption ? captionSchema.safeParse(caption.value).data : undefined
  return { name: part.filename, mime: part.mimetype, bytes, caption: words }
}
