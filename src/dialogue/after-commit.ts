import type { LinkTap, Tap } from './callback-data.ts'
import type { ScreenState } from './registry.ts'
import type { Turn } from './screen.ts'
import { screenOf } from './screens.ts'

/**
 * An earlier delivery has committed the work of this input, but its card was never drawn. Continues from what is stored,
 * not from what was on the screen before.
 */
export const afterCommit = async (turn: Turn, tap: Tap | LinkTap | null): Promise<ScreenState> => {
  const { screen } = turn.session
  const onCard = tap !== null && tap.revision !== null ? tap : null
  return (await screenOf(screen).afterCommit?.(turn, screen, onCard)) ?? screen
}
