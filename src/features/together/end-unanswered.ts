import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { StepDeps } from '#features/requests/request-step.ts'
import type { Database, Tx } from '#storage/database.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import { findTogether, lockTogether, togetherToEnd } from '#storage/requests/together.ts'
import { endForBoth } from './move-together.ts'
import { isHomeUnsafe } from './together-rules.ts'

/** Ends what nobody answered, or confirmed, within its days, or whose request is over. Returns how many. */
export const endUnanswered = async (
  database: Database,
  deps: StepDeps & { log: Log },
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<number> => {
  let count = 0
  for (const id of await togetherToEnd(database, clock.now())) {
    if (signal?.aborted) break
    try {
      if (await database.transaction((tx) => end(tx, deps, { id, now: clock.now() }))) count += 1
    } catch (error) {
      deps.log.error('together.not-ended', { together: id, error })
    }
  }
  return count
}

const end = async (tx: Tx, deps: StepDeps, { id, now }: { id: string; now: Date }): Promise<boolean> => {
  const found = await findTogether(tx, id)
  const request = found && (await lockRequest(tx, found.requestId))
  const row = found && (await lockTogether(tx, id))
  if (!row || (row.status !== 'waiting' && row.status !== 'answered')) return false
  // Whoever opened the link was told that it was called back, and must not find that it only expired.
  const isFaked =
    row.status === 'waiting' && request !== null && (await isHomeUnsafe(tx, deps, { request, now }))
  const status = row.expiresAt <= now && !isFaked ? 'expired' : 'called-back'
  await endForBoth(tx, deps, { row, status, by: null, now })
  return true
}
