import { verifyAudit } from '#features/staff/audit-chain.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

const reasons = {
  changed: 'it, or the link before it, was changed',
  gone: 'it was deleted',
  moved: 'links before it were deleted, added or put into another order',
  late: 'it was added long after the entries around it',
  'another-head': 'the chain of that day is not the one that was published: it was made anew',
} as const

/** Recomputes the chain of the audit. Throws CommandProblem with the first entry that is not as it was. */
export const verifyAuditCommand = async (
  { db }: CommandDeps,
  { heads }: Extract<Command, { name: 'audit-verify' }>,
): Promise<string[]> => {
  const published = heads.map((head) => ({ day: head.slice(0, 10), hash: head.slice(11) }))
  const { intact, waiting, broken } = await verifyAudit(db, published)
  if (broken) {
    const { day, entryId, why } = broken
    throw new CommandProblem(
      `The audit is broken at entry ${entryId} of ${day}: ${reasons[why]}; ${intact} entries before it are intact`,
    )
  }
  return [
    `The audit is intact: ${intact} entries, ${waiting} not linked yet`,
    published.length > 0
      ? `It agrees with ${published.length} published heads`
      : 'Whoever owns the tables can make a chain anew: compare it with published heads (--head <day>:<hash>)',
  ]
}
