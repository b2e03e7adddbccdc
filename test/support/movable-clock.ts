import type { Clock } from '#core/clock.ts'

/** The real clock, moved: it goes on from where the test has put it, or from now. */
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

/** Noon of a Tuesday in Moscow: no test depends on the day and the hour at which it is run. */
export const noon = (): string => '2026-11-24T09:00:00Z'
