import { withDetected } from './entities/detect.ts'
import { ApiError, ImpossibleError } from './errors.ts'
import { asDocument, asPhoto, asRecording, keepFile } from './files.ts'
import { postFromPerson, setKeyboard } from './messages.ts'
import { foldFor, writer } from './persons.ts'
import { silentVoice } from './silent-voice.ts'
import type { World } from './state.ts'
import type { Contact, Content, Message, RecordingKind } from './types.ts'

export type SentFile = {
  name: string
  bytes: Uint8Array
  mime?: string | undefined
  caption?: string | undefined
}

/**
 * Without either: the person's own contact; `phone` alone: the own contact with another number, as a modified client
 * could send.
 */
export type SharedContact = {
  phone?: string | undefined
  firstName?: string | undefined
  /** Another person's contact: without `user_id`, or with the given one. */
  other?: boolean | number | undefined
}

/** The smallest PNG: one white pixel. */
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
)

/** Everything but text that a person can send; each function returns the message it created. */
export const createAttachments = (world: World) => {
  const post = (accountId: number, content: Content & Pick<Message, 'media_group_id'>): Message =>
    postFromPerson(world, writer(world, accountId), content)

  const shareContact = (accountId: number, shared: SharedContact = {}): Message => {
    const account = writer(world, accountId)
    const phone = (shared.phone ?? account.phone).replace(/[^0-9]/g, '')
    const own = shared.other === undefined || shared.other === false
    const contact: Contact = {
      phone_number: phone,
      first_name: shared.firstName ?? account.firstName,
      ...(own ? { user_id: accountId } : typeof shared.other === 'number' ? { user_id: shared.other } : {}),
    }
    const { keyboard } = account
    const asked = keyboard && world.rooms.get(accountId)?.history.get(keyboard.messageId)?.message
    if (keyboard?.markup.one_time_keyboard) setKeyboard(world, account, { ...keyboard, folded: true })
    return postFromPerson(world, account, { contact, ...(asked ? { reply_to_message: asked } : {}) })
  }

  return {
    /** Telegram delivers the number without «+». */
    shareContact,

    /** Presses a button of the reply keyboard. @throws ImpossibleError if there is none with this text */
    press: (accountId: number, text: string): Message => {
      const account = writer(world, accountId)
      const button = account.keyboard?.markup.keyboard.flat().find((one) => one.text === text)
      if (!button) throw new ImpossibleError('nothing', 'no such button')
      if (button.request_contact) return shareContact(accountId)
      foldFor(world, account, text)
      return post(accountId, { text })
    },

    sendDocument: (accountId: number, file: Partial<SentFile> = {}): Message => {
      const { name = 'document.txt', bytes = Buffer.from('.'), mime } = file
      writer(world, accountId)
      const kept = keepFile(world, { kind: 'document', name, bytes, ...(mime ? { mime } : {}) })
      return post(accountId, { document: asDocument(kept), ...captioned(file.caption) })
    },

    /** @throws ImpossibleError when the bytes are no picture */
    sendPhoto: (accountId: number, file: Partial<SentFile> = {}): Message => {
      const { name = 'photo.png', bytes = onePixel } = file
      writer(world, accountId)
      return post(accountId, { photo: picture(world, name, bytes), ...captioned(file.caption) })
    },

    sendSticker: (accountId: number, emoji = '👍'): Message => {
      writer(world, accountId)
      const { id, uniqueId } = keepFile(world, { kind: 'sticker', name: 'sticker.webp', bytes: onePixel })
      const shape = { type: 'regular' as const, width: 512, height: 512, is_animated: false, is_video: false }
      return post(accountId, { sticker: { file_id: id, file_unique_id: uniqueId, ...shape, emoji } })
    },

    sendVoice: (accountId: number, duration = 3): Message => {
      writer(world, accountId)
      const kept = keepFile(world, {
        ...{ kind: 'voice', name: 'voice.ogg', mime: 'audio/ogg' },
        bytes: silentVoice(duration),
      })
      return post(accountId, asRecording('voice', kept, duration))
    },

    sendRecording: (accountId: number, kind: RecordingKind, caption?: string): Message => {
      writer(world, accountId)
      const name = kind === 'audio' ? 'song.mp3' : 'video.mp4'
      const kept = keepFile(world, { kind, name, bytes: onePixel })
      return post(accountId, { ...asRecording(kind, kept), ...captioned(caption) })
    },

    /** Several photos or documents at once: a message each, under one id. */
    sendAlbum: (accountId: number, messages: readonly Content[]): Message[] => {
      const media_group_id = String(world.counters.message + 1)
      return messages.map((content) => post(accountId, { ...content, media_group_id }))
    },

    /** Any content, as Telegram describes it: what the emulator has no word for, such as service messages. */
    sendAny: (accountId: number, content: Record<string, unknown>): Message =>
      post(accountId, content as Content),

    sendLocation: (accountId: number, latitude = 45.0428, longitude = 41.9734): Message =>
      post(accountId, { location: { latitude, longitude } }),

    sendPoll: (accountId: number, question = '?', options = ['1', '2']): Message =>
      post(accountId, { poll: poll(world, question, options) }),

    /** Forwards another person's text. */
    forward: (accountId: number, text: string): Message => {
      const account = writer(world, accountId)
      const sender_user = { id: 777_000, is_bot: false, first_name: 'Telegram' }
      const entities = withDetected(text, [])
      return postFromPerson(world, account, {
        text,
        ...(entities.length > 0 ? { entities } : {}),
        forward_origin: { type: 'user', date: Math.floor(world.clock.now().getTime() / 1000), sender_user },
      })
    },
  }
}

const captioned = (caption: string | undefined): Content => (caption ? { caption } : {})

const picture = (world: World, name: string, bytes: Uint8Array) => {
  try {
    return asPhoto(keepFile(world, { kind: 'photo', name, bytes }))
  } catch (error) {
    if (error instanceof ApiError) throw new ImpossibleError('invalid', 'not an image')
    throw error
  }
}

const poll = (world: World, question: string, options: string[]) => ({
  id: String(world.counters.message + 1),
  question,
  options: options.map((text, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
  total_voter_count: 0,
  is_closed: false,
  is_anonymous: true,
  type: 'regular' as const,
  allows_multiple_answers: false,
  allows_revoting: false,
  members_only: false,
})
