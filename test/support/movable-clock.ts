import type { Clock } from '#core/clock.ts'

/** The real clock, moved: it goes on from where the test has put it. */
export const movableClock = (at?: string): Clock & { set(at: string): void; forward(ms: number): void } => {
  let shift = at === undefined ? 0 : Date.parse(at) - Date.now()
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
