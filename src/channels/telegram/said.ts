import { z } from 'zod'
import { cleanText } from '#core/words.ts'
import type { InputEvent, Said } from '#dialogue/input.ts'
import type { Message } from './message.ts'
import { fileOf } from './sent-file.ts'

type Spoken = Said | Extract<InputEvent, { kind: 'gesture' }>

export const isSaid = (event: Spoken): event is Said => event.kind !== 'gesture'

/** What a message says, in whatever form; null if nothing of it can be shown to anybody. */
export const saidIn = (sent: Message, senderId: number): Spoken | null => {
  const forwarded = sent.forward_origin === undefined ? {} : { forwarded: true as const }
  const file = fileOf(sent)
  if (file) return { ...file, ...forwarded }
  const place = placeOf(sent)
  if (place) return place
  const { contact } = sent
  if (contact) {
    const name = cleanText([contact.first_name, contact.last_name].filter(Boolean).join(' '))
    return { kind: 'contact', phone: contact.phone_number, own: contact.user_id === senderId, name }
  }
  const text = cleanText(sent.text ?? listed(sent))
  if (text !== '') return { kind: 'text', text, ...forwarded }
  return gestureOf(sent)
}

const position = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  live_period: z.number().optional(),
})
const placed = z.object({
  location: position.optional(),
  venue: z.object({ location: position, title: z.string(), address: z.string() }).optional(),
})

const placeOf = (sent: Message): Said | null => {
  const { venue, location = venue?.location } = placed.safeParse(sent).data ?? {}
  if (!location) return null
  const { latitude, longitude, live_period } = location
  const title = venue ? cleanText(`${venue.title}, ${venue.address}`) : null
  return { kind: 'place', latitude, longitude, title, live: live_period !== undefined }
}

const poll = z.object({ question: z.string(), options: z.array(z.object({ text: z.string() })) })
const checklist = z.object({ title: z.string(), tasks: z.array(z.object({ text: z.string() })) })

/** A poll or a checklist in words, a line each; the words of a rich message. */
const listed = ({ poll: asked, checklist: list, rich_message: rich }: Message): string => {
  const { question, options } = poll.safeParse(asked).data ?? {}
  if (question !== undefined) return [question, ...(options ?? []).map(({ text }) => `– ${text}`)].join('\n')
  const { title, tasks } = checklist.safeParse(list).data ?? {}
  if (title !== undefined) return [title, ...(tasks ?? []).map(({ text }) => `– ${text}`)].join('\n')
  return wordsIn(rich, 0)
}

/** Fields of a rich text that hold words, and what stands between several of them. */
const worded = [
  ['text', ''],
  ['expression', ''],
  ['summary', ''],
  ['blocks', '\n'],
  ['items', '\n'],
  ['cells', '\n'],
  ['caption', ''],
] as const

const wordsIn = (value: unknown, depth: number, between = ''): string => {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > 20) return ''
  if (Array.isArray(value)) return value.map((one) => wordsIn(one, depth + 1, between)).join(between)
  const fields = value as Record<string, unknown>
  return worded.map(([field, gap]) => wordsIn(fields[field], depth + 1, gap)).join('')
}

const nod = z.object({ emoji: z.string().max(32).optional() })

const gestureOf = ({ sticker, dice, game }: Message): Spoken | null => {
  const given = nod.safeParse(sticker ?? dice ?? game)
  return given.success ? { kind: 'gesture', emoji: given.data.emoji ?? null } : null
}
