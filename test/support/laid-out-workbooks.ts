import { book, row, rows, titles, type Workbook } from './plan-books.ts'

/** How programs write them, and how people lay out a table. */
export const laidOut: readonly Workbook[] = [
  { what: 'as the template', bytes: book(), activities: 2 },
  { what: 'texts in the cells', bytes: book({ inline: true }), activities: 2 },
  { what: 'elements with a prefix', bytes: book({ prefix: 'x' }), activities: 2 },
  { what: 'cells without their place', bytes: book({ placeless: true }), activities: 2 },
  { what: 'whole paths in relations', bytes: book({ absolute: true }), activities: 2 },
  { what: 'an archive that is not packed', bytes: book({ stored: true }), activities: 2 },
  { what: 'empty rows between', bytes: rows(titles, [], row(1), [null, null], row(2), []), activities: 2 },
  {
    what: 'a title above the table',
    bytes: rows(['План мероприятий семьи'], [], titles, row(1)),
    activities: 1,
  },
  {
    what: 'a merged title above the table',
    bytes: book({ activities: { rows: [['План мероприятий'], titles, row(1)], merges: ['A1:G1'] } }),
    activities: 1,
  },
  {
    what: 'titles in two rows, the upper one merged',
    bytes: book({
      activities: {
        rows: [
          ['Код', 'Мероприятие', 'Простыми словами', 'Вид помощи', 'Кто проводит', 'Срок', null, 'Для кого'],
          [null, null, null, null, null, 'С', 'По'],
          [
            '1',
            'Консультация',
            'Встреча',
            'психологическая',
            'Марина',
            '01.12.2026',
            '02.12.2026',
            'вся семья',
          ],
        ],
        merges: ['F1:G1', 'A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:E2', 'H1:H2'],
      },
    }),
    activities: 1,
  },
  {
    what: 'no titles at all',
    bytes: rows(row(1), row(2)),
    lines: [/^Мероприятия!A1: заголовки столбцов не нашлись\. Они должны стоять в первой строке/],
    activities: null,
  },
  {
    what: 'one title is missing: one line for all rows',
    bytes: rows(
      titles.filter((title) => title !== 'С'),
      ...[1, 2, 3].map((code) => row(code).filter((_, at) => at !== 5)),
    ),
    lines: ['Мероприятия!G1: не хватает: С'],
    activities: null,
  },
  {
    what: 'a numbered column without a code',
    bytes: rows(['№ п/п', ...titles.slice(1)], row(1)),
    activities: 1,
  },
  {
    what: 'a number beside the code',
    bytes: rows(['№ п/п', ...titles], [1, ...row('a')]),
    lines: ['Мероприятия: столбец «№ п/п» не взят, в плане его нет.'],
    activities: 1,
  },
  { what: 'numbers of rows that nobody filled', bytes: rows(titles, row(1), [2], [3], [4]), activities: 1 },
  {
    what: 'a total',
    bytes: rows(titles, row(1), ['Итого:', null, null, 1]),
    lines: ['Мероприятия: заголовки и итоги в таблице не взяты, строки: 3.'],
    activities: 1,
  },
  {
    what: 'headings across the table',
    bytes: book({
      activities: {
        rows: [titles, ['1. Психологическая помощь'], row(1), ['2. Другое'], row(2)],
        merges: ['A2:G2', 'A4:G4'],
      },
    }),
    lines: ['Мероприятия: заголовки и итоги в таблице не взяты, строки: 2, 4.'],
    activities: 2,
  },
  {
    what: 'a column of notes',
    bytes: rows([...titles, 'Примечание'], [...row(1), 'звонить вечером']),
    lines: ['Мероприятия: столбец «Примечание» не взят, в плане его нет.'],
    activities: 1,
  },
  {
    what: 'an unknown column: one line',
    bytes: rows([...titles, 'Бюджет'], [...row(1), 5], [...row(2), 6]),
    lines: ['Мероприятия!H1: такого столбца в шаблоне нет'],
    activities: null,
  },
  {
    what: 'a column without a title: one line',
    bytes: rows(titles, [...row(1), 'x'], [...row(2), 'y']),
    lines: ['Мероприятия!H2: такого столбца в шаблоне нет'],
    activities: null,
  },
]
