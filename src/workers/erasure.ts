import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { type Messenger, Unreachable } from '#dialogue/messenger.ts'
import { openErrand } from '#features/erasure/errands.ts'
import type { Jobs } from '#queue/boss.ts'
import type { Database } from '#storage/database.ts'
import { clearRestored } from '#storage/erasure/again.ts'
import { forgetErrand } from '#storage/erasure/errands.ts'
import type { Sealer } from '#storage/seal.ts'

type Deps = { database: Database; sealer: Sealer; clock: Clock; jobs: Jobs; messenger: Messenger; log: Log }

/** Takes what is left of somebody who was erased out of their chat: messages, the open card, and the session. */
export const startErasureWorkers = async (deps: Deps): Promise<void> => {
  const { database, sealer, clock, jobs, messenger, log } = deps
  // A backup may have been restored: what it brought back goes again before anybody works with it.
  const again = await clearRestored(database, clock.now())
  if (again > 0) log.warn('erasure.repeated', { subjects: again })
  jobs.work('erasure-errand', async ({ errandId }) => {
    const errand = await openErrand(database, sealer, errandId)
    if (errand)
      await unlessGone(async () => {
        for (const messageId of errand.messages) await messenger.remove(errand.account, messageId)
        await messenger.endSession(errand.account)
      })
    await database.transaction((tx) => forgetErrand(tx, errandId, clock.now()))
  })
}

const unlessGone = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
  }
}
