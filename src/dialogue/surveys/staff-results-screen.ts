import { DomainError } from '#core/errors.ts'
import type { Screen, Step, Turn } from '#dialogue/screen.ts'
import { resultsLinkView, resultsView } from './staff-results-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { linkMs, newResultsAddress, sessionMs } from '#features/surveys/results/results-access.ts'

const to = { name: 'results' } as const
const minutes = (ms: number): number => ms / 60_000

/** The way from a supervisor's chat to what families answered. */
export const resultsScreen: Screen<'results'> = {
  draw: (turn) => {
    supervisorOf(turn)
    const reachable = turn.deps.publicUrl !== undefined
    return resultsView(createPen(turn.say, turn.session.revision), { reachable, minutes: minutes(sessionMs) })
  },
  tap: (turn, _, tap) => {
    if (tap.action !== 'set') return null
    if (tap.arg === 'tell') return { to: { name: 'tell-survey' } }
    return tap.arg === 'link' ? giveLink(turn) : null
  },
}

/** Throws `not-found` for anybody but a supervisor. */
const supervisorOf = ({ who }: Turn): string => {
  if (!who?.staff?.active || who.staff.role !== 'supervisor') throw new DomainError('not-found')
  return who.staff.id
}

/** A link that works once; it goes from the chat when it works no more. */
const giveLink = async (turn: Turn): Promise<Step | null> => {
  const { deps, say, now } = turn
  const { publicUrl } = deps
  const staffId = supervisorOf(turn)
  if (publicUrl === undefined) return null
  const { address } = await turn.once((tx) => newResultsAddress(tx, deps, { publicUrl, staffId, now }))
  const view = resultsLinkView(say, { address, minutes: minutes(linkMs) })
  return { to, aside: { view, deleteAfterMinutes: minutes(linkMs) }, fresh: true }
}
