import { badRequest, forbidden } from './errors.ts'
import { inlineOf, replyOf } from './keyboards.ts'
import { type Account, type Room, type Stored, seconds, type World } from './state.ts'
import type { Content, InlineKeyboard, Message, MessageOrigin, ReplyMarkup } from './types.ts'

/**
 * Returns a chat that the bot may write to.
 * @throws ApiError 400 chat not found; 403 when the person has blocked the bot or has never written
 */
export const reach = (
  world: World,
  chatId: number | string,
): { room: Room; account: Account | undefined } => {
  const id = Number(chatId)
  const room = world.rooms.get(id)
  if (!room) throw badRequest('chat not found')
  const account = world.accounts.get(id)
  if (account?.blocked) throw forbidden('bot was blocked by the user')
  if (account && !account.started) throw forbidden("bot can't initiate conversation with a user")
  return { room, account }
}

export type Outgoing = Content & {
  reply_markup?: ReplyMarkup | undefined
  protect_content?: boolean | undefined
  forward_origin?: MessageOrigin | undefined
  reply_to_message?: Message | undefined
}

/** Adds a message of the bot: assigns an id, stores and publishes it, and sets or removes the reply keyboard. */
export const postFromBot = (world: World, chatId: number | string, outgoing: Outgoing): Message => {
  const { room, account } = reach(world, chatId)
  const {
    reply_markup: markup,
    protect_content: guarded,
    forward_origin,
    reply_to_message,
    ...content
  } = outgoing
  const inline = inlineOf(markup)
  const keyboard = replyOf(markup, room.chat.type === 'private')
  world.limits.take(room.chat.id)
  const message: Message = {
    ...base(world, room),
    from: world.bot,
    ...content,
    ...(forward_origin ? { forward_origin } : {}),
    ...(reply_to_message ? { reply_to_message } : {}),
    ...(guarded ? { has_protected_content: true } : {}),
    ...(inline ? { reply_markup: inline } : {}),
  }
  const fixed = markup !== undefined && !('inline_keyboard' in markup)
  put(world, room, { message, from: 'bot', unread: true, ...(fixed ? { fixed } : {}) })
  if (account && keyboard) {
    setKeyboard(world, account, { markup: keyboard, messageId: message.message_id, folded: false })
  } else if (account && markup && 'remove_keyboard' in markup) setKeyboard(world, account, null)
  return message
}

/** Adds a message of a person, and the update for the bot. */
export const postFromPerson = (
  world: World,
  account: Account,
  content: Content & Pick<Message, 'forward_origin' | 'reply_to_message' | 'media_group_id'>,
  room: Room = roomOf(world, account.id),
): Message => {
  const { media_group_id: album } = content
  const message: Message = {
    ...base(world, room),
    ...written(world, room, album),
    from: account.user,
    ...content,
  }
  if (room.chat.type === 'private' && !account.started) {
    account.started = true
    world.touch(`account:${account.id}`)
  }
  put(world, room, { message, from: 'person', unread: false })
  world.updates.add({ message }, room.chat.id)
  return message
}

const base = (world: World, room: Room) => {
  world.counters.message += 1
  return { message_id: world.counters.message, date: seconds(world.clock), chat: room.chat }
}

/** When a person's message is dated; those of an album are sent at once. */
const written = ({ clock, typingSeconds }: World, { history }: Room, album: string | undefined) => {
  if (typingSeconds === 0) return {}
  const last = [...history.values()].findLast(({ from }) => from === 'person')?.message
  const apart =
    last === undefined || (album !== undefined && last.media_group_id === album) ? 0 : typingSeconds
  return { date: Math.max(seconds(clock), (last?.date ?? 0) + apart) }
}

const put = (world: World, room: Room, stored: Stored): void => {
  room.history.set(stored.message.message_id, stored)
  world.touch(`chat:${room.chat.id}`)
  world.touch('bot')
  world.emit({ type: 'message', chatId: room.chat.id, message: stored.message })
}

const roomOf = (world: World, id: number): Room => {
  const room = world.rooms.get(id)
  if (!room) throw badRequest('chat not found')
  return room
}

/** Replaces a message by its changed version. */
export const replaceMessage = (world: World, room: Room, stored: Stored, message: Message): Message => {
  room.history.set(message.message_id, { ...stored, message })
  world.touch(`chat:${room.chat.id}`)
  world.emit({ type: 'edited', chatId: room.chat.id, message })
  return message
}

/** Removes messages for both sides; a reply keyboard is removed with the message that set it. */
export const removeMessages = (world: World, room: Room, ids: number[]): void => {
  for (const id of ids) room.history.delete(id)
  world.touch(`chat:${room.chat.id}`)
  world.emit({ type: 'deleted', chatId: room.chat.id, messageIds: ids })
  const account = world.accounts.get(room.chat.id)
  if (account?.keyboard && ids.includes(account.keyboard.messageId)) setKeyboard(world, account, null)
}

export const setKeyboard = (world: World, account: Account, keyboard: Account['keyboard']): void => {
  account.keyboard = keyboard
  world.touch(`account:${account.id}`)
  world.emit({ type: 'keyboard', chatId: account.id })
}

/** The message with another keyboard, or without one. */
export const withMarkup = (message: Message, markup: InlineKeyboard | undefined): Message => {
  const { reply_markup: _, ...rest } = message
  return markup ? { ...rest, reply_markup: markup } : rest
}
