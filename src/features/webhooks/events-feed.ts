import { DomainError } from '#core/errors.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Database } from '#storage/database.ts'
import {
  endOfFeed,
  eventsAfter,
  type FeedEvent,
  holdsPlace,
  joinFeed,
  numberEvents,
} from '#storage/webhooks/event-feed.ts'

/** Where a reader of the feed stands: the last event that it has passed, whether it heard it or not. */
export type FeedPlace = { position: bigint; id: string | null }

type FeedPage = { items: FeedEvent[]; place: FeedPlace; more: boolean }

/**
 * The next events that a key may hear, in an order in which an event that commits late comes later. Its first call begins the
 * keeping of events for it. Throws `too-old` for a place that the feed does not hold any more.
 */
export const readFeed = (
  database: Database,
  { caller, after, limit, now }: { caller: Caller; after: FeedPlace | undefined; limit: number; now: Date },
): Promise<FeedPage> =>
  database.transaction(async (tx) => {
    await joinFeed(tx, caller.keyId, now)
    const { left } = await numberEvents(tx)
    if (after && !(await holdsPlace(tx, after))) throw new DomainError('too-old')
    const from = after ?? { position: 0n, id: null }
    const found = await eventsAfter(tx, {
      after: from.position,
      scopes: [...caller.scopes],
      territories: caller.territories,
      limit: limit + 1,
    })
    const items = found.slice(0, limit)
    const last = items.at(-1)
    // What the key does not hear is passed over, so that a quiet reader never falls behind the retention.
    const place = found.length > limit && last ? last : ((await endOfFeed(tx)) ?? from)
    return { items, place: { position: place.position, id: place.id }, more: found.length > limit || left }
  })
