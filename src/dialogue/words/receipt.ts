import { countCharacters } from '#core/words.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { heavyLineOnce } from './heavy-line.ts'

/** Within this time (ms) who reads it and when need not be said again. */
const saidMs = 60_000
/** What is longer, or a file, is confirmed in full: it is nobody's aside. */
const shortest = 200

/**
 * How the person learns that their words were sent: the whole card with who reads them and when, and for short ones within a
 * minute of that one line. `apart`: the curator does not read it, which is said each time. Whatever the card owes, and anything about danger, is said in full.
 */
export const receipt = (
  turn: Turn,
  { readers, said, apart = false }: { readers: string; said: MessageContent; apart?: boolean },
  whole: Step,
): Step => {
  const { session, now, say, heard, builder } = turn
  const { told, undrawn, notices = [], crisis, screen } = session
  const short = said.file === null && countCharacters(said.text ?? '') <= shortest
  const covered = heard !== null || session.heard !== undefined || crisis !== undefined
  // Words of danger have a card that says more.
  const human = covered ? null : heavyLineOnce(turn, said.text)
  const owes = undrawn !== undefined || notices.length > 0
  const again =
    told?.readers === readers &&
    now.getTime() - told.at < saidMs &&
    told.screen === screen.name &&
    whole.to.name === screen.name
  if (again && short && !owes && !covered && human === null) {
    const view = builder.card('words.sent', say.t(apart ? 'messages.apart.alsoSent' : 'words.alsoSent'), [], {
      back: false,
    })
    return { to: screen, still: true, aside: { view } }
  }
  if (covered) delete session.told
  else session.told = { readers, screen: whole.to.name, at: now.getTime() }
  return human === null ? whole : { ...whole, notice: [human, whole.notice].filter(Boolean).join('\n\n') }
}
