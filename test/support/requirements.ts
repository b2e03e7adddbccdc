import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type RegionCode, regionCodes } from '#regions/index.ts'

const root = join(import.meta.dirname, '../..')

/** Whose work a requirement waits for, as the page explains it. */
const parts = {
  stages: 'stages, events and duties of a case',
  sources: 'sources other than an application',
  levels: 'signs of the levels',
  facts: 'facts and assessments of a case',
  plan: 'fields of the plan',
  catalogue: 'catalogue of help, forms of work, result of each help',
  documents: 'documents of the case',
  meetings: 'bodies with meetings',
  bodies: 'bodies with meetings',
  organisations: 'organisations, agreements and requests to them',
  reports: 'reports and registers',
  exchange: 'exchange with other programmes',
  'region-files': 'data of a region’s centre',
} as const

const words = z.string().min(1)
const requirement = { clause: words, what: words, quote: words }

/** One requirement of a region's text, and what became of it. */
const requirementSchema = z.discriminatedUnion('status', [
  /** A rule of the product, in a file, shown by a test. */
  z.strictObject({
    ...requirement,
    status: z.literal('held'),
    rule: words,
    file: words,
    test: words,
    shows: words,
    /** Its document, if the text makes it one of the case besides. */
    document: words.optional(),
  }),
  /** Code of a document of the case, whose dates are kept. */
  z.strictObject({ ...requirement, status: z.literal('document'), document: words }),
  z.strictObject({ ...requirement, status: z.literal('not-for-software'), reason: words }),
  z.strictObject({
    ...requirement,
    status: z.literal('not-yet'),
    part: z.enum(Object.keys(parts) as [keyof typeof parts, ...(keyof typeof parts)[]]),
    reason: words,
  }),
])
export type Requirement = z.infer<typeof requirementSchema>
export const statuses = ['held', 'document', 'not-yet', 'not-for-software'] as const

export const requirementsOf = (region: RegionCode): Requirement[] =>
  z
    .array(requirementSchema)
    .parse(JSON.parse(readFileSync(join(root, `docs/requirements/${region}.json`), 'utf8')))

const files: Readonly<Record<RegionCode, string>> = {
  stavropol: 'stavropol-service-regulation.txt',
  nyagan: 'nyagan-garmonia-leaflet.txt',
  chelyabinsk: 'chelyabinsk-ipss-order.txt',
  novgorod: 'novgorod-model-programme.txt',
  crimea: 'crimea-guidelines.txt',
}

/** Without what is layout only: emphasis, bookmarks, line breaks. */
export const plain = (text: string): string =>
  text
    .replace(/\[bookmark: \w+\]|\*/g, '')
    .replace(/\s+/gu, ' ')
    .trim()

export const regulationText = (region: RegionCode): string =>
  plain(readFileSync(join(root, 'docs/regulations', files[region]), 'utf8'))

/** The first part of a quotation that the text does not have, in its order; `…` leaves words out. Null: all are there. */
export const missingWords = (text: string, quote: string): string | null => {
  let from = 0
  for (const part of quote.split('…').map(plain)) {
    const at = text.indexOf(part, from)
    if (at === -1) return part
    from = at + part.length
  }
  return null
}

export const countStatuses = (list: readonly Requirement[]) =>
  statuses.map((status) => list.filter((one) => one.status === status).length)

export const pagePath = join(root, 'docs/regulations.md')
const pageMarks = {
  begin: '<!-- From docs/requirements, by `node scripts/regulations.ts`: do not edit. -->',
  end: '<!-- End of what the script writes. -->',
}

/** The page with its part between the marks made anew. */
export const madePage = (page: string): string => {
  const [before, rest] = page.split(pageMarks.begin)
  const after = rest?.split(pageMarks.end)[1]
  if (before === undefined || after === undefined) throw new Error('docs/regulations.md has lost its marks')
  return `${before}${pageMarks.begin}\n\n${drawn()}\n\n${pageMarks.end}${after}`
}

const titles: Readonly<Record<RegionCode, string>> = {
  stavropol: 'Stavropol (Положение о Службе социального сопровождения)',
  nyagan: 'Nyagan («Гармония», leaflet of 2017)',
  chelyabinsk: 'Chelyabinsk (ЧОЦСЗ «Семья», order on the IPSS, 2022)',
  novgorod: 'Novgorod (model programme, order № 305 of 25.04.2018)',
  crimea: 'Crimea (guidelines of КРЦСССДМ)',
}

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`

const drawn = (): string => {
  const all = regionCodes.map((code) => ({ code, list: requirementsOf(code) }))
  const counts = (list: readonly Requirement[]) => {
    const [held = 0, document = 0, notYet = 0, notForSoftware = 0] = countStatuses(list)
    return [list.length, notForSoftware, held + document + notYet, held, document, notYet]
  }
  const heading = ['Region', 'Requirements', 'Not for software', 'To be held', 'Held', 'Document', 'Not yet']
  return [
    row(heading),
    row(heading.map(() => '---')),
    ...all.map(({ code, list }) => row([code, ...counts(list)])),
    row(['all', ...counts(all.flatMap(({ list }) => list))]),
    ...all.flatMap(({ code, list }) => ['', `## ${titles[code]}`, '', ...tableOf(list)]),
  ].join('\n')
}

const tableOf = (list: readonly Requirement[]): string[] => [
  row(['Clause', 'Requirement', 'In the text', 'Status', 'Rule and file, or why not', 'Shown by']),
  row(Array.from({ length: 6 }, () => '---')),
  ...list.map((one) => row([one.clause, one.what, `«${one.quote}»`, one.status, ...why(one)])),
]

const why = (one: Requirement): [string, string] => {
  if (one.status === 'held') {
    const paper = one.document === undefined ? '' : `; document \`${one.document}\``
    return [`${one.rule}: \`${one.file}\`${paper}`, `\`${one.test.replace('test/', '')}\``]
  }
  if (one.status === 'document') return [`\`${one.document}\`: \`src/regions/documents.ts\``, '–']
  if (one.status === 'not-yet') return [`${one.reason} (${parts[one.part]})`, '–']
  return [one.reason, '–']
}
