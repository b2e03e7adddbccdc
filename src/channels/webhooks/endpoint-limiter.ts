/** How many of one endpoint's attempts may be under way when it is slow, and of all slow ones together. */
const mostOfOne = 64
const mostOfAll = 1024
/** Somebody who was slow may be quick again by then. Room for some 15,000 of an endpoint that never answers. */
const longestSeconds = 60 * 60
/** What an attempt takes that has outlasted a worker's patience, until one has shown better. */
const firstGuess = 5
/** An endpoint whose attempts take longer of late is slow, also in a moment when none of them is under way. */
const slowSeconds = 2

type EndpointLoad = {
  running: number
  /** Attempts that outlasted the worker's patience. */
  slow: number
  /** How long its attempts take of late, in seconds. */
  seconds: number
  /** When the last of those who were turned away should find room, in seconds of `elapsed`. */
  freeAt: number
}

export type EndpointLimiter = {
  /** In how many seconds to come again, where the endpoint is busy enough; null: an attempt may begin. */
  waitSeconds(endpointId: string): number | null
  started(endpointId: string): void
  /** Whether somebody waits on this endpoint already, who should not have to be waited for as well. */
  isSlow(endpointId: string): boolean
  markSlow(endpointId: string): void
  finished(endpointId: string, seconds: number, wasSlow: boolean): void
}

/**
 * Each endpoint has a lane of its own in this process. A quick one is not limited; a slow one holds no more than a
 * number of attempts, and what else is for it comes again when there should be room, spread over that time. A lane is
 * remembered as long as somebody was told to come again: its pace would have to be learned anew, at the queue's cost.
 */
export const createEndpointLimiter = (
  elapsed: () => number = () => performance.now() / 1000,
): EndpointLimiter => {
  const endpoints = new Map<string, EndpointLoad>()
  let slowInAll = 0

  const isSlow = ({ slow, seconds, freeAt }: EndpointLoad) =>
    slow > 0 || (seconds > slowSeconds && freeAt > elapsed())

  /** Those to whom nobody comes back. */
  const forgetIdle = () => {
    const now = elapsed()
    for (const [id, { running, freeAt }] of endpoints)
      if (running === 0 && freeAt <= now) endpoints.delete(id)
  }

  const newEndpoint = (endpointId: string): EndpointLoad => {
    forgetIdle()
    const endpoint = { running: 0, slow: 0, seconds: 1, freeAt: 0 }
    endpoints.set(endpointId, endpoint)
    return endpoint
  }

  return {
    waitSeconds: (endpointId) => {
      const endpoint = endpoints.get(endpointId)
      if (!endpoint || !isSlow(endpoint) || (endpoint.running < mostOfOne && slowInAll < mostOfAll))
        return null
      const now = elapsed()
      endpoint.freeAt = Math.max(endpoint.freeAt, now) + endpoint.seconds / mostOfOne
      return Math.min(longestSeconds, Math.ceil(endpoint.freeAt - now))
    },
    started: (endpointId) => {
      const endpoint = endpoints.get(endpointId) ?? newEndpoint(endpointId)
      endpoint.running += 1
    },
    isSlow: (endpointId) => {
      const endpoint = endpoints.get(endpointId)
      return endpoint !== undefined && isSlow(endpoint)
    },
    markSlow: (endpointId) => {
      const endpoint = endpoints.get(endpointId)
      if (endpoint?.slow === 0) endpoint.seconds = Math.max(endpoint.seconds, firstGuess)
      if (endpoint) endpoint.slow += 1
      slowInAll += 1
    },
    finished: (endpointId, seconds, wasSlow) => {
      const endpoint = endpoints.get(endpointId)
      if (wasSlow) slowInAll -= 1
      if (!endpoint) return
      endpoint.running -= 1
      if (wasSlow) endpoint.slow -= 1
      endpoint.seconds += (Math.max(seconds, 1) - endpoint.seconds) / 4
      if (endpoint.running === 0 && endpoint.freeAt <= elapsed()) endpoints.delete(endpointId)
    },
  }
}
