import type { Identity, Placed, ReportForm, ReportRow } from './report-form.ts'

// Приказ от 25.04.2018 № 305, п. 2 with annex 2 (27 rows), and the indicators of the programme (19 rows). The list of categories of
// 3.1, that of annex 2 and that of the indicators differ: each row names what of 3.1 belongs to it.

const category = (number: string, code: string): ReportRow => ({
  number,
  rule: { families: 'supported', row: { category: [{ code }] } },
})
const help = (number: string, kind: 'medical' | 'legal' | 'pedagogical' | 'psychological' | 'social') => ({
  number,
  rule: { families: 'supported', row: { help: kind } } as const,
})
const assistance = (number: string): ReportRow => ({
  number,
  rule: { families: 'supported', row: { catalogueRow: number } },
})

const form: readonly ReportRow[] = [
  { number: '1.1', rule: { episodes: 'at-start' } },
  { number: '1.2', rule: { episodes: 'accepted' } },
  { number: '1.3', rule: { episodes: 'supported' } },
  { number: '1.4', rule: { episodes: 'supported' } },
  category('1.4.1', 'disabled-child'),
  category('1.4.2', 'early-health-needs'),
  category('1.4.3', 'family-in-danger'),
  category('1.4.4', 'young-offender'),
  category('1.4.5', 'pregnant-giving-up'),
  category('1.4.6', 'large-family'),
  category('1.4.7', 'mother-newborn'), // annex 2 names no intention here
  category('1.4.8', 'single-parent'),
  { number: '1.4.9', rule: { families: 'supported', row: { otherCategories: true } } },
  { number: '1.5', rule: { episodes: 'supported' } },
  help('1.5.1', 'medical'),
  help('1.5.2', 'legal'),
  help('1.5.3', 'pedagogical'),
  help('1.5.4', 'psychological'),
  help('1.5.5', 'social'),
  { number: '1.6', rule: { episodes: 'supported' } },
  assistance('1.6.1'),
  assistance('1.6.2'),
  assistance('1.6.3'),
  assistance('1.6.4'),
  { number: '1.7', rule: { episodes: 'closed' } },
  { number: '1.7.1', rule: { episodes: 'closed-better' } },
  { number: '1.8', rule: { episodes: 'at-end' } },
]

/** The eight types of the indicators, in their order; the last is everybody else. */
const types: readonly Placed[] = [
  { code: 'disabled-child' },
  { code: 'early-health-needs' },
  { code: 'large-family' },
  // «Имеющих намерение отказаться от ребенка»; without it a mother belongs to the last one.
  { code: 'mother-newborn', with: 'giving-up-child' },
  { code: 'single-parent' },
  { code: 'family-in-danger' },
  { code: 'young-offender' },
]

const ofGroup = (families: 'supported' | 'overcame', first: string): ReportRow[] => [
  { number: first, rule: { families } },
  ...types.map((placed, place) => ({
    number: `${first}.${place + 1}`,
    rule: { families, row: { category: [placed] } },
  })),
  { number: `${first}.8`, rule: { families, row: { otherCategories: true } } },
]

const indicators: readonly ReportRow[] = [
  ...ofGroup('supported', '1'),
  ...ofGroup('overcame', '2'),
  { number: '3', rule: { share: 'indicators.2', of: 'indicators.1' } },
]

const rowsUnder = (rows: readonly ReportRow[], number: string, table: string): string[] =>
  rows.filter((row) => row.number.startsWith(`${number}.`)).map((row) => `${table}.${row.number}`)
const categoryRows = rowsUnder(form, '1.4', 'form')
const atMost = (row: string, most: string): Identity => ({
  code: `${row} <= ${most}`,
  left: [row],
  relation: '<=',
  right: [most],
})
const same = (row: string, other: string): Identity => ({
  ...atMost(row, other),
  code: `${row} = ${other}`,
  relation: '=',
})

const identities: readonly Identity[] = [
  {
    code: 'form.1.3 = form.1.1 + form.1.2',
    left: ['form.1.3'],
    relation: '=',
    right: ['form.1.1', 'form.1.2'],
  },
  {
    code: 'form.1.8 = form.1.3 - form.1.7',
    left: ['form.1.8'],
    relation: '=',
    right: ['form.1.3'],
    less: ['form.1.7'],
  },
  // What was left at the end of a quarter is there at the beginning of the next one.
  { code: 'continuity', left: ['form.1.1'], relation: '=', right: ['form.1.8'], before: true },
  ...['form.1.4', 'form.1.5', 'form.1.6'].map((row) => same(row, 'form.1.3')),
  atMost('form.1.7.1', 'form.1.7'),
  atMost('form.1.7', 'form.1.3'),
  atMost('indicators.1', 'form.1.3'),
  ...[...categoryRows, ...rowsUnder(form, '1.5', 'form'), ...rowsUnder(form, '1.6', 'form')].map((row) =>
    atMost(row, 'form.1.3'),
  ),
  // Rows under 1.4 count families, so their sum is compared with families; the text's own total counts acceptances.
  { code: 'categories-all', left: categoryRows, relation: '>=', right: ['indicators.1'], only: 'all' },
  { code: 'categories-main', left: categoryRows, relation: '=', right: ['indicators.1'], only: 'main' },
  atMost('indicators.2', 'indicators.1'),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((place) => atMost(`indicators.2.${place}`, `indicators.1.${place}`)),
  ...(['1', '2'] as const).flatMap((group): Identity[] => {
    const left = rowsUnder(indicators, group, 'indicators')
    const right = [`indicators.${group}`]
    return [
      { code: `types-${group}-all`, left, relation: '>=', right, only: 'all' },
      { code: `types-${group}-main`, left, relation: '=', right, only: 'main' },
    ]
  }),
  same('form.1.4.1', 'indicators.1.1'),
  same('form.1.4.2', 'indicators.1.2'),
  same('form.1.4.3', 'indicators.1.6'),
  same('form.1.4.4', 'indicators.1.7'),
  same('form.1.4.6', 'indicators.1.3'),
  same('form.1.4.8', 'indicators.1.5'),
]

export const novgorodReport: ReportForm = {
  clause: 'order 2',
  acceptance: { event: 'contract', stage: 'contract', clause: '3.5' },
  dueBefore: 5,
  tables: [
    { code: 'form', clause: 'order, annex 2', rows: form },
    { code: 'indicators', clause: 'indicators', rows: indicators },
  ],
  identities,
}
