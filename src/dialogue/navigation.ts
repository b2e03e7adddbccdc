import type { ScreenState } from './registry.ts'
import { screenOf } from './screens.ts'
import type { Session } from './session.ts'

const isAside = (state: ScreenState): boolean => screenOf(state).aside === true

const isEnd = (state: ScreenState): boolean => {
  const { ends } = screenOf(state)
  return typeof ends === 'function' ? ends(state) : ends === true
}

/** Keeps where Back leads to from the screen that comes next. */
export const rememberBack = (session: Session, to: ScreenState) => {
  if (isEnd(to)) delete session.before
  else if (isAside(to) && !isAside(session.screen)) session.before = session.screen
  else if (!isAside(to)) delete session.before
}

/** Whether both are shown on one and the same card; if not, buttons of the former answer nothing any more. */
export const sameCard = (a: ScreenState, b: ScreenState): boolean => identityOf(a) === identityOf(b)

const identityOf = (state: ScreenState): string => {
  const varies: readonly string[] = screenOf(state).varies ?? []
  return Object.entries(state)
    .filter(([field]) => !varies.includes(field))
    .sort()
    .join()
}

/** After so long without a word, a question that is still on the screen has been left. */
const leftAfterMs = 10 * 60_000

/** Whether the person is in the middle of a question, or of words that they were asked for: no push interrupts them. */
export const isAnswering = ({ screen, lastInput }: Session, now: Date): boolean => {
  const { interruptible, words } = screenOf(screen)
  const recent = lastInput !== undefined && now.getTime() - lastInput < leftAfterMs
  return recent && !(interruptible ?? words === undefined)
}
