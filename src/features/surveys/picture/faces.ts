import { escapeHtml } from '#core/text.ts'

/** The labels below the five faces, from sad to glad. */
export type FacesFacts = { words: readonly string[] }

const width = 1000
const edge = 8
const column = (width - 2 * edge) / 5
const radius = 74
const middle = 116
const firstLine = 250
const size = 29
const lineHeight = 37

const ink = '#17312f'
const line = `stroke="${ink}" stroke-width="7" stroke-linecap="round" stroke-linejoin="round" fill="none"`

/** Paler for sad, warmer for glad; mouth and brows carry the meaning without colour. */
const skins = ['#cfd9e6', '#d8e2e2', '#efeadb', '#ffe6ad', '#ffd06b'] as const

/** Vertical offset of the corners of the mouth (points); positive turns it down. */
const mouths = [30, 15, 0, -18, -34] as const

/**
 * Draws five faces in a row as SVG, with a number and a label below each. Pure: the same labels give the same
 * picture. If a label does not fit, all labels are left to the text beside the picture.
 */
export const drawFaces = ({ words }: FacesFacts): string => {
  const written = words.map(linesOf)
  const fitting = written.every((lines) => lines !== null)
  const most = fitting ? Math.max(...written.map((lines) => lines?.length ?? 0)) : 0
  const height = firstLine + most * lineHeight + (most > 0 ? 18 : 0)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans">`,
    `<rect width="${width}" height="${height}" fill="#f6f4ee"/>`,
    ...skins.map((_, index) => drawFace(index)),
    ...(fitting ? written.map((lines, index) => writeUnder(index, lines ?? [])) : []),
    '</svg>',
  ].join('')
}

const centreOf = (index: number): number => edge + column * (index + 0.5)

const drawFace = (index: number): string => {
  const x = round(centreOf(index))
  return [
    `<g transform="translate(${x} ${middle})">`,
    `<circle r="${radius}" fill="${skins[index]}" stroke="${ink}" stroke-width="6"/>`,
    ...[-1, 1].map((side) => drawEye(index, side)),
    drawMouth(index),
    '</g>',
    `<text x="${x}" y="${middle + radius + 44}" font-size="34" font-weight="bold" text-anchor="middle" fill="${ink}">`,
    `${index + 1}</text>`,
  ].join('')
}

/** Eyes are round; the sad faces have brows, and the gladdest eyes smile. */
const drawEye = (index: number, side: number): string => {
  const x = side * 27
  if (index === 4) return `<path d="M${x - 12} -16q12 -17 24 0" ${line}/>`
  const eye = `<ellipse cx="${x}" cy="-16" rx="7.5" ry="9.5" fill="${ink}"/>`
  if (index > 1) return eye
  // The inner end is higher, which reads as sorrow; the other way round would read as anger.
  const rise = index === 0 ? 13 : 8
  return `${eye}<path d="M${x + side * 15} ${-36 + rise / 2}L${x - side * 12} ${-36 - rise / 2}" ${line}/>`
}

const drawMouth = (index: number): string => {
  const bend = mouths[index] ?? 0
  const corner = 30 + bend / 2
  if (index === 4) return `<path d="M-36 14Q0 24 36 14Q30 52 0 52Q-30 52 -36 14Z" ${smile}/>`
  return `<path d="M-31 ${round(corner)}Q0 ${round(corner - bend * 1.9)} 31 ${round(corner)}" ${line}/>`
}

const smile = `fill="#ffffff" stroke="${ink}" stroke-width="7" stroke-linejoin="round"`

/** Wraps a label below a face into three lines at most; null if it does not fit. */
const linesOf = (text: string): string[] | null => {
  const lines: string[] = []
  for (const word of text.split(/\s+/u)) {
    const last = lines.at(-1)
    if (last !== undefined && fits(`${last} ${word}`)) lines[lines.length - 1] = `${last} ${word}`
    else if (fits(word)) lines.push(word)
    else return null
  }
  return lines.length > 3 ? null : lines
}

const fits = (text: string): boolean => [...text].length * size * 0.63 <= column - 10

const writeUnder = (index: number, lines: readonly string[]): string =>
  lines
    .map((text, row) => {
      const place = `x="${round(centreOf(index))}" y="${firstLine + 16 + row * lineHeight}"`
      return `<text ${place} font-size="${size}" text-anchor="middle" fill="${ink}">${escapeHtml(text)}</text>`
    })
    .join('')

const round = (value: number): number => Math.round(value * 10) / 10
