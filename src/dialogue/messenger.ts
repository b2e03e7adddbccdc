import type { View } from './view.ts'

/**
 * How the workers reach people, whatever the channel. A recipient is the `account` of a Person, which the channel opens, or
 * the account of an input. Every call throws RetryAfter when the channel wants to
 * be left alone for a while, and Unreachable when the person cannot be written to any more. `send` and `edit` throw Hidden when
 * the person has hidden the chat.
 */
export type Messenger = {
  /** Sends a message and returns its id. */
  send(recipient: string, view: View): Promise<string>
  /** Edits a message. A deleted message stays deleted. */
  edit(recipient: string, messageId: string, view: View): Promise<void>
  /** Deletes a message. Deleting it twice is no error. */
  remove(recipient: string, messageId: string): Promise<void>
  /** Redraws the person's current screen as a new card. */
  drawScreen(recipient: string): Promise<void>
  /** Redraws the live card in place, if the person has this request open on it. */
  redrawCase(recipient: string, requestId: string): Promise<void>
  /** Deletes the card that the person has open, forgets what it was about, and shows the menu. */
  endSession(recipient: string): Promise<void>
  /**
   * Deletes what can be deleted of a hidden chat and leaves `line`, if that is not done yet. Returns false if another process
   * does it now.
   */
  clear(recipient: string, line: string): Promise<boolean>
  /** Seconds for which a message to the person would be refused; 0: none that is known of. */
  wait(recipient: string, about: { urgent: boolean }): number
  /** Waits for the rate limit that all instances share; for messages that nobody is waiting for. */
  turn(): Promise<void>
  /** Whether the person is in the middle of a question. */
  inQuestion(recipient: string): Promise<boolean>
}

/** The person has hidden the chat: what is to be said waits until they come back. */
export class Hidden extends Error {
  override name = 'Hidden'
}

/** The person has blocked the bot or left. Sending stops; the work continues without it. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}
