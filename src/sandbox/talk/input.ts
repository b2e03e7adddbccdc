import type { MoveClock } from '../clock-protocol.ts'

/** A line of the terminal, understood. */
export type Input =
  | { kind: 'nothing' }
  | { kind: 'people' }
  | { kind: 'help' }
  | { kind: 'quit' }
  | { kind: 'voice' }
  | { kind: 'sticker' }
  | { kind: 'place' }
  | { kind: 'contact' }
  /** The number beside a button; typed words if there is no such button. */
  | { kind: 'number'; number: number }
  /** A button of an earlier message. */
  | { kind: 'earlier'; messageId: number; number: number }
  /** A button by its label, or by how the label begins. */
  | { kind: 'label'; label: string }
  | { kind: 'words'; text: string; replyTo?: number }
  | { kind: 'edit'; messageId: number; text: string }
  | { kind: 'photo' | 'file'; rest: string }
  | { kind: 'clock'; move: MoveClock }
  /** Waits for a message with these words; with any words if there are none. */
  | { kind: 'wait'; words: string }
  | { kind: 'unknown'; reason: string }

const plain = ['voice', 'sticker', 'place', 'contact'] as const
const own = ['people', 'help', 'quit'] as const

/**
 * Reads a line. Whatever has no meaning here is typed into the chat as it is, commands of the bot included; `=` before
 * a line says that it is typed words, such as a number that is also beside a button.
 */
export const readInput = (line: string): Input => {
  const text = line.trim()
  if (text === '' || /^#(\s|$)/.test(text)) return { kind: 'nothing' }
  if (text.startsWith('=')) return { kind: 'words', text: text.slice(1) }
  const [, label] = /^\[(.+)\]$/.exec(text) ?? []
  if (label !== undefined) return { kind: 'label', label }
  if (/^\d{1,2}$/.test(text)) return { kind: 'number', number: Number(text) }
  const [, message, number] = /^#(\d+) (\d{1,2})$/.exec(text) ?? []
  if (message) return { kind: 'earlier', messageId: Number(message), number: Number(number) }
  const [, sign, name = '', rest = ''] = /^([/:])(\w+)\s*([\s\S]*)$/.exec(text) ?? []
  if (sign === '/') return ofPhone(name, rest) ?? { kind: 'words', text }
  if (sign === ':') return ofTerminal(name, rest)
  return { kind: 'words', text: line }
}

/** What a phone does beside typing; null for the commands of the bot. */
const ofPhone = (name: string, rest: string): Input | null => {
  const kind = plain.find((one) => one === name)
  if (kind) return { kind }
  if (name === 'photo' || name === 'file') return { kind: name, rest }
  if (name !== 'reply' && name !== 'edit') return null
  const [, message, text = ''] = /^#?(\d+)\s+([\s\S]+)$/.exec(rest) ?? []
  if (!message) return { kind: 'unknown', reason: `/${name} needs the number of a message, then words` }
  const messageId = Number(message)
  return name === 'edit' ? { kind: 'edit', messageId, text } : { kind: 'words', text, replyTo: messageId }
}

const ofTerminal = (name: string, rest: string): Input => {
  const kind = own.find((one) => one === name)
  if (kind) return { kind }
  if (name === 'clock') return ofClock(rest)
  if (name === 'wait') return { kind: 'wait', words: rest }
  return { kind: 'unknown', reason: `there is no «:${name}»; :help lists what there is` }
}

const minutesOf: Record<string, number> = { m: 1, h: 60, d: 24 * 60 }

/** `+30m`, `+1h`, `+2d` or `monday`. */
const ofClock = (rest: string): Input => {
  if (rest === 'monday') return { kind: 'clock', move: { to: 'monday' } }
  const [, count, unit = ''] = /^\+?(\d{1,4})([mhd])$/.exec(rest) ?? []
  const minutes = Number(count) * (minutesOf[unit] ?? 0)
  if (minutes > 0) return { kind: 'clock', move: { minutes } }
  return { kind: 'unknown', reason: ':clock needs +30m, +1h, +2d or monday' }
}
