import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import type { Command } from '#control/command.ts'
import { CommandProblem } from '#control/command-problem.ts'
import { leaveQuestion } from '#control/leaving-commands.ts'

/** Where the question is asked: standard input and error of the process, unless told otherwise. */
export type Terminal = { input: NodeJS.ReadableStream & { isTTY?: boolean }; output: NodeJS.WritableStream }

/**
 * Whether a command may run: `staff leave` without `--yes` shows what is handed over, and asks. Anything but a yes is a no.
 * Throws CommandProblem if nobody is there to be asked.
 */
export const mayRun = async (
  command: Command,
  execute: (command: Command) => Promise<string[]>,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> => {
  if (command.name !== 'staff-leave' || command.yes) return true
  const work = await execute({ name: 'staff-work', staffId: command.staffId })
  if (!input.isTTY)
    throw new CommandProblem([...work, 'Nothing was changed: add --yes to hand this over'].join('\n'))
  const asking = createInterface({ input, output })
  // The end of the input (Ctrl+D) answers nothing: the question alone would wait for ever.
  const ended = once(asking, 'close').then(() => '')
  try {
    const answer = await Promise.race([asking.question(leaveQuestion(work)), ended])
    return /^(?:yes|y)$/i.test(answer.trim())
  } finally {
    asking.close()
  }
}
