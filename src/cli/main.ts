import { createLog } from '#core/log.ts'
import { type Config, ConfigError, readConfig } from '#src/config.ts'
import { askRunningApp } from '#control/control-client.ts'
import { runWithoutApp } from './run-without-app.ts'
import type { Command } from '#control/command.ts'
import { CommandProblem } from '#control/commands.ts'
import { type FileCommand, help, parseCommand } from './parse.ts'
import { runFileCommand } from './plan-files.ts'

/** Through the running app when it has the database inside itself; straight to the database otherwise. */
const execute = async (config: Config, command: Command): Promise<string[]> => {
  const answer = config.embedded ? await askRunningApp(config.dataDir, command) : 'not-running'
  if (answer === 'not-running') return runWithoutApp(config, command, createLog('warn'))
  if (!answer.ok) throw new CommandProblem(answer.problem)
  return answer.lines
}

/** What is done here alone prints its own lines; the rest goes on as a command. */
const executeFileCommand = async (wish: FileCommand): Promise<string[]> => {
  const command = await runFileCommand(wish)
  return Array.isArray(command) ? command : execute(readConfig(), command)
}

try {
  const wish = parseCommand(process.argv.slice(2))
  const lines =
    wish === 'help'
      ? [help]
      : 'file' in wish
        ? await executeFileCommand(wish)
        : await execute(readConfig(), wish)
  process.stdout.write(`${lines.join('\n')}\n`)
} catch (error) {
  if (!(error instanceof CommandProblem || error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
