import { expect } from 'vitest'
import type { ChatMessage } from '#sandbox/telegram/state.ts'
import type { Telegram } from '#sandbox/telegram/telegram.ts'
import { screenPattern } from './screens.ts'
import { writes } from './writes.ts'

/** What a person does: a button by its label, a command or words, or something else by hand. */
export type Deed = string | { words: string } | ((chat: Chat) => unknown)
/** The screen that shows afterwards, by name (`question.applicant`), or words that stand on the card. */
export type Expected = string | RegExp

export type Chat = ReturnType<typeof createChat>

/**
 * One person's phone: what they do and what they see, and nothing else. Before and after each deed `settle` waits for
 * what is under way: a push that comes between two taps would be the newest card of one run and not of the next.
 */
export const createChat = (telegram: Telegram, id: number, settle = () => telegram.idle(60_000)) => {
  const messages = () => telegram.chat(id)
  const buttons = (message: ChatMessage) => message.reply_markup?.inline_keyboard.flat() ?? []

  /** The newest message of the bot with buttons: the live card, or a notice below it. */
  const card = (): ChatMessage => {
    const found = messages().findLast((message) => message.by === 'bot' && buttons(message).length > 0)
    if (!found) throw new Error(`No card in the chat: ${JSON.stringify(messages().map(({ text }) => text))}`)
    return found
  }

  /** What a button carries, for whoever sends it by hand. */
  const dataOf = (label: string, on: ChatMessage = card()): string => {
    const button = buttons(on).find(({ text }) => text.replace(/^✓ /, '') === label.replace(/^✓ /, ''))
    if (!button || !('callback_data' in button) || button.callback_data === undefined) {
      throw new Error(
        `No button «${label}» among ${JSON.stringify(buttons(on).map(({ text }) => text))} of: ${on.text}`,
      )
    }
    return button.callback_data
  }

  let seenWrites = 0
  /** A tap that no button offers: any payload, from any message. */
  const byHand = async (data: string, messageId?: number) => {
    if (seenWrites !== writes.count) await settle()
    seenWrites = writes.count
    const answer = telegram.tap(id, messageId ?? card().message_id, data)
    await settle()
    return answer
  }

  const tap = (label: string, on: ChatMessage = card()) => byHand(dataOf(label, on), on.message_id)

  const chat = {
    id,
    telegram,
    messages,
    buttons,
    card,
    dataOf,
    byHand,
    tap,
    settle,
    /** What stands on the card, or below its picture. */
    text: () => card().text ?? card().caption ?? '',
    /** Every word in the chat, for what must or must not be there. */
    allText: () =>
      messages()
        .map(({ text, caption }) => text ?? caption ?? '')
        .join('\n'),
    say: async (text: string) => {
      telegram.sendText(id, text)
      await settle()
    },
    start: async (payload = '') => {
      telegram.start(id, payload)
      await settle()
    },
    /** Shares the own number, or somebody else's. */
    shareContact: async (other?: { firstName: string; phone: string }) => {
      telegram.shareContact(id, other ? { ...other, other: true } : {})
      await settle()
    },
    /** Expects a screen (by name) or words on the newest card. */
    sees: (expected: Expected) => {
      const pattern = typeof expected === 'string' ? screenPattern(expected) : expected
      expect(chat.text(), `expected ${expected}`).toMatch(pattern)
    },
    /** A journey: pairs of what is done and what shows then. */
    play: async (steps: readonly (readonly [Deed, Expected])[]) => {
      await settle()
      for (const [deed, expected] of steps) {
        // A tap and words wait by themselves.
        if (typeof deed === 'function') {
          await deed(chat)
          await settle()
        } else if (typeof deed === 'object') await chat.say(deed.words)
        else if (deed.startsWith('/')) await chat.say(deed)
        else await tap(deed)
        chat.sees(expected)
      }
    },
  }
  return chat
}
