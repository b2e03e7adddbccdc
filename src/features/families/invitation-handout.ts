import PDFDocument from 'pdfkit'
import { toBuffer } from 'qrcode'
import { formatDayUntil } from '#core/dates.ts'
import { fontFiles } from '#core/fonts.ts'
import type { Say } from '#core/text.ts'

const margin = 60
const qrSide = 190
type Pdf = InstanceType<typeof PDFDocument>

/** Renders a one-time link as a QR code (PNG) for a screen or paper. */
export const invitationQr = async (link: string): Promise<Uint8Array> =>
  new Uint8Array(await toBuffer(link, { errorCorrectionLevel: 'M', margin: 4, scale: 8 }))

export type HandoutFacts = {
  link: string
  expiresAt: Date
  organisation: { name: string; contact: string }
  timeZone: string
  /** A minor's page is for the minor alone: it says so, and speaks to them. */
  minor: boolean
  now: Date
}

/**
 * Renders a page (A4, PDF) to leave with the family: what the bot is, how to join and until when, and where
 * to call. It contains no names, because others may see the paper.
 */
export const invitationHandout = async (say: Say, facts: HandoutFacts): Promise<Uint8Array> => {
  const { link, expiresAt, organisation, timeZone, minor, now } = facts
  const title = say.label(minor ? 'handout.minor.title' : 'handout.title')
  const of = (part: 'what' | 'how' | 'until' | 'consent') => `handout.${minor ? 'minor.' : ''}${part}`
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 50, bottom: 50, left: margin, right: margin },
    lang: say.language,
    displayTitle: true,
    info: { Title: title, CreationDate: now },
  })
  const finished = collect(pdf)
  pdf.registerFont('regular', fontFiles.regular).registerFont('bold', fontFiles.bold).lineGap(4)
  const { name, contact } = organisation
  write(pdf, 'bold', 20, title)
  write(pdf, 'regular', 11, name)
  if (minor) write(pdf, 'bold', 12, say.label('handout.ownOnly'))
  write(pdf, 'regular', 12, say.label(of('what')))
  write(pdf, 'bold', 13, say.label('handout.howTitle'))
  write(pdf, 'regular', 12, say.label(of('how')))
  const top = pdf.y
  pdf.image(Buffer.from(await invitationQr(link)), (pdf.page.width - qrSide) / 2, top, { width: qrSide })
  pdf.y = top + qrSide + 6
  pdf.font('regular', 10).text(link, margin, pdf.y, { align: 'center', link, underline: true })
  pdf.moveDown(1)
  const until = formatDayUntil(say, { instant: expiresAt, timeZone, now })
  write(pdf, 'regular', 12, say.label(of('until'), { until }))
  write(pdf, 'regular', 12, say.label(of('consent')))
  write(pdf, 'bold', 13, say.label('handout.crisisTitle'))
  write(pdf, 'regular', 12, say.label('handout.crisis'))
  write(pdf, 'regular', 11, say.label('handout.contact', { contact }))
  pdf.end()
  return finished
}

const write = (pdf: Pdf, font: keyof typeof fontFiles, size: number, text: string) => {
  pdf.font(font, size).text(text, margin, pdf.y)
  pdf.moveDown(0.6)
}

const collect = (pdf: Pdf): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    const chunks: Buffer[] = []
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => done(new Uint8Array(Buffer.concat(chunks))))
    pdf.on('error', failed)
  })
