import type { Say } from '#core/text.ts'
import { countSign, type Paper, type PaperTable, pageSign } from '#features/plan/pdf/page-layout.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import type { CaseColumn } from '#regions/registers/register.ts'
import { familiesOnPaper } from './families-on-paper.ts'
import { cellText, type RegisterSheet } from './register-sheet.ts'

/** Points of a page on its side. */
const [pageWidth, placeWidth, nameWidth] = [762, 42, 150]

type Around = {
  say: Say
  organisation: string
  madeAt: Date
  /** Of a register of single families; null: it is one of figures. */
  families: readonly CaseColumn[] | null
}

/** A register as a PDF (A4 on its side). Deterministic: the same content gives the same bytes. */
export const registerPdf = (sheet: RegisterSheet, around: Around): Promise<Uint8Array> =>
  drawPdf(pagesOf(sheet, around), around.say)

const pagesOf = (sheet: RegisterSheet, { say, organisation, madeAt, families }: Around): Paper => ({
  language: say.language,
  madeAt,
  organisation,
  title: sheet.title,
  facts: sheet.lines,
  sections: [],
  tables: [families ? familiesOnPaper(sheet, { columns: families, say }) : figuresOnPaper(sheet)],
  notes: sheet.notes,
  footer: say.label('registers.footer', { page: pageSign, count: countSign }),
  wide: true,
})

const figuresOnPaper = ({ heads, rows }: RegisterSheet): PaperTable => ({
  heading: '',
  columns: heads.map((head, place) => ({ title: head, width: widthOf(place, heads.length) })),
  rows: rows.map((row) => row.map((cell) => [{ text: cellText(cell) }])),
})

/** The first column numbers the rows, the second names them. */
const widthOf = (place: number, count: number): number => {
  if (place === 0) return placeWidth
  if (place === 1) return nameWidth
  return Math.floor((pageWidth - placeWidth - nameWidth) / (count - 2))
}
