import { DomainError } from '#core/errors.ts'
import { sha256 } from '#core/ids.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import { reportFormOf } from '#regions/reports/index.ts'
import type { CategoryChoice } from '#regions/reports/report-form.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { type HandedIn, handedInOf } from '#storage/reports/handed-in.ts'
import type { Sealer } from '#storage/seal.ts'
import { changedRows, type Figures } from './figures.ts'
import { correctReport, handIn } from './hand-in.ts'
import { confirmPart, partOf, type PartOfReport } from './report-parts.ts'
import { formAndQuarter, frozen, type QuarterReport, quarterReport } from './quarter-report.ts'
import { parseQuarter, type Quarter, quarterAfter, quarterBefore, quarterOn, shifted } from './quarters.ts'
import { reportDue } from './report-due.ts'

/** Whether the region has a quarterly report, and this member may see to it. */
export const seesToReport = (
  staff: Pick<Staff, 'role' | 'active'> | null | undefined,
  { code }: Pick<Region, 'code'>,
): boolean => staff?.active === true && staff.role === 'supervisor' && reportFormOf(code) !== null

export type StaffReport = {
  report: QuarterReport
  /** The first day on which it may be handed in. */
  fromDay: string
  mayHandIn: boolean
  /** Rows that have changed since it was handed in last, with the figures of then; null: it was not handed in. */
  changed: { rows: string[]; before: Figures } | null
  previous: string
  /** Null: it has not begun. */
  next: string | null
  /** What the reader has seen: figures, faults and numbers. */
  seen: string
  /** Null: the reader serves the whole centre. Otherwise the figures are those of their territories. */
  part: PartOfReport | null
}

type Asking = {
  staff: Staff | null | undefined
  /** Absent: the one that is due now, or was last. */
  period?: string | undefined
  choice?: CategoryChoice | undefined
  now: Date
}

/**
 * The quarterly report for a supervisor, as recorded now. Throws `not-found` for anybody else, for a region without one, and for a quarter
 * that has not begun. Whoever serves a part of the territories reads the figures of these.
 */
export const reportForStaff = async (
  deps: { database: Database; region: Region; sealer: Sealer },
  { staff, period, choice, now }: Asking,
): Promise<StaffReport> => {
  const { database, region } = deps
  if (!staff || !seesToReport(staff, region)) throw new DomainError('not-found')
  const served = await territoriesServedBy(database, region, staff)
  const partly = region.territories.some(({ code }) => !served.includes(code))
  const today = dayOfMoment(region, now)
  const { form, quarter } = formAndQuarter(region, period ?? periodAt(region, today))
  if (quarter.from > today) throw new DomainError('not-found')
  const territories = partly ? served : 'all'
  const counted = await quarterReport(database, deps, { period: quarter.code, choice, territories })
  const handedIn = partly ? await handedInOf(database, region.code, quarter.code) : counted.handedIn
  const report = { ...counted, handedIn }
  const part = partly ? await partOf(deps, { report, territories: served, staffId: staff.id }) : null
  const { dueOn } = reportDue(quarter, form, region)
  const ended = shifted(quarter.until, 1)
  const fromDay = dueOn < ended ? dueOn : ended
  const last = report.handedIn.at(-1)
  const before = last && !part ? frozen(last) : undefined
  const next = quarterAfter(quarter)
  const faults = report.identities.filter(({ holds }) => !holds).map(({ identity }) => identity.code)
  return {
    ...{ report, fromDay, mayHandIn: today >= fromDay && !last && !part?.confirmed, part },
    changed: before ? { rows: changedRows(report.figures, before), before } : null,
    previous: quarterBefore(quarter).code,
    next: next.from <= today ? next.code : null,
    seen: sha256(
      JSON.stringify([[...report.figures], faults, report.choice, report.handedIn.length, part?.known]),
    ).slice(0, 16),
  }
}

/** The running quarter from the day on which its report is due, until then the one before. */
const periodAt = (region: Region, today: string): string => {
  const running: Quarter = quarterOn(today)
  const { form } = formAndQuarter(region, running.code)
  return reportDue(running, form, region).dueOn <= today ? running.code : quarterBefore(running).code
}

export const isPeriod = (period: string): boolean => parseQuarter(period) !== null

type Handing = { found: StaffReport; staff: Staff; now: Date }

/** Hands it in as it was seen, with what does not agree, or confirms the reader's part. Throws as `handIn` and `confirmPart` do. */
export const handInByStaff = async (
  tx: Tx,
  deps: { region: Region; sealer: Sealer },
  { found: { report, part }, staff, now }: Handing,
): Promise<void> => {
  if (part) await confirmPart(tx, deps, { report, part, staffId: staff.id, now })
  else await handIn(tx, deps, { report, acceptFaults: true, by: { staffId: staff.id }, now })
}

/** Adds what has changed since under the next number. Throws as `correctReport` does, and `not-allowed` for a part. */
export const correctByStaff = async (
  tx: Tx,
  deps: { region: Region; sealer: Sealer },
  { found: { report, part }, staff, reason, now }: Handing & { reason: string },
): Promise<HandedIn> => {
  if (part) throw new DomainError('not-allowed')
  return correctReport(tx, deps, { report, acceptFaults: true, reason, by: { staffId: staff.id }, now })
}
