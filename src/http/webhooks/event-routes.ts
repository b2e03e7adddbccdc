import { setMaxListeners } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { eventPayload, eventPayloadSchema } from '#features/webhooks/event-payload.ts'
import { type FeedPlace, readFeed } from '#features/webhooks/events-feed.ts'
import { type Sealer, UnknownKey } from '#storage/seal.ts'
import { cursorFor, pageQuery } from '../pages.ts'
import { type Api, readRoute } from '../staff-route.ts'

const place = z.tuple([z.string().regex(/^\d{1,18}$/), z.uuid().nullable()])
/** As cursors were before they were sealed; a system may still have one. */
const plainCursor = cursorFor('events', place)

/**
 * Sealed, and always as long: a place in the feed of everybody would tell a key of little scope how much happens elsewhere, and
 * when.
 */
const writeCursor = (sealer: Sealer, { position, id }: FeedPlace, keyId: string): string =>
  sealer.sealJson([String(position).padStart(18, '0'), id], aadOf(keyId))

/** Throws `too-old` for one that was sealed with a key that is gone, and `invalid-input`. */
const readCursor = (sealer: Sealer, after: string | undefined, keyId: string) => {
  if (after === undefined) return undefined
  try {
    return place.parse(sealer.openJson(after, aadOf(keyId)))
  } catch (error) {
    if (error instanceof UnknownKey) throw new DomainError('too-old', { cause: error })
    return plainCursor.read(after, keyId, 'after')
  }
}

const aadOf = (keyId: string): string => `events.cursor.${keyId}`

/** Looks again so often while a call waits. */
const lookMs = 1_000
/** Calls that wait at once; another one is answered at once. */
const mostWaiting = 20

const wait = z
  .preprocess(
    (given) => (typeof given === 'string' && /^\d{1,2}$/.test(given) ? Number(given) : given),
    z.int().min(0).max(25),
  )
  .default(0)
  .describe('Seconds to wait for an event if there is none, up to 25')

export const serveEvents = (api: Api): void => {
  let waiting = 0
  const { closing } = api.deps
  setMaxListeners(mostWaiting + 1, closing)

  readRoute(
    api,
    'GET /events',
    'events:read',
    {
      operationId: 'listEvents',
      tag: 'Webhooks',
      summary: 'Returns the next events, for systems that webhooks cannot reach',
      description:
        'The same events as for webhooks, with the same payloads, `confidential` and `hiddenFrom` included; each needs the scope that reads ' +
        'the same through the API, and its territory. Call it with the `cursor` of the previous answer: nothing is skipped or repeated, also ' +
        'where a transaction commits late. `sequence` counts the events of one request or family. Events are kept for a key from its first ' +
        'call on, for 90 days; a cursor that is older, or from after the moment of a restored backup, fails with `too-old` (410): read the ' +
        'lists anew, and go on without a cursor.',
      query: z.strictObject({
        limit: pageQuery.limit,
        after: z
          .string()
          .max(300)
          .optional()
          .describe('`cursor` of the previous answer; none: from the oldest event kept'),
        wait,
      }),
      answer: z
        .strictObject({
          items: z.array(
            z.strictObject({ id: z.uuid().describe('The `webhook-id`'), ...eventPayloadSchema.shape }),
          ),
          cursor: z.string().describe('For the next call, also if there were no events'),
          more: z.boolean().describe('Whether there are more events already'),
        })
        .meta({ id: 'EventPage' }),
      // Its own short transactions: a call that waits holds no place among the reads.
      audited: true,
    },
    async ({ deps, caller, query, now }) => {
      const [position, id = null] = readCursor(deps.sealer, query.after, caller.keyId) ?? []
      const after = position === undefined ? undefined : { position: BigInt(position), id }
      const look = () => readFeed(deps.database, { caller, after, limit: query.limit, now })
      let page = await look()
      const until = performance.now() + query.wait * 1000
      if (waiting < mostWaiting) {
        waiting += 1
        try {
          while (page.items.length === 0 && performance.now() < until && !closing.aborted) {
            await pause(Math.min(lookMs, until - performance.now()), closing)
            page = await look()
          }
        } finally {
          waiting -= 1
        }
      }
      const { items, place: passed, more } = page
      return {
        body: {
          items: items.map((event) => ({ id: event.id, ...eventPayload(event, deps.publicUrl()) })),
          cursor: writeCursor(deps.sealer, passed, caller.keyId),
          more,
        },
      }
    },
  )
}

/** Ends early if the server is about to close. */
const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await setTimeout(Math.max(0, ms), undefined, { signal }).catch(() => undefined)
}
