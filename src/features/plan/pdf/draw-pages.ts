import PDFDocument from 'pdfkit'
import { fontFiles } from '#core/fonts.ts'
import { printable } from '#core/printable.ts'
import { drawBlanks } from './blank-lines.ts'
import { countSign, pageSign, type Paper } from './page-layout.ts'
import { drawTable, type Pdf } from './table.ts'

const margin = 40
const footerFromEnd = 36

/** So many pages wait in memory for the number of all of them; each is some hundred kilobytes before it is written. */
const waiting = 40

/**
 * Draws a paper as a PDF. Deterministic: the same content gives the same bytes. A long one is drawn twice: its first drawing counts the
 * pages.
 */
export const drawPaper = async (given: Paper): Promise<Uint8Array> => {
  const paper = withPrintableWords(given)
  const first = await draw(paper, null)
  return first.whole ? first.content : (await draw(paper, first.pages)).content
}

/** `pages`: how many there are; null: not known. `whole`: all of its footers say so. */
const draw = async (
  paper: Paper,
  pages: number | null,
): Promise<{ content: Uint8Array; pages: number; whole: boolean }> => {
  const pdf = new PDFDocument({
    size: 'A4',
    layout: paper.wide ? 'landscape' : 'portrait',
    margins: { top: 44, bottom: 56, left: margin, right: margin },
    bufferPages: true,
    lang: paper.language,
    displayTitle: true,
    info: { Title: paper.title, CreationDate: paper.madeAt },
  })
  const finished = collect(pdf)
  pdf.registerFont('regular', fontFiles.regular).registerFont('bold', fontFiles.bold).lineGap(1.5)
  let whole = true
  const pageFull = () => {
    if (pdf.bufferedPageRange().count < waiting) return
    if (pages === null) whole = false
    else drawFooters(pdf, paper, pages)
    pdf.flushPages()
  }
  drawHeader(pdf, paper)
  for (const { heading, paragraphs } of paper.sections) {
    drawHeading(pdf, heading)
    for (const text of paragraphs) drawParagraph(pdf, text)
  }
  if (paper.picture) drawPicture(pdf, paper.picture)
  for (const { heading, columns, rows } of paper.tables) {
    drawHeading(pdf, heading)
    drawTable(pdf, { columns, rows, pageFull })
  }
  drawNotes(pdf, paper.notes)
  if (paper.blanks) drawBlanks(pdf, paper.blanks)
  const { start, count } = pdf.bufferedPageRange()
  drawFooters(pdf, paper, start + count)
  pdf.end()
  return { content: await finished, pages: start + count, whole }
}

/** The same with every text as the fonts can draw it: families have emoji in their names. */
const withPrintableWords = (paper: Paper): Paper => {
  const { sections, tables, facts, notes } = paper
  const all = (texts: readonly string[]) => texts.map(printable)
  return {
    ...paper,
    facts: all(facts),
    sections: sections.map(({ heading, paragraphs }) => ({ heading, paragraphs: all(paragraphs) })),
    tables: tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) =>
        row.map((cell) => cell.map((part) => ({ ...part, text: printable(part.text) }))),
      ),
    })),
    notes: all(notes),
  }
}

const collect = (pdf: Pdf): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => done(new Uint8Array(Buffer.concat(chunks))))
    pdf.on('error', failed)
  })

const drawHeader = (pdf: Pdf, { organisation, title, facts }: Paper) => {
  pdf.font('regular', 9).fillColor('#4f5f5c').text(organisation, margin, pdf.y)
  pdf.moveDown(0.5).font('bold', 17).fillColor('#111111').text(title)
  pdf.moveDown(0.3).font('regular', 10)
  for (const fact of facts) pdf.text(fact)
  pdf.moveDown(0.6)
}

const drawHeading = (pdf: Pdf, text: string) => {
  // Keep a heading with the text below it.
  if (pdf.y + 110 > pdf.page.height - pdf.page.margins.bottom) pdf.addPage()
  pdf.moveDown(0.4).font('bold', 11.5).fillColor('#111111').text(text, margin, pdf.y)
  pdf.moveDown(0.3)
}

const drawParagraph = (pdf: Pdf, text: string) => {
  pdf.font('regular', 10).fillColor('#111111').text(text, margin, pdf.y)
  pdf.moveDown(0.25)
}

const drawPicture = (pdf: Pdf, { png, side }: NonNullable<Paper['picture']>) => {
  if (pdf.y + side > pdf.page.height - pdf.page.margins.bottom) pdf.addPage()
  const top = pdf.y
  pdf.image(Buffer.from(png), margin, top, { width: side })
  pdf.y = top + side
  pdf.moveDown(0.5)
}

const drawNotes = (pdf: Pdf, notes: readonly string[]) => {
  for (const note of notes) {
    pdf.moveDown(0.5).font('regular', 8.5).fillColor('#4f5f5c').text(note, margin, pdf.y)
  }
}

/** Of the pages that wait; `all`: how many there are. */
const drawFooters = (pdf: Pdf, { footer }: Paper, all: number) => {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page)
    // Text below the bottom margin would start a new page.
    pdf.page.margins.bottom = 0
    const line = footer.replace(pageSign, String(page + 1)).replace(countSign, String(all))
    pdf.font('regular', 7.5).fillColor('#4f5f5c')
    pdf.text(line, margin, Math.floor(pdf.page.height) - footerFromEnd + 1, {
      width: pdf.page.width - 2 * margin,
      align: 'center',
      lineBreak: false,
    })
  }
}
