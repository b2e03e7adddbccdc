import { importPlan } from '#features/plan/spreadsheet/import-plans.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

/** Publishes the sheets as a family's plan. Throws CommandProblem with a line for every invalid cell. */
export const importPlanCommand = async (
  { clock, planning }: CommandDeps,
  { sheets, check }: Extract<Command, { name: 'plan-import' }>,
): Promise<string[]> => {
  const { ok, lines } = await importPlan(await planning(), { sheets, check, now: clock.now() })
  if (!ok) throw new CommandProblem(lines.join('\n'))
  return lines
}
