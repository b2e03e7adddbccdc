import { commentsSheet, figuresSheet } from '#features/surveys/export/result-sheets.ts'
import { toCsv } from '#features/surveys/export/results-csv.ts'
import { toWorkbook } from '#features/surveys/export/results-workbook.ts'
import {
  auditExport,
  exportedComments,
  type ResultsView,
} from '#features/surveys/results/results-for-staff.ts'
import type { Download, Visit } from '../visit.ts'

export const resultFiles = ['figures.csv', 'figures.xlsx', 'comments.csv', 'comments.xlsx'] as const
type File = (typeof resultFiles)[number]

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** What the page shows, as a file. Audited. */
export const fileOf = async (visit: Visit, view: ResultsView, file: File): Promise<Download> => {
  const { deps, say } = visit
  const { results, words } = view
  const [what, kind] = file.split('.') as ['figures' | 'comments', 'csv' | 'xlsx']
  await auditExport(deps, visit)
  const sheet =
    what === 'figures'
      ? figuresSheet(results, words)
      : commentsSheet(results, await exportedComments(deps, visit, results), words)
  return {
    name: `${say.label(`surveyExport.fileNames.${what}`, { code: results.code })}.${kind}`,
    type: types[kind],
    content: kind === 'csv' ? toCsv(sheet, say) : await toWorkbook([sheet]),
  }
}
