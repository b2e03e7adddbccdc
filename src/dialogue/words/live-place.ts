import { formatTime } from '#core/dates.ts'
import type { Position } from '#dialogue/input.ts'
import { AlreadyDone, type Step, type Turn } from '#dialogue/screen.ts'
import type { Session } from '#dialogue/session.ts'
import { changeMemberText } from '#features/messages/write-message.ts'
import { changeNoteText } from '#features/requests/request-for-member.ts'
import { mapOf } from './said-in-words.ts'

/** How often (ms) the stored place follows somebody who shares their position: their app reports each step. */
const everyMs = 60_000

/** Remembers where the place stands that is going to move. */
export const followPlace = (
  { input, session, now }: Turn,
  line: NonNullable<Session['live']>['line'],
): void => {
  const { event, messageId } = input
  if (event.kind === 'place' && event.live && messageId !== undefined)
    session.live = { messageId, line, at: now.getTime() }
}

/** The position has moved: the place that staff see is brought up to date, quietly, and no card is drawn. */
export const moved = async (turn: Turn, position: Position): Promise<Step> => {
  const { session, input, now, deps, say } = turn
  const { live } = session
  const stay: Step = { to: session.screen, still: true }
  if (live?.messageId !== input.messageId || live === undefined || now.getTime() - live.at < everyMs)
    return stay
  const time = formatTime(now, deps.region.timeZone)
  const text = `${say.label('words.placeMoved', { time })}\n${mapOf(position)}`
  try {
    const { line } = live
    await turn.once((tx) =>
      'message' in line
        ? changeMemberText(tx, deps, { id: line.message, text })
        : changeNoteText(tx, deps, { ...line, text }),
    )
  } catch (error) {
    if (!(error instanceof AlreadyDone)) throw error
  }
  session.live = { ...live, at: now.getTime() }
  return stay
}
