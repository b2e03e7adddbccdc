import type { FastifyRequest } from 'fastify'
import { sha256 } from '#core/ids.ts'
import type { Counted } from './rate-limit.ts'
import { createSemaphore } from './semaphore.ts'

/** `counted` is null for a known secret, which does not count for its address. */
type Entrance = { admitted: true; counted: Counted | null } | { admitted: false; counted: Counted }

export type Admission = {
  /** Resolves once it is decided whether the secret may be looked up. */
  enter(secret: string, request: FastifyRequest): Promise<Entrance>
  /** The secret was valid. */
  remember(secret: string): void
}

const mostKnown = 10_000
/** How often addresses over their limit may look up a secret, all together. */
const trickleMs = 250
/** How long one of them waits for that at most. */
const trickleWaitMs = 2_000

/**
 * Limits the look-ups of secrets by address before they cost a query. A secret that was valid before is not limited
 * here. An unknown one counts for its address; over the limit it may still be valid, as many people share an address
 * with a guesser, so a few such look-ups a second go on, for all addresses together.
 */
export const createAdmission = (
  count: (key: string, request: FastifyRequest) => Promise<Counted>,
): Admission => {
  const known = new Set<string>()
  const trickle = createSemaphore({ concurrency: 1, waitMs: trickleWaitMs })
  const turn = () => trickle(() => new Promise<void>((resolve) => setTimeout(resolve, trickleMs)))
  return {
    enter: async (secret, request) => {
      if (known.has(sha256(secret))) return { admitted: true, counted: null }
      const counted = await count(`address-${request.ip}`, request)
      if (!counted.exceeded) return { admitted: true, counted }
      return turn().then(
        () => ({ admitted: true, counted }),
        () => ({ admitted: false, counted }),
      )
    },
    remember: (secret) => {
      if (known.size >= mostKnown) known.clear()
      known.add(sha256(secret))
    },
  }
}
