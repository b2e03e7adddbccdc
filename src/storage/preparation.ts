import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '#core/log.ts'
import { connectionFault, isFinalFault } from './connection-faults.ts'
import type { Database } from './database.ts'
import { isConnectionLost } from './errors.ts'

export type Preparation = {
  /** Whether the work is done: until then nothing may use the database. */
  done(): boolean
  /** Stops trying, after the attempt under way. */
  stop(): Promise<void>
}

const tryAgainMs = 500
const pingMs = 2_000

/**
 * Does the work that must precede any use of the database, such as migrations. If the database is away it resolves all
 * the same, and the work is tried again in the background until it succeeds; it must be repeatable. Rejects if the
 * database answers and the work fails, or if the database refuses this user, name or certificate: waiting would not
 * help.
 */
export const prepare = async (
  database: Database,
  work: () => Promise<void>,
  log: Log,
): Promise<Preparation> => {
  try {
    await work()
    return { done: () => true, stop: async () => {} }
  } catch (error) {
    const state = await stateOf(database, error)
    if (state.is !== 'away') throw state.error
    const cause = connectionFault(state.error) ?? 'unknown'
    log.warn('database.away', { at: hostOf(database), cause, error })
  }

  const stopping = new AbortController()
  let done = false
  const run = async () => {
    while (!stopping.signal.aborted && !done) {
      await pause(tryAgainMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      try {
        await work()
        done = true
        log.info('database.prepared')
      } catch (error) {
        // Not the end of the process, whatever it is: the crisis card is served meanwhile.
        const away = (await stateOf(database, error)).is === 'away'
        log[away ? 'debug' : 'error'](away ? 'database.away' : 'database.not-prepared', { error })
      }
    }
  }
  const running = run()
  return {
    done: () => done,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** After an error: whether the database answers, is away, or will refuse for as long as nobody mends something. */
const stateOf = async (
  database: Database,
  error: unknown,
): Promise<{ is: 'answers' | 'away' | 'refuses'; error: unknown }> => {
  try {
    await database.ping(pingMs)
    // It may have gone and come back.
    return { is: isConnectionLost(error) ? 'away' : 'answers', error }
  } catch (refusal) {
    return { is: isFinalFault(refusal) ? 'refuses' : 'away', error: refusal }
  }
}

/** Host and port, without the user. */
const hostOf = ({ boss: { connectionString } }: Database): string =>
  connectionString ? new URL(connectionString).host : ''
