import type { ChatMessage } from '#sandbox/telegram/state.ts'
import type { Chat } from './chat.ts'
import type { Dice } from './dice.ts'

/** What was sent, and by which words or id it is found where it is kept; null: nobody can be shown it. */
export type Sent = { what: string; messageId: number; marker: string | null; answered: boolean }

/** A person who sends anything that Telegram has, and remembers what it was. */
export const createSayer = (chat: Chat, dice: Dice) => {
  const { telegram, id } = chat
  let count = 0
  const word = (): string => {
    count += 1
    return `слово${id}x${count}`
  }
  const sent = (what: string, { message_id }: { message_id: number }, marker: string | null): Sent => ({
    ...{ what, messageId: message_id, marker },
    answered: true,
  })
  const fileOf = ({
    photo,
    voice,
    document,
    video_note,
  }: Pick<ChatMessage, 'photo' | 'voice' | 'document' | 'video_note'>) =>
    photo?.at(-1)?.file_id ?? voice?.file_id ?? document?.file_id ?? video_note?.file_id ?? ''
  const inWords = (what: string, send: (text: string) => { message_id: number }): Sent => {
    const text = word()
    return sent(what, send(text), text)
  }
  const withFile = (what: string, send: () => ChatMessage | ReturnType<typeof telegram.sendPhoto>): Sent => {
    const message = send()
    return sent(what, message, fileOf(message))
  }
  const replied = (text: string) => {
    const to = dice.pick(telegram.chat(id, 10).filter(({ by }) => by === 'bot'))
    return to ? telegram.reply(id, to.message_id, text) : telegram.sendText(id, text)
  }
  const edited = (text: string) => {
    const own = telegram.chat(id, 12).findLast(({ by, text: said }) => by === 'person' && said !== undefined)
    if (!own || own.text?.startsWith('/')) return telegram.sendText(id, text)
    telegram.edit(id, own.message_id, text)
    // An edit has no place of its own in the chat: what answers it comes below all that is there.
    return { message_id: Math.max(...telegram.chat(id, 1).map(({ message_id }) => message_id)) }
  }

  return (): Sent =>
    dice.oneOf<Sent>([
      [8, () => inWords('text', (text) => telegram.sendText(id, text))],
      [1, () => inWords('long text', (text) => telegram.sendText(id, `${text} `.padEnd(4090, 'я')))],
      [2, () => inWords('forward', (text) => telegram.forward(id, text))],
      [2, () => inWords('poll', (text) => telegram.sendPoll(id, text, ['да']))],
      [3, () => inWords('reply', replied)],
      [2, () => inWords('edited', edited)],
      [
        2,
        () =>
          inWords('contact', (text) =>
            telegram.shareContact(id, { firstName: text, phone: '+79005554433', other: true }),
          ),
      ],
      [
        2,
        () =>
          inWords('refused, with a caption', (caption) =>
            telegram.sendDocument(id, { name: 'a.exe', caption }),
          ),
      ],
      [2, () => withFile('photo', () => telegram.sendPhoto(id))],
      [2, () => withFile('voice', () => telegram.sendVoice(id))],
      [1, () => withFile('video note', () => telegram.sendRecording(id, 'video_note'))],
      [2, () => withFile('document', () => telegram.sendDocument(id, { name: 'справка.pdf' }))],
      [1, () => sent('refused', telegram.sendDocument(id, { name: 'a.apk' }), null)],
      [1, () => sent('story', telegram.sendAny(id, { story: { id: 1 } }), null)],
      [1, () => sent('sticker', telegram.sendSticker(id), null)],
      [1, () => placed()],
      [
        1,
        () => ({
          ...sent('service', telegram.sendAny(id, { boost_added: { boost_count: 1 } }), null),
          answered: false,
        }),
      ],
    ])

  function placed(): Sent {
    count += 1
    const longitude = 40 + count / 10_000
    return sent('place', telegram.sendLocation(id, 45, longitude), longitude.toFixed(6))
  }
}
