import { CommandProblem } from '#control/command-problem.ts'
import { createControl } from '#control/control-server.ts'
import type { Log } from '#core/log.ts'
import type { Shutdown } from '#core/shutdown.ts'
import type { Config } from '#src/config.ts'

/** Keeps the app, and any other command, from opening the embedded database meanwhile. */
export const holdEmbedded = async (
  { embedded, dataDir }: Pick<Config, 'embedded' | 'dataDir'>,
  log: Log,
  shutdown: Shutdown,
): Promise<void> => {
  if (!embedded) return
  const run = async () => {
    throw new CommandProblem('Another command is running; try again')
  }
  const control = createControl({ dir: dataDir, run, log })
  await control.open()
  shutdown.push('control', control.close)
}
