import type { ScreenState } from './registry.ts'
import { screenOf } from './screens.ts'
import type { Session } from './session.ts'

const isAside = (state: ScreenState): boolean => screenOf(state).aside === true

const isEnd = (state: ScreenState): boolean => {
  const { ends } = screenOf(state)
  return typeof ends === 'function' ? ends(state) : ends === true
}

/** Records the target of Back for the next screen. */
export const rememberBack = (session: Session, to: ScreenState) => {
  // Whoever goes on from the menu comes back to it, not to what was left unfinished before it.
  const fromMenu = session.screen.name === 'home' && to.name !== 'home'
  if (isEnd(to) || fromMenu) delete session.before
  else if (isAside(to) && !isAside(session.screen)) session.before = session.screen
  else if (!isAside(to)) delete session.before
}

/** Whether two states share a card. If not, buttons of the former card become stale. */
export const sameCard = (a: ScreenState, b: ScreenState): boolean =>
  a.name === b.name && identityOf(a) === identityOf(b)

const identityOf = (state: ScreenState): string => {
  const varies: readonly string[] = screenOf(state).varies ?? []
  return Object.entries(state)
    .filter(([field]) => !varies.includes(field))
    .sort()
    .join()
}

/** After this time without input, a question on the screen counts as abandoned. */
const leftAfterMs = 10 * 60_000

/** Whether the person is in the middle of a question or of typing an answer, and must not be interrupted by a push. */
export const isAnswering = ({ screen, lastInput, heard }: Session, now: Date): boolean => {
  const { interruptible, words } = screenOf(screen)
  const recent = lastInput !== undefined && now.getTime() - lastInput < leftAfterMs
  return recent && (heard !== undefined || !(interruptible ?? words === undefined))
}
