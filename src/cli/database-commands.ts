import { z } from 'zod'
import { CommandProblem } from '#control/command-problem.ts'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import { readDatabaseUrl } from '#src/config.ts'
import { currentUser, databaseUsers, grantToApp, rolesScript } from '#storage/grants.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { RightsMissing } from '#storage/rights-missing.ts'

/** Commands about the database's own users; they need the address of the database and nothing else. */
export const databaseCommandSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('database-roles') }),
  z.strictObject({
    name: z.literal('database-setup'),
    app: z.string().min(1).max(63).default(databaseUsers.app),
  }),
])
export type DatabaseCommand = z.infer<typeof databaseCommandSchema>

/** Runs a command and returns the lines to print. Throws CommandProblem. */
export const runDatabaseCommand = async (command: DatabaseCommand): Promise<string[]> =>
  command.name === 'database-roles' ? [(await rolesScript()).trimEnd()] : setUp(command.app)

/** Does as the owner what the app's own user may not: applies migrations, installs the queues, and grants rights. */
const setUp = async (app: string): Promise<string[]> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url: readDatabaseUrl() }, log)
  try {
    const { name } = await currentUser(database)
    if (name === app)
      throw new CommandProblem(`${app} is the app's user: DATABASE_URL must name the owner here`)
    await migrate(database, log)
    const jobs = createJobs(database, log, { unlimited: true })
    await jobs.start()
    await jobs.stop()
    await grantToApp(database, app)
    return [`The database is up to date; ${name} owns it, and ${app} has the rights of the app`]
  } catch (error) {
    if (error instanceof RightsMissing) throw new CommandProblem(error.message, { cause: error })
    if ((error as { meta?: { code?: string } }).meta?.code === '42704')
      throw new CommandProblem(`There is no user ${app}: run «database roles» first`, { cause: error })
    throw error
  } finally {
    await database.close()
  }
}
