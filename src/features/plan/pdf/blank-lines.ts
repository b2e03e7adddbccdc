import type { Pdf } from './table.ts'

/** Rows of lines to write upon; each has its caption below, and the lines of a row are equally long. */
export type Blanks = readonly (readonly string[])[]

const rowHeight = 32
const gap = 18
const captionSize = 7.5

/** Draws rows of lines to write upon from the left margin on, all of them on one page. */
export const drawBlanks = (pdf: Pdf, rows: Blanks): void => {
  const { left, right, bottom } = pdf.page.margins
  if (pdf.y + rows.length * rowHeight > pdf.page.height - bottom) pdf.addPage()
  for (const captions of rows) {
    const top = pdf.y + rowHeight - 12
    const width = (pdf.page.width - left - right - gap * (captions.length - 1)) / captions.length
    captions.forEach((caption, index) => {
      const x = left + index * (width + gap)
      pdf
        .moveTo(x, top)
        .lineTo(x + width, top)
        .lineWidth(0.7)
        .strokeColor('#444444')
        .stroke()
      pdf.font('regular', captionSize).fillColor('#444444')
      pdf.text(caption, x, top + 2, { width, align: 'center', lineBreak: false })
    })
    pdf.x = left
    pdf.y = top + 12
  }
}
