import { book, field, row, rows, table, titles, under, withDay, type Workbook } from './plan-books.ts'
import { formula, rich, serialOf, styled, zipOf } from './workbooks.ts'

/** What is hidden in them, what stands in their cells, and what is no workbook at all. */
export const filledIn: readonly Workbook[] = [
  {
    what: 'hidden rows',
    bytes: book({ activities: { rows: [titles, row(1), row(2), row(3), row(4)], hiddenRows: [3, 4] } }),
    lines: ['Мероприятия: скрытые строки не взяты: 3–4.'],
    activities: 2,
  },
  {
    what: 'hidden rows with nothing in them',
    bytes: book({ activities: { rows: [...table, [], []], hiddenRows: [4, 5] } }),
    activities: 2,
  },
  {
    what: 'rows hidden by a filter',
    bytes: book({ activities: { rows: [titles, row(1), row(2), row(3)], hiddenRows: [3], filter: 'A1:G4' } }),
    lines: ['Мероприятия: строки, скрытые фильтром, не взяты: 3.'],
    activities: 2,
  },
  {
    what: 'a hidden column that may be left out',
    bytes: book({
      activities: {
        rows: [
          [...titles, 'Место'],
          [...row(1), 'Центр'],
        ],
        hiddenColumns: [8],
      },
    }),
    lines: ['Мероприятия: скрытые столбцы не взяты: H.'],
    activities: 1,
  },
  {
    what: 'a hidden column that is needed',
    bytes: book({ activities: { rows: table, hiddenColumns: [6] } }),
    lines: [
      'Мероприятия!H1: столбец «С» скрыт, а без него нельзя. Откройте его',
      'Мероприятия: скрытые столбцы не взяты: F.',
    ],
    activities: null,
  },
  {
    what: 'a hidden sheet of the plan',
    bytes: book({ activities: { state: 'hidden' } }),
    lines: ['Лист «Мероприятия» скрыт. Откройте его и загрузите файл снова.'],
    activities: null,
  },
  {
    what: 'a third sheet',
    bytes: book({ more: [{ name: 'Мероприятия 2', rows: table }] }),
    lines: ['Лист «Мероприятия 2» не взят: план читается из двух листов шаблона.'],
    activities: 2,
  },
  {
    what: 'the hints of the template',
    bytes: book({ more: [{ name: 'Подсказки', rows: [['Код', 'x']] }] }),
    activities: 2,
  },
  {
    what: 'names of sheets with spaces',
    bytes: book({ plan: { name: ' план ' }, activities: { name: 'МЕРОПРИЯТИЯ' } }),
    activities: 2,
  },
  {
    what: 'sheets with other names',
    bytes: book({ activities: { name: 'Лист2' } }),
    lines: [/^В файле нет листа «Мероприятия»/],
    activities: null,
  },
  {
    what: 'titles in English',
    bytes: rows(
      ['Code', 'Activity', 'In plain words', 'Kind of help', 'Who does it', 'From', 'For whom'],
      row(1),
    ),
    activities: 1,
  },
  {
    what: 'titles with spaces and colons',
    bytes: rows(
      titles.map((title) => ` ${title.toUpperCase()} : `),
      row(1),
    ),
    activities: 1,
  },
  {
    what: '«Ответственный», with initials',
    bytes: rows(
      titles.map((title) => (title === 'Кто проводит' ? 'Ответственный' : title)),
      row(1, { 4: 'Иванова А. П.' }),
    ),
    activities: 1,
    responsible: ['Иванова А. П.'],
  },
  {
    what: 'a date of Excel',
    bytes: withDay(styled(serialOf('2026-12-01'))),
    activities: 1,
    days: ['2026-12-01'],
  },
  {
    what: 'a date in a format of its own',
    bytes: withDay(styled(serialOf('2026-12-01'), 3)),
    activities: 1,
    days: ['2026-12-01'],
  },
  { what: 'a date as a number', bytes: withDay(serialOf('2026-12-01')), activities: 1, days: ['2026-12-01'] },
  {
    what: 'days counted from 1904',
    bytes: book({
      from1904: true,
      activities: { rows: [titles, row(1, { 5: styled(serialOf('2026-12-01') - 1462) })] },
    }),
    activities: 1,
    days: ['2026-12-01'],
  },
  {
    what: 'dates as text in seven forms',
    bytes: rows(
      titles,
      ...[
        '1.12.2026',
        '01.12.26',
        '01/12/2026',
        '2026-12-01',
        '1 декабря 2026 г.',
        '01 дек 2026',
        ' 01.12.2026 г. ',
      ].map((day, at) => row(at + 1, { 5: day })),
    ),
    activities: 7,
    days: Array.from({ length: 7 }, () => '2026-12-01'),
  },
  {
    what: 'a date that is none: one line',
    bytes: withDay('в декабре'),
    lines: ['Мероприятия!F2: это не дата. Напишите, например, 12.03.2026'],
    activities: null,
  },
  {
    what: 'formulas with their values',
    bytes: rows(titles, row(1, { 4: formula('CONCAT("Ма","рина")', 'Марина') })),
    activities: 1,
    responsible: ['Марина'],
  },
  {
    what: 'formulas without values',
    bytes: rows(titles, row(1, { 4: formula('Люди!A1') })),
    lines: [/^Мероприятия!E2: здесь формула, значения которой в файле нет/],
    activities: null,
  },
  {
    what: 'a formula with an error',
    bytes: rows(titles, row(1, { 5: formula('1/0', '#DIV/0!', 'e') })),
    lines: ['Мероприятия!F2: здесь формула с ошибкой'],
    activities: null,
  },
  {
    what: 'rich text',
    bytes: rows(titles, row(1, { 4: rich('Ма', 'рина') })),
    activities: 1,
    responsible: ['Марина'],
  },
  {
    what: 'one name merged over three rows',
    bytes: book({
      activities: { rows: [titles, row(1), row(2, { 4: under }), row(3, { 4: under })], merges: ['E2:E4'] },
    }),
    activities: 3,
    responsible: ['Марина', 'Марина', 'Марина'],
  },
  {
    what: 'two needed cells of a row merged',
    bytes: book({ activities: { rows: [titles, row(1, { 2: under })], merges: ['B2:C2'] } }),
    lines: ['Мероприятия!C2: ячейка объединена с B2. Разъедините их и заполните каждую'],
    activities: null,
  },
  {
    what: 'a very long cell',
    bytes: rows(titles, row(1, { 2: 'я'.repeat(30_000) })),
    lines: [/^Мероприятия!C2: длиннее \d+ знаков$/],
    activities: null,
  },
  { what: 'the number with its words', bytes: field(0, 'Семья № 128'), activities: 2 },
  {
    what: 'a yes where words belong',
    bytes: field(4, true),
    lines: ['План!B5: здесь нужны слова'],
    activities: null,
  },
  {
    what: 'a table of LibreOffice',
    bytes: () => zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
    refused: 'open-document',
  },
  { what: 'an old workbook', bytes: () => ole('Workbook'), refused: 'old-excel' },
  { what: 'a workbook with a password', bytes: () => ole('EncryptedPackage'), refused: 'protected' },
  {
    what: 'text with semicolons',
    bytes: () => new Uint8Array(Buffer.from('Код;Мероприятие\r\n1;Встреча\r\n')),
    refused: 'text',
  },
  {
    what: 'a letter in an archive',
    bytes: () => zipOf({ 'word/document.xml': '<x/>' }),
    refused: 'not-a-workbook',
  },
]

const ole = (stream: string): Uint8Array => {
  const head = Buffer.from('d0cf11e0a1b11ae1', 'hex')
  return new Uint8Array(
    Buffer.concat([head, Buffer.alloc(1016), Buffer.from(stream, 'utf16le'), Buffer.alloc(64)]),
  )
}
