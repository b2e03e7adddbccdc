import { createInterface } from 'node:readline/promises'
import type { Command } from '#control/command.ts'
import { CommandProblem } from '#control/command-problem.ts'
import { leaveQuestion } from '#control/leaving-commands.ts'

/**
 * Whether a command may run: `staff leave` without `--yes` shows what is handed over, and asks. Throws CommandProblem if nobody is
 * there to be asked.
 */
export const mayRun = async (
  command: Command,
  execute: (command: Command) => Promise<string[]>,
): Promise<boolean> => {
  if (command.name !== 'staff-leave' || command.yes) return true
  const work = await execute({ name: 'staff-work', staffId: command.staffId })
  if (!process.stdin.isTTY)
    throw new CommandProblem([...work, 'Nothing was changed: add --yes to hand this over'].join('\n'))
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(?:yes|y)$/i.test((await asking.question(leaveQuestion(work))).trim())
  } finally {
    asking.close()
  }
}
