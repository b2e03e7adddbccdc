import type { CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

/** What a running app finds in its embedded database, as JSON: `Checked[]`. */
export const doctorCommand = async ({ examine }: CommandDeps): Promise<string[]> => {
  if (!examine) throw new CommandProblem('The doctor looks at a database without an app by itself')
  return [JSON.stringify(await examine())]
}
