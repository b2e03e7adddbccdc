import type { Said } from '#dialogue/input.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { inWords } from './said-in-words.ts'
import { contentToCentre } from './to-centre.ts'

/** A sticker, dice or the like: never an answer; a friendly one is answered, any other is passed on as its emoji. */
export const gestured = (turn: Turn, emoji: string | null): Promise<Step> =>
  contentToCentre(turn, { text: emoji ?? turn.say.label('words.sticker'), file: null }, emoji ?? '🙂')

/** An edited message: what it says now is a line of its own, since the former words may have been read. */
export const corrected = (turn: Turn, now: Said): Promise<Step> => {
  const { text, file } = inWords(turn.say, now)
  const mark = turn.say.label('words.corrected')
  // A new caption belongs to a file that has been sent.
  return contentToCentre(
    turn,
    text === null ? { text: mark, file } : { text: `${mark}\n${text}`, file: null },
  )
}
