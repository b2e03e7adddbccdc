import { listExpired, runRetention } from '#features/retention/retention.ts'
import type { RetentionRule } from '#features/retention/rules.ts'
import type { Command, CommandDeps } from './command.ts'

const keptFor = ({ keeps }: RetentionRule, closedYears: number | undefined): string => {
  if (keeps === 'setting')
    return closedYears === undefined ? 'CLOSED_CASES_YEARS is not set' : `${closedYears} years`
  return 'years' in keeps ? `${keeps.years} years` : `${keeps.days} days`
}

/** Lists what is past its term, and unless that is all that is wanted, deletes it. */
export const retentionCommand = async (
  { db, clock, closedYears }: CommandDeps,
  { check }: Extract<Command, { name: 'retention' }>,
): Promise<string[]> => {
  const terms = { now: clock.now(), closedYears }
  const listed = await listExpired(db, terms)
  const gone: Record<string, number> = check ? {} : await runRetention(db, { ...terms, startedBy: 'operator' })
  const lines = listed.map(({ rule, count }) => {
    const deleted = gone[rule.kind]
    const done = check || count === null ? '' : deleted === undefined ? 'kept' : `${deleted} deleted`
    return [rule.kind, keptFor(rule, closedYears), count ?? '–', done, rule.why].join('\t')
  })
  return [
    ['rule', 'kept for', 'past its term', check ? '' : 'now', 'what'].join('\t'),
    ...lines,
    check ? 'Nothing was deleted' : 'The run is noted in retention_runs',
  ]
}
