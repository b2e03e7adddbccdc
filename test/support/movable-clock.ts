import type { Clock } from '#core/clock.ts'

/**
 * The real clock, moved: it goes on from where the test has put it, or from noon in Moscow today. Families' quiet hours
 * begin at nine in the evening, and no test depends on the hour at which it is run.
 */
export const movableClock = (at?: string): Clock & { set(at: string): void; forward(ms: number): void } => {
  const today = new Date(Date.now()).toISOString().slice(0, 10)
  let shift = Date.parse(at ?? `${today}T09:00:00Z`) - Date.now()
  return {
    now: () => new Date(Date.now() + shift),
    set: (moment) => {
      shift = Date.parse(moment) - Date.now()
    },
    forward: (ms) => {
      shift += ms
    },
  }
}
