import type PDFDocument from 'pdfkit'

export type Pdf = InstanceType<typeof PDFDocument>

/** Stacked texts; `small` ones are secondary. */
export type Cell = readonly { text: string; style?: 'bold' | 'small' }[]
export type Column = { title: string; width: number }

const padding = 5
const sizes = { plain: 9, bold: 9, small: 7.5, head: 8 }
const lineColour = '#b9c4c1'

/**
 * Draws a table at the current position. The header is repeated on each page, and pages break between rows.
 * Only a row higher than a page is split, between the parts of its cells. `pageFull` is called before each of its pages but the first.
 */
export const drawTable = (
  pdf: Pdf,
  { columns, rows, pageFull }: { columns: readonly Column[]; rows: readonly Row[]; pageFull: () => void },
): void => {
  const left = pdf.page.margins.left
  const drawHead = () => {
    const head = columns.map(({ title }): Cell => [{ text: title, style: 'bold' }])
    const height = heightOf(pdf, columns, head)
    const width = columns.reduce((sum, column) => sum + column.width, 0)
    pdf.rect(left, pdf.y, width, height).fill('#e9efed')
    drawRow(pdf, columns, head, height)
  }
  const bottom = pdf.page.height - pdf.page.margins.bottom
  const most = bottom - pdf.page.margins.top - headRoom
  const whole = rows.flatMap((row) => broken(pdf, columns, row, most))
  whole.forEach((row, index) => {
    const height = heightOf(pdf, columns, row)
    const first = index === 0
    // Keep the header with the first row.
    const full = pdf.y + height + (first ? headRoom : 0) > bottom
    if (full) {
      pageFull()
      pdf.addPage()
    }
    if (first || full) drawHead()
    drawRow(pdf, columns, row, height)
  })
}

const headRoom = 24

type Row = readonly Cell[]

const broken = (pdf: Pdf, columns: readonly Column[], row: Row, most: number): Row[] => {
  if (heightOf(pdf, columns, row) <= most) return [row]
  const fitting = row.map((cell, index) => {
    const fits = (count: number) =>
      heightOf(pdf, columns.slice(index, index + 1), [cell.slice(0, count)]) <= most
    return cell.findLastIndex((_, part) => fits(part + 1)) + 1
  })
  const rest = row.map((cell, index) => cell.slice(fitting[index]))
  // A single part that is higher than a page cannot be split: avoid infinite recursion.
  if (fitting.every((count) => count === 0)) return [row]
  return [row.map((cell, index) => cell.slice(0, fitting[index])), ...broken(pdf, columns, rest, most)]
}

const drawRow = (pdf: Pdf, columns: readonly Column[], cells: readonly Cell[], height: number): void => {
  const top = pdf.y
  let x = pdf.page.margins.left
  columns.forEach(({ width }, index) => {
    pdf.rect(x, top, width, height).lineWidth(0.5).stroke(lineColour)
    let y = top + padding
    for (const part of cells[index] ?? []) {
      styled(pdf, part).text(part.text, x + padding, y, { width: width - 2 * padding })
      y = pdf.y + 1
    }
    x += width
  })
  pdf.x = pdf.page.margins.left
  pdf.y = top + height
}

const heightOf = (pdf: Pdf, columns: readonly Column[], cells: readonly Cell[]): number => {
  const heights = columns.map(({ width }, index) =>
    (cells[index] ?? []).reduce(
      (sum, part) => sum + styled(pdf, part).heightOfString(part.text, { width: width - 2 * padding }) + 1,
      0,
    ),
  )
  return Math.ceil(Math.max(...heights)) + 2 * padding
}

const styled = (pdf: Pdf, { style = 'plain' }: { style?: 'plain' | 'bold' | 'small' }): Pdf =>
  pdf
    .font(style === 'bold' ? 'bold' : 'regular', sizes[style])
    .fillColor(style === 'small' ? '#4f5f5c' : '#111111')
