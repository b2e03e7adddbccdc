import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Command } from '#control/command.ts'
import { CommandProblem } from '#control/commands.ts'
import { askRunningApp } from '#control/control-client.ts'
import { explainStart } from '#control/start-errors.ts'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { type Config, ConfigError, readConfig } from '#src/config.ts'
import { mayRun } from './confirm-leave.ts'
import { type DatabaseCommand, runDatabaseCommand } from './database-commands.ts'
import { type DoctorCommand, runDoctor } from './doctor.ts'
import { listFacts } from './list-facts.ts'
import { type FileCommand, parseCommand, UsageProblem } from './parse.ts'
import { runFileCommand } from './plan-files.ts'
import { runWithoutApp } from './run-without-app.ts'
import { runReceiptCommand } from './verify-receipt.ts'

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }

// Not by Node's option, which says at each run that there is no such file.
if (existsSync('.env')) process.loadEnvFile('.env')

let config: Config | undefined
const read = (): Config => {
  config = readConfig()
  return config
}

/** Runs a command through the running app if the database is embedded in it, otherwise on the database itself. */
const execute = async (config: Config, command: Command): Promise<string[]> => {
  const answer = config.embedded ? await askRunningApp(config.dataDir, command) : 'not-running'
  if (answer === 'not-running') return runWithoutApp(config, command, createLog('warn'))
  if (!answer.ok) throw new CommandProblem(answer.problem)
  return answer.lines
}

/** Handles the local files of a command; a template needs nothing else, an import continues as a command. */
const executeFileCommand = async (fileCommand: FileCommand): Promise<string[]> => {
  const command = await runFileCommand(fileCommand)
  return Array.isArray(command) ? command : execute(read(), command)
}

const isOfDatabase = (command: Command | DatabaseCommand): command is DatabaseCommand =>
  command.name === 'database-roles' || command.name === 'database-setup'

/** Whoever leaves cannot be brought back by the same command: it shows first what goes to whom. */
const confirmed = async (command: Command): Promise<string[]> => {
  const config = read()
  const ask = (work: Command) => execute(config, work)
  return (await mayRun(command, ask)) ? ask(command) : ['Nothing was changed.']
}

/** The doctor's findings are its result, not a failure: they are printed as any. */
const examined = async (command: DoctorCommand): Promise<string[]> => {
  const { lines, ok } = await runDoctor(command)
  if (!ok) process.exitCode = 1
  return lines
}

try {
  const parsed = parseCommand(process.argv.slice(2))
  const lines =
    parsed === 'version'
      ? [`ryadom ${version}`]
      : 'print' in parsed
        ? [parsed.print]
        : parsed.name === 'receipt-verify'
          ? await runReceiptCommand(read(), parsed)
          : 'file' in parsed
            ? await executeFileCommand(parsed)
            : parsed.name === 'facts-list'
              ? listFacts(parsed.region, systemClock.now())
              : parsed.name === 'doctor-report'
                ? await examined(parsed)
                : isOfDatabase(parsed)
                  ? await runDatabaseCommand(parsed)
                  : await confirmed(parsed)
  process.stdout.write(`${lines.join('\n')}\n`)
} catch (error) {
  const reason =
    error instanceof CommandProblem || error instanceof ConfigError
      ? error.message
      : config && explainStart(error, config)
  if (!reason) throw error
  process.stderr.write(`${reason}\n`)
  process.exitCode = error instanceof UsageProblem ? 2 : 1
}
