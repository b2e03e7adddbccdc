import type { Log } from '#core/log.ts'
import { type EraseFamily, runRetention } from '#features/retention/retention.ts'
import type { Database } from '#storage/database.ts'

type Settings = { closedYears?: number | undefined; eraseFamily?: EraseFamily }

/** Deletes data past its term (features/retention/rules.ts), and says how much. */
export const deleteExpiredData = async (
  database: Database,
  now: Date,
  log: Log,
  { closedYears, eraseFamily }: Settings = {},
): Promise<void> => {
  const counts = await runRetention(database, {
    now,
    closedYears,
    startedBy: 'schedule',
    ...(eraseFamily && { eraseFamily }),
  })
  log.info('retention.done', counts)
}
