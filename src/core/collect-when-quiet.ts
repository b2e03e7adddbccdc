import { performance } from 'node:perf_hooks'

/** Above this share of a second the event loop is busy with people. */
const quietShare = 0.1
const lookMs = 1_000

type Collect = { flavor: 'regular' | 'last-resort' }

/**
 * Collects garbage `afterMs` from now, or in the first second after it in which little happens: a collection stops everything for a tenth
 * of a second, and a thorough one (`last-resort`) throws compiled code away that people who write just then need. Does nothing
 * without `--expose-gc`.
 */
export const collectWhenQuiet = (afterMs: number, { flavor }: Collect): void => {
  const look = () => {
    const before = performance.eventLoopUtilization()
    setTimeout(() => {
      const { utilization } = performance.eventLoopUtilization(before)
      if (utilization > quietShare) look()
      else globalThis.gc?.({ type: 'major', flavor })
    }, lookMs).unref()
  }
  setTimeout(look, afterMs - lookMs).unref()
}
