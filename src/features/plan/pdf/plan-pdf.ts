import PDFDocument from 'pdfkit'
import { Temporal } from 'temporal-polyfill'
import { fontFiles } from '#core/fonts.ts'
import { sha256 } from '#core/ids.ts'
import type { Say } from '#core/text.ts'
import type { OpenPlan } from '../open.ts'
import { type Cell, drawTable, type Pdf } from './table.ts'
import { dayWords, whenWords } from './when-words.ts'

export type PlanPdfFacts = {
  family: { number: number }
  organisation: { name: string; contact: string }
  /** `activities` are those that the reader sees; the document's own are not looked at. */
  plan: OpenPlan
  /** A minor's paper has the activities alone: goal, tasks and results are written about adults, and for them. */
  reader: 'adult' | 'minor'
  timeZone: string
}

export type PlanPdf = {
  /** Names the exact content. */
  key: string
  fileName: string
  content: () => Promise<Uint8Array>
}

/** The whole plan on paper (A4), for whoever asks; the same content, the same bytes. */
export const planPdf = (say: Say, facts: PlanPdfFacts): PlanPdf => {
  const { family, plan } = facts
  return {
    key: `plan-pdf.${sha256(JSON.stringify([say.language, say.address, facts]))}`,
    fileName: say.label('planPdf.fileName', { number: family.number, version: plan.version }),
    content: () => draw(say, facts),
  }
}

const margin = 40
const footerY = 806

const draw = async (say: Say, facts: PlanPdfFacts): Promise<Uint8Array> => {
  const { plan, family } = facts
  const title = say.label('planPdf.title', { number: family.number })
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: 44, bottom: 56, left: margin, right: margin },
    bufferPages: true,
    lang: say.language,
    displayTitle: true,
    info: { Title: title, CreationDate: plan.at },
  })
  const finished = collect(pdf)
  pdf.registerFont('regular', fontFiles.regular).registerFont('bold', fontFiles.bold).lineGap(1.5)
  drawHeader(pdf, say, facts, title)
  if (facts.reader === 'adult') drawAims(pdf, say, plan)
  heading(pdf, say.label('planPdf.activities'))
  drawTable(
    pdf,
    columnsOf(say),
    plan.activities.map((activity, index) => rowOf(say, activity, index)),
  )
  drawFooters(pdf, say, facts)
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

const drawHeader = (pdf: Pdf, say: Say, { organisation, plan, timeZone }: PlanPdfFacts, title: string) => {
  const { level, from, until } = plan.document
  const made = Temporal.Instant.fromEpochMilliseconds(plan.at.getTime()).toZonedDateTimeISO(timeZone)
  const version = { version: plan.version, day: dayWords(say, made.toPlainDate().toString()) }
  pdf.font('regular', 9).fillColor('#4f5f5c').text(organisation.name, margin, pdf.y)
  pdf.moveDown(0.5).font('bold', 17).fillColor('#111111').text(title)
  pdf.moveDown(0.3).font('regular', 10).text(say.label('planPdf.version', version))
  pdf.text(say.label('planPdf.period', { from: dayWords(say, from), until: dayWords(say, until) }))
  pdf.text(say.label('planPdf.level', { level: say.label(`planPdf.levels.${level}`) }))
  pdf.moveDown(0.6)
}

const drawAims = (pdf: Pdf, say: Say, { document }: OpenPlan) => {
  heading(pdf, say.label('planPdf.goal'))
  paragraph(pdf, document.goal)
  heading(pdf, say.label('planPdf.tasks'))
  for (const [index, task] of document.tasks.entries()) paragraph(pdf, `${index + 1}. ${task}`)
  heading(pdf, say.label('planPdf.results'))
  for (const [index, result] of document.results.entries()) paragraph(pdf, `${index + 1}. ${result}`)
}

const heading = (pdf: Pdf, text: string) => {
  // A heading never stands alone at the foot of a page.
  if (pdf.y + 110 > pdf.page.height - pdf.page.margins.bottom) pdf.addPage()
  pdf.moveDown(0.4).font('bold', 11.5).fillColor('#111111').text(text, margin, pdf.y)
  pdf.moveDown(0.3)
}

const paragraph = (pdf: Pdf, text: string) => {
  pdf.font('regular', 10).fillColor('#111111').text(oneLine(text), margin, pdf.y)
  pdf.moveDown(0.25)
}

const columnsOf = (say: Say) => [
  { title: '№', width: 27 },
  { title: say.label('planPdf.columns.what'), width: 180 },
  { title: say.label('planPdf.columns.when'), width: 98 },
  { title: say.label('planPdf.columns.where'), width: 92 },
  { title: say.label('planPdf.columns.parts'), width: 118 },
]

const rowOf = (say: Say, activity: OpenPlan['activities'][number], index: number): Cell[] => {
  const { plain, title, kind, status, when, place, responsible, familyPart, centrePart } = activity
  const part = (key: 'familyPart' | 'centrePart', text: string | undefined): Cell =>
    text === undefined ? [] : [{ text: say.label(`planPdf.${key}`), style: 'small' }, { text: oneLine(text) }]
  return [
    [{ text: String(index + 1) }],
    [
      { text: oneLine(plain), style: 'bold' },
      { text: oneLine(title), style: 'small' },
      { text: say.label(`regions.shared.helpKinds.${kind}`), style: 'small' },
      ...(status === 'planned' ? [] : [{ text: say.label(`planPdf.statuses.${status}`) }]),
    ],
    whenWords(say, when).map((text) => ({ text })),
    [...(place === undefined ? [] : [{ text: oneLine(place) }]), { text: oneLine(responsible) }],
    [...part('familyPart', familyPart), ...part('centrePart', centrePart)],
  ]
}

/** Lines broken by hand would make a row as high as anybody likes. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

const drawFooters = (pdf: Pdf, say: Say, { family, organisation, plan }: PlanPdfFacts) => {
  const { count } = pdf.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page)
    // Below the bottom margin a text would open a page of its own.
    pdf.page.margins.bottom = 0
    const values = { number: family.number, version: plan.version, page: page + 1, count }
    const line = `${say.label('planPdf.footer', values)} · ${organisation.contact}`
    pdf.font('regular', 7.5).fillColor('#4f5f5c')
    pdf.text(line, margin, footerY, { width: pdf.page.width - 2 * margin, align: 'center', lineBreak: false })
  }
}
