import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Actor } from '#features/families/active.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { type HandedIn, handedInOf, insertHandedIn, lockPeriod } from '#storage/reports/handed-in.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { changedRows } from './figures.ts'
import { shifted } from './quarters.ts'
import { frozen, type QuarterReport } from './quarter-report.ts'

type Deps = { region: Region; sealer: Sealer }
/** Counted just before: what is recorded since then is a later change, as all that follows. */
type Handing = { report: QuarterReport; by: Actor; now: Date }

/**
 * Freezes a report under the number 1. Throws `already-closed`, `event-future` before it is due and the quarter has not ended, and
 * `report-faults` unless whoever hands it in has seen what does not agree.
 */
export const handIn = async (
  tx: Tx,
  { region }: Deps,
  { report, acceptFaults, by, now }: Handing & { acceptFaults: boolean },
): Promise<HandedIn> => {
  const { quarter, due, identities } = report
  const today = dayAt(now, region.timeZone).toString()
  const first = shifted(quarter.until, 1)
  if (today < (due.dueOn < first ? due.dueOn : first))
    throw new DomainError('event-future', { field: 'period' })
  await lockPeriod(tx, region.code, quarter.code)
  if ((await handedInOf(tx, region.code, quarter.code)).length > 0) throw new DomainError('already-closed')
  if (!acceptFaults && identities.some(({ holds }) => !holds)) throw new DomainError('report-faults')
  return freeze(tx, region, { report, number: 1, reason: null, by, now })
}

/**
 * Freezes what has changed since under the next number. Throws `not-found` before the first one, `already-closed` if another was handed in
 * meanwhile, `not-allowed` if no figure has changed, and `report-faults` as `handIn` does.
 */
export const correctReport = async (
  tx: Tx,
  { region, sealer }: Deps,
  { report, acceptFaults, reason, by, now }: Handing & { acceptFaults: boolean; reason: string },
): Promise<HandedIn> => {
  await lockPeriod(tx, region.code, report.quarter.code)
  const handed = await handedInOf(tx, region.code, report.quarter.code)
  const last = handed.at(-1)
  if (!last) throw new DomainError('not-found')
  // Another correction was counted later than this one: the last number must not have older figures.
  if (handed.length !== report.handedIn.length) throw new DomainError('already-closed')
  if (changedRows(report.figures, frozen(last)).length === 0) throw new DomainError('not-allowed')
  if (!acceptFaults && report.identities.some(({ holds }) => !holds)) throw new DomainError('report-faults')
  return freeze(tx, region, {
    ...{ report, number: last.number + 1, by, now },
    reason: (id) => sealer.seal(reason, `handed_in_reports.reason.${id}`),
  })
}

/** Why it was corrected; null: it is no correction. */
export const reasonOf = (sealer: Sealer, { id, reason }: Pick<HandedIn, 'id' | 'reason'>): string | null =>
  reason && sealer.open(reason, `handed_in_reports.reason.${id}`)

type Freezing = Handing & { number: number; reason: ((id: string) => string) | null }

const freeze = async (
  tx: Tx,
  region: Region,
  { report, number, reason, by, now }: Freezing,
): Promise<HandedIn> => {
  const { quarter, choice, figures, identities } = report
  const { staffId = null, apiKeyId = null } = by
  const id = newId()
  const handed: HandedIn = {
    ...{ id, region: region.code, period: quarter.code, number, categories: choice },
    figures: Object.fromEntries(figures),
    faults: identities.filter(({ holds }) => !holds).map(({ identity }) => identity.code),
    reason: reason?.(id) ?? null,
    ...{ staffId, apiKeyId, at: now },
  }
  await insertHandedIn(tx, handed)
  const action = number === 1 ? 'report.handed-in' : 'report.corrected'
  await addAudit(tx, { at: now, action, staffId, apiKeyId, subjectId: id })
  return handed
}
