import { domainToUnicode } from 'node:url'
import type { Log } from '#core/log.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database } from '#storage/database.ts'
import {
  type AttemptResult,
  hasDeliveredSince,
  hasFailedBetween,
  markFailingSince,
} from '#storage/webhooks/webhook-attempts.ts'
import { type PausedFor, pauseEndpoint } from '#storage/webhooks/webhook-endpoints.ts'

const hour = 60 * 60 * 1000
const failingForMs = 5 * 24 * hour
const gone = 410

type Deps = { database: Database; enqueue: Enqueue; log: Log }

/**
 * Updates an endpoint's health from its latest attempts. A success clears its failing mark. A 410 response,
 * or five days of failures without a success, pauses it until it is resumed by staff. Silence does not count
 * as failure: within the five days there must be a failed attempt that is at least an hour old. `since`: when
 * the current failures began.
 */
export const updateEndpointHealth = async (
  deps: Deps,
  {
    endpointId,
    results,
    since,
    now,
  }: { endpointId: string; results: readonly AttemptResult[]; since: Date | null; now: Date },
): Promise<void> => {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  if (results.some(({ status }) => status === gone)) await stopSending(deps, endpointId, 'gone')
  const first = results[0]
  if (!first) return
  if (results.some(({ outcome }) => outcome === 'delivered')) {
    if (since) await markFailingSince(deps.database, endpointId, null)
  } else if (!since) {
    await markFailingSince(deps.database, endpointId, first.at)
  } else if (now.getTime() - since.getTime() >= failingForMs) {
    // Two instances may have reported a success and a failure out of order: the stored attempts decide.
    const succeeded = await hasDeliveredSince(deps.database, endpointId, since)
    if (succeeded) await markFailingSince(deps.database, endpointId, null)
    else if (await hasFailedBetween(deps.database, endpointId, { from: ago(failingForMs), until: ago(hour) }))
      await stopSending(deps, endpointId, 'failing')
  }
}

/** The host of an endpoint in readable form: Unicode, with the port if it is not the default. */
export const endpointHost = ({ url }: { url: string }): string => {
  const { hostname, port } = new URL(url)
  const name = domainToUnicode(hostname) || hostname
  return port === '' ? name : `${name}:${port}`
}

/** Pauses the endpoint and alerts the supervisors once. */
const stopSending = async (
  { database, enqueue, log }: Deps,
  endpointId: string,
  reason: Exclude<PausedFor, 'staff'>,
): Promise<void> => {
  const paused = await database.transaction(async (tx) => {
    if (!(await pauseEndpoint(tx, endpointId, reason))) return false
    await enqueue(tx, 'staff-alert', { kind: `webhook-${reason}`, endpointId })
    return true
  })
  if (paused) log.info('webhook.endpoint-paused', { endpoint: endpointId, reason })
}
