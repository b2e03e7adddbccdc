import { eventsOf } from './xml.ts'

// The parts of a workbook besides its sheets (ECMA-376, part 1, 18).

export type SheetPart = { name: string; hidden: boolean; relation: string }

/** The sheets in their order, and whether days are counted from 1904 (18.2.28, 18.2.20). */
export const readWorkbookPart = (xml: string): { sheets: SheetPart[]; from1904: boolean } => {
  const sheets: SheetPart[] = []
  let from1904 = false
  for (const event of eventsOf(xml)) {
    if (event.kind !== 'open') continue
    const { name, attributes } = event
    if (name === 'workbookPr') from1904 = isOn(attributes.date1904)
    if (name === 'sheet')
      sheets.push({
        name: attributes.name ?? '',
        hidden: attributes.state === 'hidden' || attributes.state === 'veryHidden',
        relation: attributes.id ?? '',
      })
  }
  return { sheets, from1904 }
}

export const isOn = (value: string | undefined): boolean => value === '1' || value === 'true'

/** Paths in the archive by the id of the relation. */
export const readRelations = (xml: string): Map<string, string> => {
  const found = new Map<string, string>()
  for (const event of eventsOf(xml)) {
    if (event.kind !== 'open' || event.name !== 'Relationship') continue
    const { Id: id = '', Target: target = '' } = event.attributes
    found.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`)
  }
  return found
}

/** Texts by index: rich text as plain, without the readings of Asian scripts (18.4.8). */
export const readSharedStrings = (xml: string): string[] => {
  const strings: string[] = []
  let text: string | null = null
  let [inText, inReading] = [false, false]
  for (const event of eventsOf(xml)) {
    if (event.kind === 'text') {
      if (text !== null && inText && !inReading) text += event.text
      continue
    }
    const opens = event.kind === 'open'
    if (event.name === 't') inText = opens
    if (event.name === 'rPh') inReading = opens
    if (event.name !== 'si') continue
    if (opens) text = ''
    else strings.push(unescaped(text ?? ''))
  }
  return strings
}

/** `_x000D_` stands for a character that XML cannot hold (22.9.2.19). */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** Built-in formats that show a date or a time (18.8.30). */
const builtIn = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57])

/** Whether each style shows a number as a date or time. */
export const readDateStyles = (xml: string): boolean[] => {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCells = false
  for (const event of eventsOf(xml)) {
    if (event.kind === 'text') continue
    if (event.name === 'cellXfs') inCells = event.kind === 'open'
    if (event.kind === 'close') continue
    const { name, attributes } = event
    if (name === 'numFmt') own.set(Number(attributes.numFmtId), showsDate(attributes.formatCode ?? ''))
    if (name !== 'xf' || !inCells) continue
    const format = Number(attributes.numFmtId ?? 0)
    styles.push(own.get(format) ?? builtIn.has(format))
  }
  return styles
}

/** Texts in quotes, colours and languages aside, a format with day, month, year, hour or second shows a date or time. */
const showsDate = (format: string): boolean =>
  /[dmyhs]/i.test(format.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general/gi, ''))
