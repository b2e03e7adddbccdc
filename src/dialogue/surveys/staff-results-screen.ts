import { DomainError } from '#core/errors.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { linkMs, newConsoleAddress } from '#features/console/console-access.ts'
import { resultsLinkView, resultsView } from './staff-results-view.ts'
import { rescueAnswered } from './staff-survey-rescue.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    results: Stateless
  }
  interface Links {
    results: 'results'
    'survey-answered': 'results'
  }
}

const to = { name: 'results' } as const
const minutes = linkMs / 60_000

/** Leads a supervisor to the survey results in the console. */
export const resultsScreen = defineScreen({
  name: 'results',
  aside: true,
  links: {
    results: () => ({ to: { name: 'results' } }),
    'survey-answered': byId(rescueAnswered),
  },
  draw: (turn) => {
    supervisorOf(turn)
    const reachable = turn.deps.pagesUrl !== undefined
    return resultsView(turn.builder, { reachable, minutes })
  },
  tap: (turn, _, tap) => {
    if (tap.action !== 'set') return null
    if (tap.arg === 'tell') return { to: { name: 'tell-survey' } }
    return tap.arg === 'link' ? giveLink(turn) : null
  },
})

/** Throws `not-found` for anybody but a supervisor. */
const supervisorOf = ({ who }: Turn): string => {
  if (!who?.staff?.active || who.staff.role !== 'supervisor') throw new DomainError('not-found')
  return who.staff.id
}

/** Gives a one-time link, which is deleted from the chat when it expires. */
const giveLink = async (turn: Turn): Promise<Step | null> => {
  const { deps, say, now } = turn
  const { pagesUrl } = deps
  const staffId = supervisorOf(turn)
  if (pagesUrl === undefined) return null
  const { address } = await turn.once((tx) =>
    newConsoleAddress(tx, deps, { pagesUrl, staffId, to: 'surveys', now }),
  )
  const view = resultsLinkView(say, { address, minutes })
  return { to, aside: { view, deleteAfterMinutes: minutes }, fresh: true }
}
