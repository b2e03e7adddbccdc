import type { Staff } from '#features/requests/cases.ts'
import type { CategoryChoice } from '#regions/reports/report-form.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAuditOfFamilies } from '#storage/staff/audit.ts'
import { type Asked as Asking, type CaseOfRow, casesOfRow } from './quarter-report.ts'
import { reportForStaff, type StaffReport } from './report-for-staff.ts'

type Asked = {
  staff: Staff
  period: string
  row: string
  choice: CategoryChoice | undefined
  /** From 0. */
  page: number
  size: number
  now: Date
}

/**
 * A page of the families that a figure is made of, by number, for whoever sees to the report. Every family of the page is audited as
 * `family.report`. Throws `not-found` and `not-allowed` as `reportForStaff` and `casesOfRow` do.
 */
export const casesForStaff = async (
  deps: { database: Database; region: Region; sealer: Sealer },
  { staff, period, row, choice, page, size, now }: Asked,
): Promise<{ found: StaffReport; cases: CaseOfRow[]; total: number }> => {
  const { database } = deps
  const found = await reportForStaff(deps, { staff, period, choice, now })
  const territories: Asking['territories'] = found.part?.territories ?? 'all'
  const asked = { period, row, choice: found.report.choice, territories }
  const all = await casesOfRow(database, deps, asked)
  const cases = all.slice(page * size, (page + 1) * size)
  const ids = cases.map(({ id }) => id)
  const entry = { at: now, action: 'family.report', staffId: staff.id } as const
  await database.transaction((tx) => addAuditOfFamilies(tx, ids, entry))
  return { found, cases, total: all.length }
}
