import type { ChatView } from '../protocol.ts'
import { type Choice, choicesOf, drawKeyboard, drawMessage, keyboardOf } from './card.ts'
import type { Client } from './client.ts'
import { createPhone } from './phone.ts'

/**
 * One person's chat in a terminal: prints what is new or changed, and knows the numbers of the buttons as they were
 * printed, so that a card that changes in between is not pressed unseen.
 */
export const createConversation = (client: Client, personId: number, print: (text: string) => void) => {
  /** The messages as they were printed. */
  const shown = new Map<number, string>()
  let choices: Choice[] = []
  let keys = ''
  /** What has been printed since the last input. */
  let recent: string[] = []
  let refreshing = Promise.resolve()
  const phone = createPhone(client, personId)

  /** `own`: with the person's own messages, for a chat that has just been opened. */
  const show = (chat: ChatView, own: boolean): void => {
    const present = new Set(chat.messages.map(({ id }) => id))
    for (const id of shown.keys()) {
      if (present.has(id)) continue
      shown.delete(id)
      print(`── #${id} is gone`)
    }
    for (const message of chat.messages) {
      const drawn = drawMessage(message, false)
      const before = shown.get(message.id)
      if (before === drawn) continue
      shown.set(message.id, drawn)
      if (message.from === 'person' && !own) continue
      // An earlier card that has only lost its buttons is no news.
      if (before?.startsWith(drawn)) continue
      recent.push(message.text)
      print(before === undefined ? drawn : drawMessage(message, true))
    }
    const card = chat.messages.findLast(({ inlineKeyboard }) => inlineKeyboard.length > 0)
    const buttons = card ? choicesOf(card) : []
    const keyboard = keyboardOf(chat)
    choices = [...buttons, ...keyboard]
    const drawn = drawKeyboard(keyboard, buttons.length + 1)
    if (drawn !== keys && drawn !== '') print(drawn)
    keys = drawn
  }

  const read = async (own: boolean) => {
    const chat = (await client.state()).chats[personId]
    if (chat) show(chat, own)
  }
  /** One after the other: an older state must not be printed over a newer one. */
  const refresh = (own = false): Promise<void> => {
    refreshing = refreshing.then(() => read(own))
    return refreshing
  }

  const numbered = (number: number): Choice | undefined => choices[number - 1]
  const labelled = (label: string): Choice | undefined => {
    const plain = (text: string) => text.replace(/^[✓☐☑] ?/u, '')
    const exact = choices.find((one) => one.label === label || plain(one.label) === plain(label))
    return exact ?? choices.find((one) => plain(one.label).startsWith(label))
  }

  return {
    phone,
    refresh,
    numbered,
    labelled,
    /** A button of an earlier message, which may have changed since. */
    earlier: async (messageId: number, number: number): Promise<Choice | undefined> => {
      const message = (await client.state()).chats[personId]?.messages.find(({ id }) => id === messageId)
      return message && choicesOf(message)[number - 1]
    },
    /** Does something, then prints what came of it. */
    after: async (deed: () => Promise<string | undefined>): Promise<void> => {
      recent = []
      const answer = await deed()
      await client.idle()
      await refresh()
      if (answer) print(`   ${answer}`)
    },
    /** Whether a message with these words has been printed since the last input. */
    has: (words: string): boolean => recent.some((text) => text.includes(words)),
  }
}
