import { escapeHtml } from '#core/text.ts'

/** Statuses of activities in the order of the legend; rows show past ones before upcoming ones. */
export const marks = ['done', 'week', 'later', 'past'] as const
export type Mark = (typeof marks)[number]
const inTime: readonly Mark[] = ['done', 'past', 'week', 'later']

export type PictureRow = { label: string; count: string; marks: Readonly<Record<Mark, number>> }

/** Everything in the picture, in the reader's language. */
export type PictureFacts = {
  title: string
  subtitle: string
  rows: readonly PictureRow[]
  legend: Readonly<Record<Mark, string>>
}

const width = 1000
const edge = 64
const inner = width - 2 * edge
const rowHeight = 138
const legendHeight = 64
const legendColumn = 396
const cellHeight = 48
const widestCell = 72
const gap = 8
/** Narrower cells are merged, because they could not be counted. */
const narrowestCell = 14

const ink = '#17312f'
const quiet = '#4c6361'
const looks: Record<Mark, string> = {
  done: `fill="#1f6b63" stroke="#1f6b63" stroke-width="3"`,
  past: `fill="#e3e8e6" stroke="#6f8583" stroke-width="3" stroke-dasharray="7 6"`,
  week: `fill="url(#week)" stroke="#8a5a00" stroke-width="4"`,
  later: `fill="#ffffff" stroke="#93aaa7" stroke-width="3"`,
}

/**
 * Draws the progress of a plan as SVG: a row per kind of help, a cell per activity. Statuses differ in
 * pattern, not only in colour. Pure: the same facts give the same picture.
 */
export const drawProgress = ({ title, subtitle, rows, legend }: PictureFacts): string => {
  const most = Math.max(1, ...rows.map(lengthOf))
  const step = Math.min(widestCell + gap, (inner + gap) / most)
  const shown = marks.filter((mark) => mark !== 'past' || rows.some((row) => row.marks.past > 0))
  const first = 250
  const last = first + rows.length * rowHeight
  const height = last + 46 + Math.ceil(shown.length / 2) * legendHeight
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans">`,
    pattern,
    `<rect width="${width}" height="${height}" fill="#f6f4ee"/>`,
    written(title, { x: edge, y: 112, size: 58, bold: true }),
    written(subtitle, { x: edge, y: 174, size: 36, fill: quiet }),
    ...rows.map((row, index) => drawRow(row, first + index * rowHeight, step)),
    `<path d="M${edge} ${last + 4}H${width - edge}" stroke="#cfd6d3" stroke-width="2"/>`,
    ...shown.map((mark, index) => drawLegend(mark, legend[mark], index, last + 36)),
    '</svg>',
  ].join('')
}

const pattern =
  '<defs><pattern id="week" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="14" height="14" fill="#ffe3a8"/><rect width="6" height="14" fill="#d98e04"/></pattern></defs>'

const lengthOf = (row: PictureRow): number => marks.reduce((sum, mark) => sum + row.marks[mark], 0)

const drawRow = (row: PictureRow, y: number, step: number): string => {
  const countWidth = widthOf(row.count, 34)
  return [
    written(row.label, { x: edge, y, size: 34, most: inner - countWidth - 32 }),
    written(row.count, { x: width - edge, y, size: 34, bold: true, end: true }),
    ...drawStones(row, y + 24, step),
  ].join('')
}

const drawStones = (row: PictureRow, y: number, step: number): string[] => {
  let x = edge
  return inTime.flatMap((mark) => {
    const count = row.marks[mark]
    const start = x
    x += count * step
    if (count === 0) return []
    if (step - gap < narrowestCell) return [stone(mark, start, y, Math.max(gap, count * step - gap))]
    return Array.from({ length: count }, (_, index) => stone(mark, start + index * step, y, step - gap))
  })
}

const stone = (mark: Mark, x: number, y: number, long: number): string => {
  const radius = Math.min(16, long / 3)
  const tick = mark === 'done' && long >= 34 ? ticked(x + long / 2, y + cellHeight / 2) : ''
  const shape = `x="${round(x)}" y="${y}" width="${round(long)}" height="${cellHeight}" rx="${round(radius)}"`
  return `<rect ${shape} ${looks[mark]}/>${tick}`
}

const ticked = (x: number, y: number): string =>
  `<path d="M${round(x - 12)} ${y + 1}l8 9 16-19" fill="none" stroke="#ffffff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>`

const drawLegend = (mark: Mark, label: string, index: number, top: number): string => {
  const second = index % 2 === 1
  const x = edge + (second ? legendColumn : 0)
  const y = top + Math.floor(index / 2) * legendHeight
  const room = (second ? inner - legendColumn : legendColumn - gap) - widestCell - 22
  const text = { x: x + widestCell + 22, y: y + 36, size: 31, most: room }
  return stone(mark, x, y, widestCell) + written(label, text)
}

type Writing = {
  x: number
  y: number
  size: number
  bold?: boolean
  end?: boolean
  fill?: string
  most?: number
}

/** A line of text, shrunk if it is too wide. */
const written = (text: string, { x, y, size, bold, end, fill = ink, most = inner }: Writing): string => {
  const fitting = Math.min(size, Math.floor((size * most) / Math.max(1, widthOf(text, size, bold))))
  const style = `font-size="${fitting}"${bold ? ' font-weight="bold"' : ''}${end ? ' text-anchor="end"' : ''}`
  return `<text x="${x}" y="${y}" ${style} fill="${fill}">${escapeHtml(text)}</text>`
}

/** Estimated width in DejaVu Sans, rounded up. */
const widthOf = (text: string, size: number, bold = false): number =>
  [...text].length * size * (bold ? 0.71 : 0.64)

const round = (value: number): number => Math.round(value * 10) / 10
