import type { Log } from '#core/log.ts'
import { type EraseExpired, runRetention } from '#features/retention/retention.ts'
import type { Database } from '#storage/database.ts'

type Settings = { closedYears?: number | undefined; erase?: EraseExpired }

/** Deletes data past its term (features/retention/rules.ts), and says how much. */
export const deleteExpiredData = async (
  database: Database,
  now: Date,
  log: Log,
  { closedYears, erase }: Settings = {},
): Promise<void> => {
  const counts = await runRetention(database, {
    now,
    closedYears,
    startedBy: 'schedule',
    ...(erase && { erase }),
  })
  log.info('retention.done', counts)
}
