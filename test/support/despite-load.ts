import type { Log } from '#core/log.ts'
import { createLog } from '#core/log.ts'
import { isBusy } from '#storage/errors.ts'

/** Does it again while the database is too busy: nothing was committed, and a busy machine is no finding. */
export const despiteLoad = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || tries === 10) throw error
    }
  }
}

/** A log that counts errors: sweeps log what failed and leave it for the next run. */
export const countingLog = (): { log: Log; errors: () => number } => {
  let errors = 0
  const log = createLog('silent')
  return {
    log: {
      ...log,
      error: () => {
        errors += 1
      },
    },
    errors: () => errors,
  }
}
