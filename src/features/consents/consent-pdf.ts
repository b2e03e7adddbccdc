import { lexer, type Token, type Tokens } from 'marked'
import PDFDocument from 'pdfkit'
import { fontFiles } from '#core/fonts.ts'
import { printable } from '#core/printable.ts'
import { type Blanks, drawBlanks } from '#features/plan/pdf/blank-lines.ts'
import type { ConsentText } from './consent-text.ts'

const margin = 60
const footerY = 800
/** Letters of a text; what is signed stands closer, so that text and signature share a page where they can. */
const looks = {
  read: { body: 10, title: 16, heading: 11, gap: 3 },
  signed: { body: 8.5, title: 13, heading: 9, gap: 1 },
}
type Look = (typeof looks)['read']
const listIndent = 14
type Pdf = InstanceType<typeof PDFDocument>
type Run = { text: string; bold: boolean }

/** What stands around a text that is signed on paper: who signs above it, and lines to write upon below. */
export type Signing = { before: readonly string[]; after: string; blanks: Blanks; madeAt: Date }

/** Draws a consent as an A4 PDF, to be read or to be signed. Deterministic: the same text gives the same bytes. */
export const consentDocument = async (text: ConsentText, signing?: Signing): Promise<Uint8Array> => {
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 50, bottom: 62, left: margin, right: margin },
    bufferPages: true,
    lang: text.language,
    displayTitle: true,
    info: { Title: text.title, CreationDate: signing?.madeAt ?? new Date(`${text.version}T00:00:00Z`) },
  })
  const look = signing ? looks.signed : looks.read
  const finished = collect(pdf)
  pdf.registerFont('regular', fontFiles.regular).registerFont('bold', fontFiles.bold).lineGap(look.gap)
  for (const line of signing?.before ?? [])
    pdf.font('regular', look.body).text(printable(line), margin, pdf.y)
  for (const token of lexer(text.markdown)) drawBlock(pdf, token, look)
  if (signing) drawSigning(pdf, signing, look)
  drawFooters(pdf, text)
  pdf.end()
  return finished
}

const collect = (pdf: Pdf): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => done(new Uint8Array(Buffer.concat(chunks))))
    pdf.on('error', failed)
  })

const drawBlock = (pdf: Pdf, token: Token, look: Look) => {
  if (token.type === 'heading') drawHeading(pdf, token as Tokens.Heading, look)
  else if (token.type === 'paragraph') drawParagraph(pdf, runsOf(token.tokens ?? []), look)
  else if (token.type === 'list') drawList(pdf, token as Tokens.List, look)
  else if (token.type !== 'space')
    throw new Error(`A consent may not contain Markdown of the kind ${token.type}`)
}

const drawHeading = (pdf: Pdf, { depth, tokens }: Tokens.Heading, look: Look) => {
  const size = depth === 1 ? look.title : look.heading
  // Keep a heading with the text below it.
  keepTogether(pdf, size * 9)
  if (depth > 1) pdf.moveDown(0.4)
  drawRuns(pdf, runsOf(tokens, true), size)
}

const drawParagraph = (pdf: Pdf, runs: Run[], { body }: Look) => {
  keepTogether(pdf, heightOf(pdf, { runs, body }, columnOf(pdf)))
  drawRuns(pdf, runs, body)
}

const drawList = (pdf: Pdf, { items }: Tokens.List, { body }: Look) => {
  const column = { left: margin + listIndent, width: columnOf(pdf).width - listIndent, after: 0.15 }
  for (const { tokens } of items) {
    const runs = runsOf(tokens)
    keepTogether(pdf, heightOf(pdf, { runs, body }, column))
    pdf.font('regular', body).text('•', margin, pdf.y).moveUp()
    drawRuns(pdf, runs, body, column)
  }
  pdf.moveDown(0.35)
}

const drawSigning = (pdf: Pdf, { after, blanks }: Signing, { body }: Look) => {
  keepTogether(pdf, 30 + blanks.length * 32)
  drawRuns(pdf, [{ text: after, bold: true }], body)
  drawBlanks(pdf, blanks)
}

const columnOf = (pdf: Pdf) => ({ left: margin, width: pdf.page.width - 2 * margin, after: 0.5 })

const heightOf = (pdf: Pdf, { runs, body }: { runs: Run[]; body: number }, { width }: { width: number }) =>
  pdf.font('regular', body).heightOfString(runs.map(({ text }) => text).join(''), { width })

const drawRuns = (pdf: Pdf, runs: Run[], size: number, { left, width, after } = columnOf(pdf)) => {
  pdf.x = left
  runs.forEach(({ text, bold }, index) => {
    pdf.font(bold ? 'bold' : 'regular', size).text(text, { width, continued: index < runs.length - 1 })
  })
  pdf.x = margin
  pdf.moveDown(after)
}

const keepTogether = (pdf: Pdf, height: number) => {
  if (pdf.y + height > pdf.page.height - pdf.page.margins.bottom) pdf.addPage()
}

const runsOf = (tokens: Token[], bold = false): Run[] =>
  tokens.flatMap((token): Run[] => {
    if (token.type === 'br') return [{ text: '\n', bold }]
    if ('tokens' in token && token.tokens) return runsOf(token.tokens, bold || token.type === 'strong')
    return [{ text: 'text' in token ? String(token.text).replace(/\s*\n\s*/g, ' ') : token.raw, bold }]
  })

const drawFooters = (pdf: Pdf, { title, version, hash }: ConsentText) => {
  const { count } = pdf.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page)
    // Text below the bottom margin would start a new page.
    pdf.page.margins.bottom = 0
    const line = `${title} · ${version} · SHA-256 ${hash.slice(0, 16)} · ${page + 1}/${count}`
    pdf.font('regular', 7.5).fillColor('#555555')
    pdf.text(line, margin, footerY, { width: pdf.page.width - 2 * margin, align: 'center', lineBreak: false })
  }
}
