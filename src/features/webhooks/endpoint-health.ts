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
 * What the latest attempts of an endpoint mean for it. One success, and it does not fail any more; an answer of 410, or
 * five days without a success, and nothing more is sent to it until somebody resumes it. Five days of silence after an
 * event was given up are no failures: in these days there must be another one, an hour ago at least. `since`: since
 * when it has failed so far.
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
    // Two instances may have told of a success and a failure in the wrong order: what counts is what is kept.
    const succeeded = await hasDeliveredSince(deps.database, endpointId, since)
    if (succeeded) await markFailingSince(deps.database, endpointId, null)
    else if (await hasFailedBetween(deps.database, endpointId, { from: ago(failingForMs), until: ago(hour) }))
      await stopSending(deps, endpointId, 'failing')
  }
}

/** Where an endpoint is, as people write it. */
export const endpointHost = ({ url }: { url: string }): string => {
  const { hostname, port } = new URL(url)
  const name = domainToUnicode(hostname) || hostname
  return port === '' ? name : `${name}:${port}`
}

/** Supervisors are told, once. */
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
