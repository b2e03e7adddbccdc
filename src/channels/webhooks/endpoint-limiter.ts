/** Concurrent attempts allowed for one slow endpoint, and for all slow ones together. */
const mostOfOne = 64
const mostOfAll = 1024
/** An endpoint may have recovered by then. Room for about 15,000 deliveries of an endpoint that never answers. */
const longestSeconds = 60 * 60
/** Assumed duration of an attempt that outlasted the worker's patience, until measured. */
const firstGuess = 5
/** An endpoint with a longer average duration is slow, even while no attempt is running. */
const slowSeconds = 2

type EndpointLoad = {
  running: number
  /** Running attempts that outlasted the worker's patience. */
  slow: number
  /** Moving average of the duration, in seconds. */
  seconds: number
  /** When the last postponed attempt should find capacity, in seconds of `elapsed`. */
  freeAt: number
}

export type EndpointLimiter = {
  /** Seconds until the next try if the endpoint is at its limit; null: the attempt may begin. */
  waitSeconds(endpointId: string): number | null
  started(endpointId: string): void
  /** Whether the endpoint is slow, so that no worker should wait for it. */
  isSlow(endpointId: string): boolean
  markSlow(endpointId: string): void
  finished(endpointId: string, seconds: number, wasSlow: boolean): void
}

/**
 * Limits concurrent attempts per endpoint, within this process. Fast endpoints are not limited. Slow ones hold a
 * fixed number of attempts; further ones are postponed and spread over the time when capacity should be free. The
 * state is kept while postponed attempts are due: measuring the endpoint anew would cost the queue.
 */
export const createEndpointLimiter = (
  elapsed: () => number = () => performance.now() / 1000,
): EndpointLimiter => {
  const endpoints = new Map<string, EndpointLoad>()
  let slowInAll = 0

  const isSlow = ({ slow, seconds, freeAt }: EndpointLoad) =>
    slow > 0 || (seconds > slowSeconds && freeAt > elapsed())

  /** Endpoints without running or postponed attempts. */
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
