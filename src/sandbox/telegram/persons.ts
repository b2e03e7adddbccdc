import { withDetected } from './entities/detect.ts'
import { ImpossibleError } from './errors.ts'
import { postFromPerson, replaceMessage, setKeyboard } from './messages.ts'
import { type Account, type ChatMessage, type Room, seconds, type World } from './state.ts'
import type { TapAnswer } from './taps.ts'
import type { Content, Message, ReplyKeyboard, User } from './types.ts'

export type NewPerson = {
  firstName: string
  lastName?: string | undefined
  username?: string | undefined
  languageCode?: string | undefined
  /** As displayed: `+79001112233`. */
  phone: string
  id?: number | undefined
}

/** Adds a person with Telegram who has not met the bot yet. */
const addPerson = (world: World, person: NewPerson): Account => {
  const id = person.id ?? world.counters.account + 1
  if (world.accounts.has(id)) throw new ImpossibleError('invalid', 'this id is taken')
  world.counters.account = Math.max(world.counters.account, id)
  const names = {
    first_name: person.firstName,
    ...(person.lastName ? { last_name: person.lastName } : {}),
    ...(person.username ? { username: person.username } : {}),
  }
  const user: User = { id, is_bot: false, ...names, language_code: person.languageCode ?? 'ru' }
  const { firstName, phone } = person
  const account: Account = { id, firstName, phone, user, started: false, blocked: false, keyboard: null }
  world.accounts.set(id, account)
  world.rooms.set(id, { chat: { id, type: 'private', ...names }, history: new Map() })
  for (const part of [`account:${id}`, `chat:${id}`, 'bot']) world.touch(part)
  world.emit({ type: 'person', account })
  return account
}

/** @throws ImpossibleError if there is no such person */
const accountOf = (world: World, id: number): Account => {
  const account = world.accounts.get(id)
  if (!account) throw new ImpossibleError('nobody', 'no such person')
  return account
}

/** A person who has blocked the bot cannot write to it. @throws ImpossibleError if unknown or blocking */
export const writer = (world: World, id: number): Account => {
  const account = accountOf(world, id)
  if (account.blocked) throw new ImpossibleError('blocked', 'the bot is blocked')
  return account
}

const room = (world: World, id: number): Room => {
  accountOf(world, id)
  const found = world.rooms.get(id)
  if (!found) throw new ImpossibleError('nobody', 'no such chat')
  return found
}

const typed = (text: string): Content => {
  if (text.trim() === '') throw new ImpossibleError('invalid', 'an empty message cannot be sent')
  if (text.length > 4096) throw new ImpossibleError('invalid', 'a message has at most 4,096 characters')
  const entities = withDetected(text, [])
  return { text, ...(entities.length > 0 ? { entities } : {}) }
}

/** The person's actions in the chat with the bot; each returns the message it created. */
export const createPersons = (world: World) => ({
  addPerson: (person: NewPerson) => addPerson(world, person),
  people: (): Account[] => [...world.accounts.values()],

  /** The chat as this person sees it, oldest first; long random walks read only the `newest` messages. */
  chat: (accountId: number, newest = Number.POSITIVE_INFINITY): ChatMessage[] => {
    const seen = [...room(world, accountId).history.values()].filter((stored) => !stored.hidden)
    return seen
      .slice(Math.max(seen.length - newest, 0))
      .map(({ message, from, unread }) => ({ ...message, by: from, unread }))
  },

  /** The reply keyboard below the input field; a collapsed one can be opened again. */
  keyboard: (accountId: number): (ReplyKeyboard & { folded: boolean }) | null => {
    const { keyboard } = accountOf(world, accountId)
    return keyboard && { ...keyboard.markup, folded: keyboard.folded }
  },

  /**
   * Sends the text unchanged, so that tests can send what an app would have cleaned. `replyTo`: a message of the chat.
   * @throws ImpossibleError if the message replied to does not exist
   */
  sendText: (accountId: number, text: string, replyTo?: number): Message => {
    const account = writer(world, accountId)
    const content = typed(text)
    const replied = replyTo === undefined ? {} : { reply_to_message: repliedTo(world, accountId, replyTo) }
    foldFor(world, account, text)
    return postFromPerson(world, account, { ...content, ...replied })
  },

  /** «Reply» to a message of the chat. */
  reply: (accountId: number, messageId: number, text: string): Message => {
    const replied = room(world, accountId).history.get(messageId)?.message
    if (!replied) throw new ImpossibleError('nothing', 'no such message')
    return postFromPerson(world, writer(world, accountId), { ...typed(text), reply_to_message: replied })
  },

  /** A position that is being shared moves: an edit of its message, as in Telegram. */
  move: (accountId: number, messageId: number, latitude: number, longitude: number): Message => {
    writer(world, accountId)
    const stored = room(world, accountId).history.get(messageId)
    if (!stored?.message.location) throw new ImpossibleError('nothing', 'no place is shared')
    const location = { ...stored.message.location, latitude, longitude }
    const edited = { ...stored.message, location, edit_date: seconds(world.clock) }
    replaceMessage(world, room(world, accountId), stored, edited)
    world.updates.add({ edited_message: edited }, accountId)
    return edited
  },

  /** Opens `https://t.me/<bot>?start=<payload>`, or just presses Start. */
  start: (accountId: number, payload = ''): Message => {
    if (!/^[A-Za-z0-9_-]{0,64}$/.test(payload)) throw new ImpossibleError('invalid', 'no such deep link')
    return postFromPerson(world, writer(world, accountId), typed(payload ? `/start ${payload}` : '/start'))
  },

  /**
   * Taps a button, or sends any other `data` for a message (forged). Resolves with the bot's answer, or `expired`
   * after 150 s without one. The message may have been deleted meanwhile.
   */
  tap: (accountId: number, messageId: number, data: string): Promise<TapAnswer> => {
    const account = writer(world, accountId)
    const message = room(world, accountId).history.get(messageId)?.message
    const { id, answer } = world.taps.add(accountId, messageId)
    const gone: Message = { message_id: messageId, date: 0, chat: room(world, accountId).chat }
    const query = { id, from: account.user, chat_instance: `-${accountId}`, data, message: message ?? gone }
    world.updates.add({ callback_query: query }, accountId)
    return answer
  },

  /** Edits the person's own text. */
  edit: (accountId: number, messageId: number, text: string): Message => {
    writer(world, accountId)
    const stored = room(world, accountId).history.get(messageId)
    if (stored?.from !== 'person' || stored.message.text === undefined) {
      throw new ImpossibleError('nothing', 'this message cannot be edited')
    }
    const { entities: _, ...rest } = stored.message
    const edited = { ...rest, ...typed(text), edit_date: seconds(world.clock) }
    replaceMessage(world, room(world, accountId), stored, edited)
    world.updates.add({ edited_message: edited }, accountId)
    return edited
  },

  /** Deletes a message on this person's side; the bot is not notified. */
  hide: (accountId: number, messageId: number): void => {
    const { history } = room(world, accountId)
    const stored = history.get(messageId)
    if (!stored) throw new ImpossibleError('nothing', 'no such message')
    history.set(messageId, { ...stored, hidden: true })
    world.touch(`chat:${accountId}`)
    world.emit({ type: 'deleted', chatId: accountId, messageIds: [messageId] })
  },

  /** Marks all messages of the bot as read. */
  read: (accountId: number): void => {
    let changed = false
    for (const [id, stored] of room(world, accountId).history) {
      if (stored.from !== 'bot' || !stored.unread) continue
      room(world, accountId).history.set(id, { ...stored, unread: false })
      changed = true
    }
    if (!changed) return
    world.touch(`chat:${accountId}`)
    world.emit({ type: 'read', chatId: accountId })
  },

  block: (accountId: number): void => setBlocked(world, accountId, true),
  unblock: (accountId: number): void => setBlocked(world, accountId, false),

  /** Sends a message to a group with the bot; creates the group if needed. */
  sendToGroup: (accountId: number, text: string, groupId = -1001): Message => {
    const account = writer(world, accountId)
    const group = world.rooms.get(groupId) ?? {
      chat: { id: groupId, type: 'group' as const, title: 'Group' },
      history: new Map(),
    }
    world.rooms.set(groupId, group)
    return postFromPerson(world, account, typed(text), group)
  },

  /** The messages of a group, oldest first. */
  group: (groupId = -1001): Message[] =>
    [...(world.rooms.get(groupId)?.history.values() ?? [])].map((one) => one.message),
})

/** As Telegram hands it on: without the message that it was itself a reply to. */
const repliedTo = (world: World, accountId: number, messageId: number): Message => {
  const stored = room(world, accountId).history.get(messageId)
  if (!stored || stored.hidden) throw new ImpossibleError('nothing', 'no such message')
  const { reply_to_message: _, ...message } = stored.message
  return message
}

const setBlocked = (world: World, accountId: number, blocked: boolean): void => {
  const account = accountOf(world, accountId)
  if (account.blocked === blocked) return
  account.blocked = blocked
  world.touch(`account:${accountId}`)
  world.emit({ type: 'blocked', chatId: accountId, blocked })
  if (!account.started) return
  const kicked = { status: 'kicked' as const, user: world.bot, until_date: 0 }
  const member = { status: 'member' as const, user: world.bot }
  const [old_chat_member, new_chat_member] = blocked ? [member, kicked] : [kicked, member]
  const { chat } = room(world, accountId)
  const change = { chat, from: account.user, date: seconds(world.clock), old_chat_member, new_chat_member }
  world.updates.add({ my_chat_member: change }, accountId)
}

/** A one-time keyboard collapses when one of its buttons is used. */
export const foldFor = (world: World, account: Account, text: string): void => {
  const { keyboard } = account
  if (!keyboard?.markup.one_time_keyboard || keyboard.folded) return
  const used = keyboard.markup.keyboard.flat().some((button) => button.text === text)
  if (used) setKeyboard(world, account, { ...keyboard, folded: true })
}
