import { bookOf, type TestBook, type TestCell, type TestRow, type TestSheet } from './workbooks.ts'

/** What becomes of a file: how many activities are read, or what is said of it. */
export type Workbook = {
  what: string
  bytes: () => Uint8Array
  /** The whole file is refused. */
  refused?: string
  /** Every line, in order. Omitted: none. */
  lines?: readonly (string | RegExp)[]
  /** Null: it is not taken. */
  activities?: number | null
  /** The days on which the activities begin. */
  days?: readonly string[]
  responsible?: readonly string[]
}

const planRows: readonly TestRow[] = [
  ['Семья №', 128],
  ['Уровень', 'Кризисный'],
  ['С', '25.11.2026'],
  ['По', '20.05.2027'],
  ['Цель', 'Дома спокойно'],
  ['Задачи', 'Разговаривать'],
  ['Ожидаемые результаты', 'Меньше ссор'],
]
export const titles = [
  'Код',
  'Мероприятие',
  'Простыми словами',
  'Вид помощи',
  'Кто проводит',
  'С',
  'Для кого',
] as const
export const row = (code: TestCell, changes: Partial<Record<number, TestCell>> = {}): TestRow =>
  [code, 'Консультация', 'Встреча с психологом', 'психологическая', 'Марина', '01.12.2026', 'вся семья'].map(
    (cell, at) => changes[at] ?? cell,
  )
export const table: readonly TestRow[] = [titles, row(1), row(2)]

type Changes = Partial<Omit<TestBook, 'sheets'>> & {
  plan?: Partial<TestSheet>
  activities?: Partial<TestSheet>
  more?: readonly TestSheet[]
}
export const book =
  ({ plan, activities, more = [], ...rest }: Changes = {}) =>
  (): Uint8Array =>
    bookOf({
      ...rest,
      sheets: [
        { name: 'План', rows: planRows, ...plan },
        { name: 'Мероприятия', rows: table, ...activities },
        ...more,
      ],
    })
export const rows = (...all: readonly TestRow[]) => book({ activities: { rows: all } })
export const withDay = (day: TestCell) => rows(titles, row(1, { 5: day }))
export const field = (at: number, cell: TestCell) =>
  book({
    plan: { rows: planRows.map(([label = null, value = null], nth) => [label, nth === at ? cell : value]) },
  })
export const under = { xml: '<c {{at}}/>' }
