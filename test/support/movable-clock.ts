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

/** Noon in Moscow, today: families' quiet hours begin at nine in the evening, and no test depends on when it is run. */
export const noon = (): string => `${new Date().toISOString().slice(0, 10)}T09:00:00Z`
