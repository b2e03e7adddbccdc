import type { ClockView } from './clock-protocol.ts'
import { partOf } from './demo-people.ts'
import type { BotView, ChatView, MessageView, Person } from './protocol.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import type { Account, ChatMessage } from './telegram/state.ts'
import type { Telegram } from './telegram/telegram.ts'
import type { InlineButton } from './telegram/types.ts'

const shownMessages = 300

export const toPerson = ({ id, user, phone }: Account): Person => ({
  id,
  firstName: user.first_name,
  ...(user.last_name ? { lastName: user.last_name } : {}),
  ...(user.username ? { username: user.username } : {}),
  languageCode: user.language_code ?? 'ru',
  phone,
  part: partOf(id),
})

export const toBot = ({ bot, profile }: Telegram): BotView => ({
  id: bot.id,
  name: profile.name[''] || bot.first_name,
  username: bot.username ?? '',
  commands: profile.commands.default ?? {},
})

export const toClock = (telegram: Telegram, clock: SandboxClock | undefined): ClockView => ({
  now: telegram.clock.now().getTime(),
  ...(clock ? { timeZone: clock.timeZone } : {}),
  movable: clock !== undefined,
})

/** A chat as shown on the page. */
export const toChat = (telegram: Telegram, account: Account): ChatView => {
  const messages = telegram.chat(account.id)
  const waiting = telegram.undelivered(account.id)
  const keyboard = telegram.keyboard(account.id)
  return {
    messages: messages.slice(-shownMessages).map((message) => toMessage(telegram, message, waiting)),
    unread: messages.filter((message) => message.by === 'bot' && message.unread).length,
    replyKeyboard: keyboard && {
      rows: keyboard.keyboard.map((row) =>
        row.map(({ text, request_contact }) => ({ text, requestContact: request_contact ?? false })),
      ),
      oneTime: keyboard.one_time_keyboard ?? false,
      ...(keyboard.input_field_placeholder ? { placeholder: keyboard.input_field_placeholder } : {}),
      folded: keyboard.folded,
    },
    blocked: account.blocked,
    started: account.started,
    commands: telegram.commands(account.id),
    description: telegram.description(account.id),
  }
}

const toMessage = (telegram: Telegram, message: ChatMessage, waiting: Set<number>): MessageView => ({
  id: message.message_id,
  from: message.by,
  date: message.date,
  ...(message.edit_date === undefined ? {} : { editedAt: message.edit_date }),
  text: message.text ?? message.caption ?? '',
  entities: (message.entities ?? message.caption_entities ?? []).map(({ type, offset, length, url }) => ({
    type,
    offset,
    length,
    ...(url ? { url } : {}),
  })),
  ...attachments(telegram, message),
  inlineKeyboard: (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(toButton)),
  protected: message.has_protected_content ?? false,
  unread: message.by === 'bot' ? message.unread : waiting.has(message.message_id),
})

const attachments = (telegram: Telegram, message: ChatMessage): Partial<MessageView> => {
  const { document, contact, sticker, voice, location, poll, forward_origin: origin } = message
  const photo = message.photo?.at(-1)
  return {
    ...(document ? { document: toFile(telegram, document.file_id) } : {}),
    ...(photo
      ? { photo: { ...toFile(telegram, photo.file_id), width: photo.width, height: photo.height } }
      : {}),
    ...(contact
      ? {
          contact: {
            phone: `+${contact.phone_number.replace(/^\+/, '')}`,
            name: contact.first_name,
            own: contact.user_id === message.from?.id,
          },
        }
      : {}),
    ...(sticker ? { sticker: { emoji: sticker.emoji ?? '' } } : {}),
    ...(voice ? { voice: { seconds: voice.duration } } : {}),
    ...(location ? { location } : {}),
    ...(poll
      ? { poll: { question: poll.question, options: poll.options.map((option) => option.text) } }
      : {}),
    ...(origin ? { forwardedFrom: origin.sender_user.first_name } : {}),
  }
}

const toFile = (telegram: Telegram, fileId: string) => {
  const file = telegram.file(fileId)
  return { fileId, name: file?.name ?? '', size: file?.bytes.length ?? 0, mime: file?.mime ?? '' }
}

const toButton = ({ text, callback_data: data, url, copy_text: copy, style }: InlineButton) => ({
  text,
  ...(data === undefined ? {} : { data }),
  ...(url === undefined ? {} : { url }),
  ...(copy ? { copyText: copy.text } : {}),
  ...(style ? { style } : {}),
})
