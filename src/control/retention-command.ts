import { eraseClosed } from '#features/retention/erase-closed.ts'
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
  { db, clock, closedYears, desk, enqueue }: CommandDeps,
  { check }: Extract<Command, { name: 'retention' }>,
): Promise<string[]> => {
  const terms = { now: clock.now(), closedYears }
  const listed = await listExpired(db, terms)
  const run = async () => {
    const started = { ...terms, startedBy: 'operator' as const }
    if (closedYears === undefined) return runRetention(db, started)
    const { sealer } = await desk()
    return runRetention(db, {
      ...started,
      erase: eraseClosed(db, { sealer, enqueue: await enqueue() }),
    })
  }
  const gone = check ? {} : await run()
  const deletedOf = new Map(Object.entries(gone))
  const lines = listed.map(({ rule, count }) => {
    const deleted = deletedOf.get(rule.kind)
    const done = check || count === null ? '' : deleted === undefined ? 'kept' : `${deleted} deleted`
    return [rule.kind, keptFor(rule, closedYears), count ?? '–', done, rule.why].join('\t')
  })
  return [
    ['rule', 'kept for', 'past its term', check ? '' : 'now', 'what'].join('\t'),
    ...lines,
    check ? 'Nothing was deleted' : 'The run is noted in retention_runs',
  ]
}
