import { join } from 'node:path'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import writeWorkbook, { type Row } from 'write-excel-file/node'
import { loadTexts } from '#core/text.ts'
import type { Cell, Sheet } from '#features/plan/spreadsheet/cells.ts'
import { readSheets } from '#features/plan/spreadsheet/sheet-draft.ts'
import { validateSheet } from '#features/plan/spreadsheet/validate-sheet.ts'
import { problemLines } from '#features/plan/spreadsheet/sheet-problems.ts'
import { planTemplate } from '#features/plan/spreadsheet/sheet-template.ts'
import { maxWorkbookBytes, openWorkbook } from '#features/plan/spreadsheet/workbook.ts'
import { createSheetWords } from '#features/plan/spreadsheet/sheet-words.ts'
import { region } from '#regions/index.ts'

const texts = await loadTexts(join(import.meta.dirname, '../../../locales'))
const say = texts.for('ru', 'adult')
const words = createSheetWords(say)
const dasha = { id: '0b9f7c1e-8c8f-4a7e-9a51-0c6a4d9f1c11', role: 'minor' as const, name: 'Даша' }
const against = {
  region: region('stavropol'),
  members: [dasha],
  today: Temporal.PlainDate.from('2026-11-25'),
}

const planRows: (string | number | Date | null)[][] = [
  ['Семья №', 128],
  ['Уровень', 'Кризисный'],
  ['С', new Date('2026-11-25T00:00:00Z')],
  ['По', '20.05.2027'],
  ['Цель', 'Дома спокойно'],
  ['Задачи', 'Разговаривать'],
  [null, 'Оформить пособие'],
  ['Ожидаемые результаты', 'Меньше ссор'],
]
const activityRows: (string | number | Date | null)[][] = [
  words.columns.map(({ label }) => label),
  [1, 'Консультации', 'Встречи с психологом', 'Психологическая', 'Центр', 'Марина', 'Каждую неделю: пн и ср'],
  ['2', 'Пособие', 'Бумаги на пособие', 'юридическая помощь', null, 'Ирина', null, '03.12.2026'],
]
activityRows[1]?.push('01.12.2026', '2027-02-28', '15:00', 'Вся семья', null, 'Приходить', 'Провести')
activityRows[2]?.push(null, '9.30', 'дети', 'Даша')

const document = {
  level: 'crisis',
  from: '2026-11-25',
  until: '2027-05-20',
  goal: 'Дома спокойно',
  tasks: ['Разговаривать', 'Оформить пособие'],
  results: ['Меньше ссор'],
  activities: [
    {
      code: '1',
      title: 'Консультации',
      plain: 'Встречи с психологом',
      kind: 'psychological',
      place: 'Центр',
      responsible: 'Марина',
      when: {
        kind: 'weekly',
        every: 1,
        days: ['mon', 'wed'],
        from: '2026-12-01',
        until: '2027-02-28',
        at: '15:00',
      },
      audience: 'family',
      familyPart: 'Приходить',
      centrePart: 'Провести',
    },
    {
      code: '2',
      title: 'Пособие',
      plain: 'Бумаги на пособие',
      kind: 'legal',
      responsible: 'Ирина',
      when: { kind: 'once', on: '2026-12-03', at: '09:30' },
      audience: 'minors',
      memberIds: [dasha.id],
    },
  ],
}

const fileOf = async () => {
  const cell = (value: string | number | Date | null) =>
    value === null
      ? null
      : value instanceof Date
        ? { value, type: Date, format: 'dd.mm.yyyy' }
        : { value, type: typeof value === 'number' ? Number : String }
  const sheets = [
    { sheet: words.plan, data: planRows.map((row): Row => row.map(cell)) },
    { sheet: words.activities, data: activityRows.map((row): Row => row.map(cell)) },
  ]
  return new Uint8Array(await writeWorkbook(sheets).toBuffer())
}

const twoOf = (sheets: Sheet[]) => {
  const [plan, activities] = [words.plan, words.activities].map((name) =>
    sheets.find((sheet) => sheet.name === name),
  )
  if (!plan || !activities) throw new Error('a sheet is missing')
  return { plan, activities }
}

const read = (sheets: { plan: Sheet; activities: Sheet }) => {
  const draft = readSheets(sheets, words)
  const made = validateSheet(draft, against)
  return { made, lines: problemLines(say, [words.plan, words.activities], draft.problems.all()), draft }
}

test('a workbook is read as the document, with the words that people use', async () => {
  const { made, lines, draft } = read(twoOf(await openWorkbook(await fileOf())))
  expect(lines).toEqual([])
  expect(made).toEqual(document)
  expect(draft.number).toBe(128)
})

test('an empty template reports every required cell', async () => {
  const { made, lines } = read(twoOf(await openWorkbook(await planTemplate(say))))
  expect(made).toBeUndefined()
  expect(lines.slice(0, 5)).toEqual(['B1', 'B2', 'B3', 'B4', 'B5'].map((at) => `План!${at}: не заполнено`))
})

test('all faulty cells are reported at once, by sheet and address', async () => {
  const sheets = twoOf(await openWorkbook(await fileOf()))
  const bad: Record<string, Cell> = {
    A: 'код!',
    B: '🙂',
    C: 'я'.repeat(401),
    D: 'волшебная',
    F: null,
    G: 'как получится',
    H: '31.02.2027',
    J: '25:00',
    K: 'соседи',
    L: 'Петя',
  }
  const columns = Object.keys(bad)
  fc.assert(
    fc.property(fc.subarray(columns, { minLength: 1 }), fc.constantFrom(1, 2), (chosen, row) => {
      const rows = sheets.activities.rows.map((cells, at) =>
        at === row
          ? cells.map((cell, column) => {
              const letter = String.fromCharCode(65 + column)
              return chosen.includes(letter) ? (bad[letter] ?? null) : cell
            })
          : cells,
      )
      const { made, lines } = read({ plan: sheets.plan, activities: { name: words.activities, rows } })
      expect(made).toBeUndefined()
      for (const letter of chosen)
        expect(lines.some((line) => line.startsWith(`Мероприятия!${letter}${row + 1}: `))).toBe(true)
    }),
  )
})

test('a file that is not a workbook, or too large, is refused', async () => {
  const file = await fileOf()
  await expect(openWorkbook(Buffer.from('a letter'))).rejects.toMatchObject({ problem: 'not-a-workbook' })
  await expect(openWorkbook(file.slice(0, 2000))).rejects.toMatchObject({ problem: 'not-a-workbook' })
  await expect(openWorkbook(new Uint8Array(maxWorkbookBytes + 1))).rejects.toMatchObject({
    problem: 'too-large',
  })
  const many = Array.from({ length: 1200 }, (): Row => [{ value: 'x', type: String }])
  const tall = new Uint8Array(await writeWorkbook([{ sheet: words.plan, data: many }]).toBuffer())
  await expect(openWorkbook(tall)).rejects.toMatchObject({ problem: 'too-many-cells' })
})
