import type { CategoryChoice } from '#regions/reports/report-form.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** What a supervisor has confirmed of a quarterly report. */
export type ReportPart = {
  id: string
  region: string
  period: string
  territories: string[]
  categories: CategoryChoice
  /** Stands for the figures that were confirmed. */
  seen: string
  staffId: string
  at: Date
}

export const insertPart = async (tx: Tx, part: ReportPart): Promise<void> => {
  await tx.reportPart.create({ data: part })
}

/** Those of a period, the first one first, with the name of whoever confirmed each. */
export const partsOf = async (
  reader: Reader,
  region: string,
  period: string,
): Promise<(ReportPart & { name: string })[]> => {
  const rows = await readFrom(reader).reportPart.findMany({
    where: { region, period },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    include: { staff: { select: { name: true } } },
  })
  return rows.map(({ staff, categories, ...row }) => ({
    ...row,
    categories: categories as CategoryChoice,
    name: staff.name,
  }))
}
