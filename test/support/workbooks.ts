import { crc32, deflateRawSync } from 'node:zlib'

// Workbooks byte by byte, with what programs and people leave in them.

/** A value, or the XML of a cell without its place: `<c {{at}} t="e"><v>#REF!</v></c>`. */
export type TestCell = string | number | boolean | null | { xml: string }
export type TestRow = readonly TestCell[]

export type TestSheet = {
  name: string
  rows: readonly TestRow[]
  /** From 1, as people count. */
  hiddenRows?: readonly number[]
  hiddenColumns?: readonly number[]
  merges?: readonly string[]
  filter?: string
  state?: 'hidden' | 'veryHidden'
}

export type TestBook = {
  sheets: readonly TestSheet[]
  from1904?: boolean
  /** Elements have this prefix, as some programs write them. */
  prefix?: string
  /** Texts stand in the cells instead of a table of their own. */
  inline?: boolean
  /** Cells do not say where they are. */
  placeless?: boolean
  /** Relations name whole paths. */
  absolute?: boolean
  /** Not packed. */
  stored?: boolean
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)

/** Style 1 shows a date, 2 a time, 3 a date of its own format. */
export const styled = (serial: number, style = 1): TestCell => ({
  xml: `<c {{at}} s="${style}"><v>${serial}</v></c>`,
})
export const formula = (text: string, value?: string, type = 'str'): TestCell => ({
  xml: `<c {{at}} t="${type}"><f>${escaped(text)}</f>${value === undefined ? '' : `<v>${escaped(value)}</v>`}</c>`,
})
export const rich = (...parts: string[]): TestCell => ({
  xml: `<c {{at}} t="inlineStr"><is>${parts
    .map((part) => `<r><rPr><b/></rPr><t xml:space="preserve">${escaped(part)}</t></r>`)
    .join('')}<rPh sb="0" eb="1"><t>よみ</t></rPh></is></c>`,
})
/** Days since 30 December 1899. */
export const serialOf = (day: string): number =>
  (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000

export const bookOf = (book: TestBook): Uint8Array => {
  const strings: string[] = []
  const cellXml = (cell: TestCell, at: string): string => {
    const place = book.placeless ? '' : `r="${at}"`
    if (cell === null) return book.placeless ? '<c/>' : ''
    if (typeof cell === 'object') return cell.xml.replace('{{at}}', place)
    if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`
    if (typeof cell === 'boolean') return `<c ${place} t="b"><v>${cell ? 1 : 0}</v></c>`
    if (book.inline)
      return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
    strings.push(cell)
    return `<c ${place} t="s"><v>${strings.length - 1}</v></c>`
  }
  const sheetXml = ({
    rows,
    hiddenRows = [],
    hiddenColumns = [],
    merges = [],
    filter,
  }: TestSheet): string => {
    const cols = hiddenColumns.map((at) => `<col min="${at}" max="${at}" hidden="1" width="0"/>`).join('')
    const data = rows
      .map((row, at) => {
        const hidden = hiddenRows.includes(at + 1) ? ' hidden="1"' : ''
        const place = book.placeless ? '' : ` r="${at + 1}"`
        return `<row${place}${hidden}>${row.map((cell, column) => cellXml(cell, `${letters(column)}${at + 1}`)).join('')}</row>`
      })
      .join('')
    const merged =
      merges.length > 0
        ? `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
        : ''
    const filtered = filter
      ? `<autoFilter ref="${filter}"><filterColumn colId="0"><filters><filter val="1"/></filters></filterColumn></autoFilter>`
      : ''
    return `<worksheet><dimension ref="A1"/>${cols && `<cols>${cols}</cols>`}<sheetData>${data}</sheetData>${filtered}${merged}</worksheet>`
  }
  const sheets = book.sheets.map(sheetXml)
  const target = (nth: number) => `${book.absolute ? '/xl/' : ''}worksheets/sheet${nth + 1}.xml`
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook><workbookPr${book.from1904 ? ' date1904="1"' : ''}/><sheets>${book.sheets
      .map(
        ({ name, state }, nth) =>
          `<sheet name="${escaped(name)}" sheetId="${nth + 1}"${state ? ` state="${state}"` : ''} r:id="rId${nth + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${book.sheets
      .map((_, nth) => `<Relationship Id="rId${nth + 1}" Target="${target(nth)}"/>`)
      .join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-419]d\\ mmmm\\ yyyy&quot; г.&quot;;@"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${strings.map((one) => `<si><t xml:space="preserve">${escaped(one)}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(sheets.map((xml, nth) => [`xl/worksheets/sheet${nth + 1}.xml`, xml])),
  }
  const named = (xml: string) =>
    book.prefix ? xml.replace(/<(\/?)(?!\?)([A-Za-z])/g, `<$1${book.prefix}:$2`) : xml
  return zipOf(
    Object.fromEntries(
      Object.entries(files).map(([name, xml]) => [
        name,
        `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${name.endsWith('.rels') ? xml : named(xml)}`,
      ]),
    ),
    book.stored,
  )
}

/** An archive of these files. */
export const zipOf = (files: Readonly<Record<string, string>>, stored = false): Uint8Array => {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(files)) {
    const [path, data] = [Buffer.from(name), Buffer.from(content)]
    const packed = stored ? data : deflateRawSync(data)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, path]))
    parts.push(local)
    at += local.length
  }
  const whole = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(whole.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...parts, whole, end]))
}
