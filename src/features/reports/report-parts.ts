import { DomainError } from '#core/errors.ts'
import { newId, sha256 } from '#core/ids.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { handedInOf, lockPeriod } from '#storage/reports/handed-in.ts'
import { insertPart, partsOf } from '#storage/reports/report-parts.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { handIn } from './hand-in.ts'
import { type QuarterReport, quarterReport } from './quarter-report.ts'

// In a centre that is divided among its supervisors each confirms the figures of their territories, and reads no others. With the last
// confirmation the report is handed in.

/** The part of one supervisor. */
export type PartOfReport = {
  territories: readonly string[]
  /** Their figures are confirmed as they are now. */
  confirmed: boolean
  /** Who has confirmed what, where the figures are still those. */
  others: { name: string; territories: readonly string[] }[]
  /** Territories of others that nobody has confirmed, or whose figures have changed since. */
  waiting: readonly string[]
  /** The whole report, if this confirmation is the last one. */
  whole: QuarterReport | null
  /** How many confirmations there were of the period. */
  known: number
}

const markOf = ({ figures, identities, choice }: QuarterReport): string =>
  sha256(JSON.stringify([[...figures], identities.map(({ holds }) => holds), choice])).slice(0, 16)

type Deps = { database: Database; region: Region; sealer: Sealer }

/** How far the report is confirmed, seen by whoever serves these territories. A territory that nobody serves is everybody's. */
export const partOf = async (
  deps: Deps,
  {
    report,
    territories,
    staffId,
  }: { report: QuarterReport; territories: readonly string[]; staffId: string },
): Promise<PartOfReport> => {
  const { database, region } = deps
  const { choice, quarter } = report
  const period = quarter.code
  const given = await partsOf(database, region.code, period)
  // Of each supervisor the last one counts.
  const last = [...new Map(given.map((one) => [one.staffId, one])).values()].filter(
    ({ categories }) => categories === choice,
  )
  const valid: typeof last = []
  for (const one of last) {
    const now =
      one.staffId === staffId && sameCodes(one.territories, territories)
        ? report
        : await quarterReport(database, deps, { period, choice, territories: one.territories })
    if (markOf(now) === one.seen) valid.push(one)
  }
  const others = valid.filter((one) => one.staffId !== staffId)
  const covered = new Set([...territories, ...others.flatMap((one) => one.territories)])
  const waiting = region.territories.map(({ code }) => code).filter((code) => !covered.has(code))
  return {
    territories,
    confirmed: valid.some((one) => one.staffId === staffId && sameCodes(one.territories, territories)),
    others: others.map(({ name, territories }) => ({ name, territories })),
    waiting,
    whole:
      waiting.length > 0 ? null : await quarterReport(database, deps, { period, choice, territories: 'all' }),
    known: given.length,
  }
}

const sameCodes = (one: readonly string[], other: readonly string[]): boolean =>
  [...one].sort().join() === [...other].sort().join()

/**
 * Confirms a part as it was seen; with the last one hands the report in. Throws `stale` if somebody else confirmed meanwhile, and
 * `already-closed` once it was handed in.
 */
export const confirmPart = async (
  tx: Tx,
  deps: { region: Region; sealer: Sealer },
  { report, part, staffId, now }: { report: QuarterReport; part: PartOfReport; staffId: string; now: Date },
): Promise<void> => {
  const { region } = deps
  const { quarter, choice } = report
  await lockPeriod(tx, region.code, quarter.code)
  if ((await handedInOf(tx, region.code, quarter.code)).length > 0) throw new DomainError('already-closed')
  if ((await partsOf(tx, region.code, quarter.code)).length !== part.known) throw new DomainError('stale')
  const id = newId()
  await insertPart(tx, {
    ...{ id, region: region.code, period: quarter.code, territories: [...part.territories] },
    ...{ categories: choice, seen: markOf(report), staffId, at: now },
  })
  await addAudit(tx, { at: now, action: 'report.part-confirmed', staffId, subjectId: id })
  if (part.whole) await handIn(tx, deps, { report: part.whole, acceptFaults: true, by: { staffId }, now })
}
