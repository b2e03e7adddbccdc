const minuteMs = 60_000

/**
 * Asks for `begin` once a minute of the given clock, at a beat: at the first one, and after a missed minute at once. `begin` is
 * given the minute, by which several instances agree on one of them. One that fails is tried again at the next beat.
 */
export const createMinutes = (
  begin: (minute: number) => Promise<void>,
  now: () => number,
  onError: (error: unknown) => void,
): { beat(): void; stop(): Promise<void> } => {
  let begun: number | undefined
  let underWay: Promise<void> | undefined
  let failing = false

  const tryBegin = async (minute: number): Promise<void> => {
    try {
      await begin(minute)
      begun = minute
      failing = false
    } catch (error) {
      // Logged once per outage.
      if (!failing) onError(error)
      failing = true
    }
  }

  return {
    beat: () => {
      const minute = Math.floor(now() / minuteMs)
      if (underWay || minute === begun) return
      underWay = tryBegin(minute).finally(() => {
        underWay = undefined
      })
    },
    stop: async () => {
      await underWay
    },
  }
}
