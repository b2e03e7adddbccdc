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
}
