import { formatTime } from '#core/dates.ts'
import { DomainError } from '#core/errors.ts'
import type { Position } from '#dialogue/input.ts'
import { AlreadyDone, type Step, type Turn } from '#dialogue/screen.ts'
import type { Session } from '#dialogue/session.ts'
import { writeAsMember } from '#features/messages/messages-for-member.ts'
import { addNote } from '#features/requests/request-notes.ts'
import { mapOf } from './said-in-words.ts'

/** How often (ms) the place is written down of somebody who shares their position: their app reports each step. */
const everyMs = 5 * 60_000

/** Remembers to whom the place was sent that is going to move: to a family's curator, or else with the request. */
export const followPlace = ({ input, session, now }: Turn, familyId: string | null): void => {
  const { event, messageId } = input
  if (event.kind === 'place' && event.live && messageId !== undefined)
    session.live = { messageId, familyId, at: now.getTime() }
}

/** The position has moved: staff find it below the first one. Nobody is notified, and no card is drawn. */
export const moved = async (turn: Turn, position: Position): Promise<Step> => {
  const { session, input } = turn
  const { live } = session
  const now = turn.now.getTime()
  const stay: Step = { to: session.screen, still: true }
  if (!live || live.messageId !== input.messageId || now - live.at < everyMs) return stay
  try {
    await writeDown(turn, live, position)
  } catch (error) {
    if (error instanceof DomainError) {
      // Withdrawn, closed or left meanwhile: nobody reads it there any more, and the person has not asked for anything.
      delete session.live
      return stay
    }
    if (!(error instanceof AlreadyDone)) throw error
  }
  session.live = { ...live, at: now }
  return stay
}

const writeDown = (turn: Turn, { familyId }: NonNullable<Session['live']>, position: Position) => {
  const { deps, who, now, say } = turn
  const time = formatTime(now, deps.region.timeZone)
  const said = { text: `${say.label('words.placeMoved', { time })}\n${mapOf(position)}`, file: null }
  const about = { quiet: true as const }
  return turn.once(async (tx) => {
    if (familyId === null) await addNote(tx, deps, { who, said, now, ...about })
    else await writeAsMember(tx, deps, { who, familyId, said, about, now })
  })
}
