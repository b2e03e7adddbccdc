import { novgorodReport } from './novgorod.ts'
import type { ReportForm } from './report-form.ts'

const forms: Readonly<Record<string, ReportForm>> = { novgorod: novgorodReport }

/** The quarterly report of a region; null: its text demands none. */
export const reportFormOf = (region: string): ReportForm | null => forms[region] ?? null
