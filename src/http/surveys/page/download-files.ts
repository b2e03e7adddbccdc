import type { Texts } from '#core/text.ts'
import { commentsSheet, figuresSheet } from '#features/surveys/export/result-sheets.ts'
import { toCsv } from '#features/surveys/export/results-csv.ts'
import { toWorkbook } from '#features/surveys/export/results-workbook.ts'
import type { OpenResults } from '#features/surveys/results/results-access.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { loadComments, loadResultsView } from './results-view-model.ts'

const files = ['figures.csv', 'figures.xlsx', 'comments.csv', 'comments.xlsx'] as const
type File = (typeof files)[number]
export const isFile = (name: string): name is File => files.some((file) => file === name)

/** Limit of comments in a file. */
const mostComments = 5_000

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** Renders the current results view as a file. The caller audits the download. */
export const fileOf = async (
  deps: { database: Database; sealer: Sealer; region: Region; texts: Texts },
  open: OpenResults,
  { file, now }: { file: File; now: Date },
): Promise<{ name: string; type: string; content: string | Uint8Array }> => {
  const { say, results, words } = await loadResultsView(deps, open, now)
  const [what, kind] = file.split('.') as ['figures' | 'comments', 'csv' | 'xlsx']
  const sheet =
    what === 'figures'
      ? figuresSheet(results, words)
      : commentsSheet(results, await loadComments(deps, open, { results, say, limit: mostComments }), words)
  return {
    name: `${say.label(`surveyExport.fileNames.${what}`, { code: results.code })}.${kind}`,
    type: types[kind],
    content: kind === 'csv' ? toCsv(sheet, say) : await toWorkbook([sheet]),
  }
}
