import type { Say } from '#core/text.ts'
import { nameOfRow } from '#regions/reports/report-form.ts'
import type { Region } from '#regions/schema.ts'
import type { StaffReport } from './report-for-staff.ts'
import { faultWords, figureWords, quarterWords, rowWords, statusWords } from './report-paper.ts'

/** A report as lines of text, in the reader's language. */
export type ReportLines = {
  period: string
  status: string
  /** The main ones. */
  rows: { number: string; words: string; figure: string }[]
  faults: string[]
  /** Null: it was not handed in. */
  changes: { number: string; before: string; after: string }[] | null
}

/** How deep the numbers of main rows go: «1.4» of the form, «2» of the indicators. */
const mainDepth = { form: 2, indicators: 1 } as const

export const reportLines = (
  say: Say,
  region: Pick<Region, 'code' | 'timeZone'>,
  { report, changed }: StaffReport,
): ReportLines => {
  const { form, figures, identities, quarter, handedIn } = report
  const figure = (of: ReadonlyMap<string, number | null>, row: string) =>
    figureWords(say, of.get(row) ?? null)
  return {
    period: quarterWords(say, quarter),
    status: statusWords(say, region, handedIn.at(-1) ?? null),
    rows: form.tables.flatMap((table) =>
      table.rows.flatMap((row) => {
        if (row.number.split('.').length > mainDepth[table.code]) return []
        const name = nameOfRow(table, row)
        return [
          { number: row.number, words: rowWords(say, region.code, name), figure: figure(figures, name) },
        ]
      }),
    ),
    faults: identities.flatMap(({ identity, holds }) => (holds ? [] : [faultWords(say, identity.code)])),
    changes:
      changed?.rows.map((row) => ({
        // Of the indicators with their name.
        number: faultWords(say, row),
        before: figure(changed.before, row),
        after: figure(figures, row),
      })) ?? null,
  }
}
