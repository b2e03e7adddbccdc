/** How many of one endpoint's attempts may be under way when it is slow, and of all slow ones together. */
const mostOfOne = 64
const mostOfAll = 1024
/** Somebody who was slow may be quick again by then. Room for some 15,000 of an endpoint that never answers. */
const longestSeconds = 60 * 60
/** What an attempt takes that has outlasted a worker's patience, until one has shown better. */
const firstGuess = 5
/** An endpoint whose attempts take longer of late is slow, also in a moment when none of them is under way. */
const slowSeconds = 2

type Lane = {
  running: number
  /** Attempts that outlasted the worker's patience. */
  slow: number
  /** How long its attempts take of late, in seconds. */
  seconds: number
  /** When the last of those who were turned away should find room, in seconds of `elapsed`. */
  freeAt: number
}

export type Lanes = {
  /** In how many seconds to come again, where the endpoint is busy enough; null: an attempt may begin. */
  wait(endpointId: string): number | null
  began(endpointId: string): void
  /** Whether somebody waits on this endpoint already, who should not have to be waited for as well. */
  isSlow(endpointId: string): boolean
  slowed(endpointId: string): void
  left(endpointId: string, seconds: number, wasSlow: boolean): void
}

/**
 * Each endpoint has a lane of its own in this process. A quick one is not limited; a slow one holds no more than a
 * number of attempts, and what else is for it comes again when there should be room, spread over that time. A lane is
 * remembered as long as somebody was told to come again: its pace would have to be learned anew, at the queue's cost.
 */
export const createLanes = (elapsed: () => number = () => performance.now() / 1000): Lanes => {
  const lanes = new Map<string, Lane>()
  let slowInAll = 0

  const isSlow = ({ slow, seconds, freeAt }: Lane) =>
    slow > 0 || (seconds > slowSeconds && freeAt > elapsed())

  /** Those to whom nobody comes back. */
  const forgetIdle = () => {
    const now = elapsed()
    for (const [id, { running, freeAt }] of lanes) if (running === 0 && freeAt <= now) lanes.delete(id)
  }

  const newLane = (endpointId: string): Lane => {
    forgetIdle()
    const lane = { running: 0, slow: 0, seconds: 1, freeAt: 0 }
    lanes.set(endpointId, lane)
    return lane
  }

  return {
    wait: (endpointId) => {
      const lane = lanes.get(endpointId)
      if (!lane || !isSlow(lane) || (lane.running < mostOfOne && slowInAll < mostOfAll)) return null
      const now = elapsed()
      lane.freeAt = Math.max(lane.freeAt, now) + lane.seconds / mostOfOne
      return Math.min(longestSeconds, Math.ceil(lane.freeAt - now))
    },
    began: (endpointId) => {
      const lane = lanes.get(endpointId) ?? newLane(endpointId)
      lane.running += 1
    },
    isSlow: (endpointId) => {
      const lane = lanes.get(endpointId)
      return lane !== undefined && isSlow(lane)
    },
    slowed: (endpointId) => {
      const lane = lanes.get(endpointId)
      if (lane?.slow === 0) lane.seconds = Math.max(lane.seconds, firstGuess)
      if (lane) lane.slow += 1
      slowInAll += 1
    },
    left: (endpointId, seconds, wasSlow) => {
      const lane = lanes.get(endpointId)
      if (wasSlow) slowInAll -= 1
      if (!lane) return
      lane.running -= 1
      if (wasSlow) lane.slow -= 1
      lane.seconds += (Math.max(seconds, 1) - lane.seconds) / 4
      if (lane.running === 0 && lane.freeAt <= elapsed()) lanes.delete(endpointId)
    },
  }
}
