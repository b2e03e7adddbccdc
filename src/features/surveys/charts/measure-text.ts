// Estimates text widths without a browser, for DejaVu Sans, rounded up.

/** Width of a capital, a digit, a narrow and any other character, relative to the font size. */
const parts = { wide: 0.8, figure: 0.64, narrow: 0.36, other: 0.62 }
const boldness = 1.12
const wide = /[\p{Lu}%@mw\u0436\u0448\u0449\u044b\u044e\u043c\u0444]/u
const narrow = /[\s.,:;!?'|()[\]iIjlftr·-]/u

/** In the units of `size`. */
export const textWidth = (text: string, size: number, bold = false): number =>
  size *
  (bold ? boldness : 1) *
  [...text].reduce((sum, sign) => {
    if (narrow.test(sign)) return sum + parts.narrow
    if (wide.test(sign)) return sum + parts.wide
    return sum + (/\d/.test(sign) ? parts.figure : parts.other)
  }, 0)

/** Wraps text into at most `lines` lines of width `most`; a cut text ends in «…». */
export const wrapped = (
  text: string,
  { size, most, lines }: { size: number; most: number; lines: number },
): string[] => {
  const done: string[] = []
  let line = ''
  for (const word of text.split(/\s+/u)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || textWidth(longer, size) <= most) line = longer
    else {
      done.push(line)
      line = word
    }
  }
  const all = [...done, line]
  if (all.length <= lines) return all.map((one) => cut(one, size, most))
  return [...all.slice(0, lines - 1), `${all[lines - 1]}…`].map((one) => cut(one, size, most))
}

const cut = (line: string, size: number, most: number): string => {
  if (textWidth(line, size) <= most) return line
  let left = line.replace(/…$/u, '')
  while (left !== '' && textWidth(`${left}…`, size) > most) left = left.slice(0, -1).trimEnd()
  return `${left}…`
}
