import type { Log } from '#core/log.ts'
import { markEarlier } from '#features/worklist/mark-earlier.ts'
import type { Jobs } from '#queue/boss.ts'
import type { Database } from '#storage/database.ts'
import { createPace } from '#storage/keys/pace.ts'
import { resealAll } from '#storage/keys/reseal.ts'
import { rewrapAll } from '#storage/keys/rotate.ts'
import type { Sealer } from '#storage/seal.ts'
import { accountsToSeal, sealStoredAccount } from '#storage/stored-accounts.ts'
import { unmarked } from '#storage/worklist/search-marks.ts'

type Deps = { database: Database; sealer: Sealer; log: Log }

const atATime = 100
/** An instance of an earlier version, or with the keys of before a rotation, finds nobody by a name that it cannot make. */
const overlapSeconds = 10 * 60

/**
 * Conceals all accounts with the first key: those of before ADR 51, and after a rotation those of the earlier key. Each is
 * one statement, so the job may be killed and run again, or twice at once. An account that cannot be opened is logged, and
 * tried again by the next job. Returns the number of accounts.
 */
export const sealAccounts = async ({ database, sealer, log }: Deps): Promise<number> => {
  const pace = createPace()
  let count = 0
  let after: string | undefined
  for (;;) {
    const stored = await accountsToSeal(database, sealer, { after, limit: atATime })
    for (const one of stored) {
      after = one.id
      try {
        if (await pace.whole(() => sealStoredAccount(database, sealer, one))) count += 1
      } catch (error) {
        log.error('account.not-sealed', { person: one.id, error })
      }
    }
    if (stored.length < atATime) return count
  }
}

/** Seals what is to be sealed some minutes after the start, and looks again every hour. */
export const startAccountWorkers = async ({ jobs, ...deps }: Deps & { jobs: Jobs }): Promise<void> => {
  const { database, sealer, log } = deps
  let looked = false
  jobs.work('seal-accounts', async (_, { signal }) => {
    const { keys } = await rewrapAll(database, sealer, signal)
    const accounts = await sealAccounts(deps)
    // Once after a start, because it looks through everything; later only if a key was changed.
    if (!looked || keys + accounts > 0) {
      const { values, failed } = await resealAll(database, sealer, { signal })
      looked = !signal.aborted
      if (values + failed > 0) log.info('values.sealed', { values, failed })
    }
    if (accounts > 0) log.info('accounts.sealed', { accounts })
    const marked = await markEarlier(database, sealer, log)
    if (marked > 0) log.info('search.marked', { marked })
  })
  const waiting = await accountsToSeal(database, sealer, { after: undefined, limit: 1 })
  const { requests, members } = await unmarked(database, sealer.ids[0] ?? '', { limit: 1 })
  if (waiting.length + requests.length + members.length > 0)
    await database.transaction((tx) => jobs.enqueue(tx, 'seal-accounts', {}, { startAfter: overlapSeconds }))
  await jobs.schedule('seal-accounts', '23 * * * *', 'UTC', {})
}
