import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { leftOutLines } from '#features/plan/spreadsheet/left-out.ts'
import { planSheetsIn } from '#features/plan/spreadsheet/plan-sheets.ts'
import { readSheets } from '#features/plan/spreadsheet/sheet-draft.ts'
import { problemLines } from '#features/plan/spreadsheet/sheet-problems.ts'
import { validateSheet } from '#features/plan/spreadsheet/validate-sheet.ts'
import { openWorkbook, WorkbookRefused } from '#features/plan/spreadsheet/workbook.ts'
import { region } from '#regions/index.ts'
import { filledIn } from '#test/support/filled-in-workbooks.ts'
import { laidOut } from '#test/support/laid-out-workbooks.ts'

const texts = await loadTexts(join(import.meta.dirname, '../../../locales'))
const against = { region: region('stavropol'), members: [], today: Temporal.PlainDate.from('2026-11-25') }

const fiftyWorkbooks = [...laidOut, ...filledIn]

const outcomeOf = async (bytes: Uint8Array) => {
  const sheets = await openWorkbook(bytes).catch((error: unknown) => error)
  if (sheets instanceof WorkbookRefused) return { refused: sheets.problem, lines: [], made: undefined }
  if (!Array.isArray(sheets)) throw sheets
  const found = planSheetsIn(sheets, texts)
  if ('missing' in found) return { lines: [found.missing], made: undefined }
  const { words } = found
  const draft = readSheets(found, words)
  const made = validateSheet(draft, against)
  const problems = problemLines(words.say, [words.plan, words.activities], draft.problems.all())
  return {
    lines: [...problems, ...leftOutLines(words.say, [...draft.left, ...found.left])],
    made,
    number: draft.number,
  }
}

test('fifty files as people keep them', () => expect(fiftyWorkbooks.length).toBeGreaterThanOrEqual(50))

test.each(fiftyWorkbooks)(
  '$what',
  async ({ bytes, refused, lines = [], activities = null, days, responsible }) => {
    const { made, lines: said, ...outcome } = await outcomeOf(bytes())
    expect(outcome.refused).toBe(refused)
    expect(said).toEqual(lines.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))))
    expect(made?.activities.length ?? null).toBe(activities)
    if (made) expect(outcome.number).toBe(128)
    if (days) expect(made?.activities.map(({ when }) => ('on' in when ? when.on : when.from))).toEqual(days)
    if (responsible) expect(made?.activities.map((one) => one.responsible)).toEqual(responsible)
  },
)
