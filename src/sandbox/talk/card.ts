import type { ChatView, MessageView } from '../protocol.ts'

/** Something that can be pressed, by its number on the screen. */
export type Choice = {
  label: string
  messageId: number
  data?: string | undefined
  url?: string | undefined
  copyText?: string | undefined
  /** Of the keyboard below the input field: sends its label, or the person's contact. */
  keyboard?: 'text' | 'contact'
}

/** A message as text, with the numbers of its buttons. */
export const drawMessage = (message: MessageView, changed: boolean): string => {
  const { id, from, date, text } = message
  const time = new Date(date * 1000).toLocaleTimeString('ru', { hour: '2-digit', minute: '2-digit' })
  const head = `── ${from === 'bot' ? '' : 'you · '}${time} · #${id}${changed ? ' · changed' : ''} `
  return [head.padEnd(64, '─'), ...things(message), text + links(message), ...rows(message)]
    .filter((line) => line !== '')
    .join('\n')
}

export const choicesOf = (message: MessageView): Choice[] =>
  message.inlineKeyboard
    .flat()
    .map(({ text: label, ...action }) => ({ label, messageId: message.id, ...action }))

const rows = ({ inlineKeyboard }: MessageView): string[] => {
  let number = 0
  return inlineKeyboard.map((row) =>
    row
      .map(({ text, url, copyText }) => {
        number += 1
        return `${String(number).padStart(3)}  ${text}${url ? ` ↗ ${url}` : ''}${copyText ? ' ⧉' : ''}`
      })
      .join('  '),
  )
}

/** The keyboard below the input field, numbered after the buttons of the newest card. */
export const keyboardOf = ({ replyKeyboard }: ChatView): Choice[] =>
  (replyKeyboard?.folded ? [] : (replyKeyboard?.rows ?? []))
    .flat()
    .map(({ text: label, requestContact }) => ({
      label,
      messageId: 0,
      keyboard: requestContact ? 'contact' : 'text',
    }))

export const drawKeyboard = (keys: readonly Choice[], first: number): string =>
  keys.map(({ label }, n) => `${String(first + n).padStart(3)}  ⌨ ${label}`).join('\n')

/** Links behind words, which a terminal cannot show. */
const links = ({ entities }: MessageView): string =>
  entities.flatMap(({ type, url }) => (type === 'text_link' && url ? [`\n  ↗ ${url}`] : [])).join('')

const things = (message: MessageView): string[] => {
  const { document, photo, contact, sticker, voice, location, poll } = message
  return [
    document ? `[file ${document.name}, ${document.size} bytes]` : '',
    photo ? `[picture ${photo.width} × ${photo.height}]` : '',
    contact ? `[contact ${contact.name} ${contact.phone}]` : '',
    sticker ? `[sticker ${sticker.emoji}]` : '',
    voice ? `[voice, ${voice.seconds} s]` : '',
    location ? `[place ${location.latitude}, ${location.longitude}]` : '',
    poll ? `[poll ${poll.question}]` : '',
  ]
}
