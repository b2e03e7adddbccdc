import type { Log } from '#core/log.ts'
import type { Messenger } from '#dialogue/messenger.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { Jobs } from '#queue/boss.ts'

export type WorkerDeps = Pick<
  DialogueDeps,
  'database' | 'sealer' | 'texts' | 'region' | 'clock' | 'organisation'
> & {
  jobs: Jobs
  messenger: Messenger
  log: Log
  /** For how many years the centre keeps closed cases; undefined: it has not said. */
  closedYears?: number | undefined
}
