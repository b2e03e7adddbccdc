import type { HelpKind } from '../help-kinds.ts'
import type { CaseColumn, CaseFactCode, CaseResult, RegisterRule } from './register.ts'

const five: readonly HelpKind[] = ['medical', 'psychological', 'pedagogical', 'legal', 'social']
const counted = ['families', 'planned', 'activities', 'times', 'cancelled'] as const
const results = ['received', 'no-right', 'not-possible', 'no-result'] as const

/** Where a text names a register and not its columns: what any of them would be asked for. */
const familyColumns: readonly CaseColumn[] = [
  ...(['number', 'name', 'territory', 'application', 'accepted', 'level', 'curator'] as const),
  ...(['contract', 'closed', 'closing'] as const),
]
const withNeeds = (...columns: readonly CaseColumn[]): CaseColumn[] =>
  familyColumns.flatMap((column) => (column === 'accepted' ? [column, ...columns] : [column]))

/** 8.2, in its order. */
const stavropolResults: readonly CaseResult[] = [
  { code: 'satisfied', counted: { by: 'survey' }, better: 'more' },
  { code: 'given-up', counted: { by: 'fact', code: 'child-given-up' }, better: 'less' },
  { code: 'rights-lost', counted: { by: 'fact', code: 'rights-lost' }, better: 'less' },
  { code: 'in-danger', counted: { by: 'need', code: 'family-in-danger' }, better: 'less' },
  { code: 'abuse', counted: { by: 'need', code: 'child-abuse' }, better: 'less' },
  { code: 'returned', counted: { by: 'fact', code: 'returned-from-foster' }, better: 'less' },
  { code: 'in-crisis', counted: { by: 'level', levels: ['crisis', 'emergency'] }, better: 'less' },
  { code: 'overcame', counted: { by: 'overcame', closing: 'goals-reached' }, better: 'more' },
]

/** 6, in its order. */
const novgorodResults: readonly CaseResult[] = [
  { code: 'overcame', counted: { by: 'overcame', closing: 'goals-reached' }, better: 'more' },
  { code: 'in-danger', counted: { by: 'need', code: 'family-in-danger' }, better: 'less' },
  { code: 'disabled-helped', counted: { by: 'need', code: 'disabled-child' }, better: 'more' },
  { code: 'newborns-given-up', counted: { by: 'fact', code: 'newborn-given-up' }, better: 'less' },
  // The coverage of the population with information is no figure of a case.
  { code: 'informed', counted: { by: 'elsewhere' }, better: 'more' },
]

const registers: Readonly<Record<string, readonly RegisterRule[]>> = {
  stavropol: [
    // «Признанных нуждающимися»: since when, and by which circumstances (3.1).
    {
      code: 'families',
      clause: '6.23',
      rows: 'cases',
      columns: withNeeds('need-recognised', 'circumstances'),
    },
    {
      ...{ code: 'help', clause: '6.24', rows: 'help', columns: counted },
      ...{ kinds: ['medical', 'psychological', 'legal', 'social'], beside: ['pedagogical'] },
    },
    { code: 'results', clause: '8.2', rows: 'results', results: stavropolResults },
  ],
  nyagan: [
    {
      code: 'families',
      clause: 'product',
      rows: 'cases',
      columns: withNeeds('need-recognised', 'categories'),
    },
    { code: 'help', clause: 'product', rows: 'help', kinds: five, beside: [], columns: counted },
  ],
  chelyabinsk: [
    // «Оформляет и ведет личное дело семьи».
    {
      ...{ code: 'families', clause: '3.2.1', rows: 'cases' },
      columns: withNeeds('categories', 'circumstances', 'first-diagnosis', 'ipss-sent', 'final-diagnosis'),
    },
    {
      ...{ code: 'after-support', clause: '3.2.1', rows: 'cases', inTouch: true },
      columns: ['number', 'name', 'territory', 'curator', 'closed', 'closing', 'looks', 'last-look', 'how'],
    },
    { code: 'help', clause: '2.3', rows: 'help', kinds: five, beside: [], columns: counted },
  ],
  novgorod: [
    { code: 'journal', clause: '3.5.1', rows: 'cases', columns: withNeeds('categories', 'ipss-approved') },
    { code: 'territories', clause: '3.2', rows: 'territories' },
    { code: 'results', clause: '6', rows: 'results', results: novgorodResults },
  ],
  crimea: [
    {
      code: 'families',
      clause: 'product',
      rows: 'cases',
      columns: withNeeds('need-recognised', 'circumstances'),
    },
    // «Форма 3 РФ» is the centre's template: its rows are not in the text.
    {
      ...{ code: 'help', clause: '9 (10)', rows: 'help', columns: [...counted, ...results] },
      ...{ kinds: ['social', 'psychological', 'pedagogical', 'medical', 'legal', 'other'], beside: [] },
    },
  ],
}

/** A region of a file has the product's: its families, and its kinds of help. */
export const registersOf = (region: string, kinds: readonly HelpKind[]): readonly RegisterRule[] =>
  registers[region] ?? [
    { code: 'families', clause: 'product', rows: 'cases', columns: withNeeds('categories', 'circumstances') },
    { code: 'help', clause: 'product', rows: 'help', kinds, beside: [], columns: counted },
  ]

/** What may be recorded of a family of this region: what its results count. */
export const caseFactsOf = (rules: readonly RegisterRule[]): CaseFactCode[] => {
  const all = rules.flatMap((rule) => (rule.rows === 'results' ? rule.results : []))
  const codes = all.flatMap(({ counted: of }) => (of.by === 'fact' ? [of.code] : []))
  return [...new Set(codes)]
}

/** Whether its results count who has overcome their hardship. */
export const countsOvercame = (rules: readonly RegisterRule[]): boolean =>
  rules.some(
    (rule) => rule.rows === 'results' && rule.results.some(({ counted: { by } }) => by === 'overcame'),
  )
