import type { Say } from '#core/text.ts'
import { countSign, type Paper, pageSign } from '#features/plan/pdf/page-layout.ts'
import { drawPdf } from '#features/plan/pdf/plan-pdf.ts'
import type { RegisterSheet, SheetCell } from './register-sheet.ts'

/** Points of a page on its side. */
const [pageWidth, placeWidth, nameWidth] = [762, 34, 150]

/** A register as a PDF (A4 on its side). Deterministic: the same content gives the same bytes. */
export const registerPdf = (
  sheet: RegisterSheet,
  { say, organisation, madeAt }: { say: Say; organisation: string; madeAt: Date },
): Promise<Uint8Array> => drawPdf(pagesOf(sheet, { say, organisation, madeAt }))

const pagesOf = (
  { title, lines, heads, rows, notes }: RegisterSheet,
  { say, organisation, madeAt }: { say: Say; organisation: string; madeAt: Date },
): Paper => ({
  language: say.language,
  madeAt,
  organisation,
  title,
  facts: lines,
  sections: [],
  tables: [
    {
      heading: '',
      columns: heads.map((head, place) => ({ title: head, width: widthOf(place, heads.length) })),
      rows: rows.map((row) => row.map((cell) => [{ text: cellText(cell) }])),
    },
  ],
  notes,
  footer: say.label('registers.footer', { page: pageSign, count: countSign }),
  wide: true,
})

/** The first column numbers the rows, the second names them. */
const widthOf = (place: number, count: number): number => {
  if (place === 0) return placeWidth
  if (place === 1) return nameWidth
  return Math.floor((pageWidth - placeWidth - nameWidth) / (count - 2))
}

const cellText = (cell: SheetCell): string => {
  if (cell === null) return ''
  return typeof cell === 'object' ? cell.day.split('-').reverse().join('.') : String(cell)
}
