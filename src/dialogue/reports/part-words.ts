import type { Say } from '#core/text.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { StaffReport } from '#features/reports/report-for-staff.ts'

/** How far a report is confirmed by parts, in words. */
export type PartWords = {
  mine: string
  others: { name: string; where: string }[]
  /** Null: nobody else is waited for. */
  waiting: string | null
  confirmed: boolean
}

/** Null: the reader serves the whole centre. Once it is handed in, only whose figures these are. */
export const partWords = (
  say: Say,
  region: string,
  { part, report }: Pick<StaffReport, 'part' | 'report'>,
): PartWords | null => {
  if (!part) return null
  const names = (codes: readonly string[]) =>
    codes.map((code) => optionLabel(say, region, 'territory', code)).join('; ')
  const mine = names(part.territories)
  if (report.handedIn.length > 0) return { mine, others: [], waiting: null, confirmed: false }
  return {
    mine,
    others: part.others.map(({ name, territories }) => ({ name, where: names(territories) })),
    waiting: part.waiting.length > 0 ? names(part.waiting) : null,
    confirmed: part.confirmed,
  }
}
