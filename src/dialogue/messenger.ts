import type { View } from './view.ts'

/**
 * How the workers reach people, whatever the channel. Every call throws RetryAfter when the channel wants to
 * be left alone for a while, and Unreachable when the person cannot be written to any more.
 */
export type Messenger = {
  /** Sends a message and returns its id. */
  send(account: string, view: View): Promise<number>
  /** Draws over a message; one that is gone stays gone. */
  edit(account: string, messageId: number, view: View): Promise<void>
  /** Takes a message back; one that is gone is no error. */
  remove(account: string, messageId: number): Promise<void>
  /** Draws the person's screen as it is now, as a new card. */
  drawScreen(account: string): Promise<void>
  /** Resolves when a message that nobody waits for may go out: so many a second, of all instances together. */
  turn(): Promise<void>
  /** Whether the person is answering a question just now. */
  inQuestion(account: string): Promise<boolean>
}

/** The person blocked the bot or left: sending stops, the work goes on without it. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}
