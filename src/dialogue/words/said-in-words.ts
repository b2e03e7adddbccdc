import type { Say } from '#core/text.ts'
import type { Position, Said } from '#dialogue/input.ts'
import type { MessageContent } from '#features/messages/message-files.ts'

/** What was said, as a message: everything but a file is told in words. */
export const inWords = (say: Say, said: Said): MessageContent => {
  switch (said.kind) {
    case 'text':
      return { text: marked(say, said.text, said.forwarded), file: null }
    case 'file':
      return { text: said.caption === '' ? null : marked(say, said.caption, said.forwarded), file: said.file }
    case 'contact':
      return { text: say.label('words.contact', { name: said.name, phone: said.phone }), file: null }
    case 'place':
      return { text: placeInWords(say, said), file: null }
  }
}

const marked = (say: Say, text: string, forwarded: true | undefined): string =>
  forwarded ? `${say.label('words.forwarded')}\n${text}` : text

/** A place as a link to a map, which the reader's app makes of the address. */
const placeInWords = (say: Say, { title, ...at }: Position & { title: string | null }): string =>
  [say.label('words.place'), title, mapOf(at)].filter(Boolean).join('\n')

export const mapOf = ({ latitude, longitude }: Position): string => {
  const [lat, lon] = [latitude, longitude].map((degrees) => degrees.toFixed(6))
  return `https://yandex.ru/maps/?pt=${lon},${lat}&z=17&l=map`
}
