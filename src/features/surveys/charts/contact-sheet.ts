import { escapeHtml } from '#core/text.ts'
import { colours, edge, font, smallSize, textSize, width } from './chart-theme.ts'
import { wrapped } from './measure-text.ts'

type Drawing = { title: string; description: string; svg: string }

/** A standalone picture: a title, then charts with their captions. */
export type Sheet = { id: string; title: string; subtitle: string; charts: readonly Drawing[] }

const titleSize = 22
/** Width of the picture, in points: on a phone it is zoomed into. */
const shownWidth = 1000
const between = 26
const most = width - 2 * edge

/** Draws charts below one another with the captions that a page would show, as one SVG. */
export const drawSheet = ({ id, title, subtitle, charts }: Sheet): string => {
  const parts: string[] = []
  let y = 14
  const write = (text: string, { size, fill, bold = false, lines }: Writing) => {
    for (const line of wrapped(text, { size: bold ? size * 1.12 : size, most, lines })) {
      y += Math.round(size * 1.35)
      const weight = bold ? ' font-weight="bold"' : ''
      parts.push(
        `<text x="${edge}" y="${y}" font-size="${size}" fill="${fill}"${weight}>${escapeHtml(line)}</text>`,
      )
    }
  }
  write(title, { size: titleSize, fill: colours.ink, bold: true, lines: 3 })
  y += 4
  write(subtitle, { size: smallSize, fill: colours.quiet, lines: 3 })
  for (const chart of charts) {
    const height = Number(/viewBox="0 0 \d+ (\d+)"/.exec(chart.svg)?.[1] ?? 0)
    y += between
    if (charts.length > 1 || chart.title !== title)
      write(chart.title, { size: textSize, fill: colours.ink, bold: true, lines: 3 })
    write(chart.description, { size: smallSize, fill: colours.quiet, lines: 6 })
    y += 12
    parts.push(chart.svg.replace('<svg ', `<svg x="0" y="${y}" width="${width}" height="${height}" `))
    y += height
  }
  const height = y + 20
  const heading = `${id}-heading`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${shownWidth}" height="${Math.round((height * shownWidth) / width)}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${heading}" font-family="${font}">`,
    `<title id="${heading}">${escapeHtml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    ...parts,
    '</svg>',
  ].join('')
}

type Writing = { size: number; fill: string; bold?: boolean; lines: number }
