import type { Say } from '#core/text.ts'
import { countSign, type Paper, pageSign } from '#features/plan/pdf/page-layout.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import { figureWords, type ReportPaper } from '../report-paper.ts'

const widths = [48, 397, 70] as const

/** The report as a PDF (A4). Deterministic: the same content gives the same bytes. */
export const reportPdf = (
  paper: ReportPaper,
  { say, madeAt }: { say: Say; madeAt: Date },
): Promise<Uint8Array> => drawPdf(pagesOf(paper, say, madeAt), say)

const pagesOf = (paper: ReportPaper, say: Say, madeAt: Date): Paper => ({
  language: say.language,
  madeAt,
  organisation: paper.addressee,
  title: paper.tables[0]?.title ?? paper.period,
  facts: [paper.status],
  sections: [],
  tables: paper.tables.map(({ annex, title, heads, rows }, table) => ({
    // The first table's title is the paper's.
    heading: table === 0 ? annex : title,
    columns: heads.map((head, place) => ({ title: head, width: widths[place] ?? 0 })),
    rows: rows.map(({ number, words, figure }) => [
      [{ text: number }],
      [{ text: words }],
      [{ text: figureWords(say, figure), style: 'bold' }],
    ]),
  })),
  notes: paper.notes,
  footer: say.label('quarterlyReport.footer', { period: paper.period, page: pageSign, count: countSign }),
})
