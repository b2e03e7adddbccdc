import { isEmptyCell, type Sheet } from './cells.ts'
import { type LeftOut, visibleOf } from './left-out.ts'
import { createProblems, type Problems } from './sheet-problems.ts'
import type { CellPlaces } from './places.ts'
import { type DraftActivities, readActivities } from './read-activities.ts'
import { readPlanSheet } from './read-plan-sheet.ts'
import type { SheetWords } from './sheet-words.ts'

/** A plan as read from its file; values are not validated yet. */
export type SheetDraft = DraftActivities & {
  number?: number
  head: Record<string, unknown>
  places: CellPlaces
  problems: Problems
  left: LeftOut[]
}

/** Reads both sheets, and collects the problems of all cells. */
export const readSheets = (
  { plan, activities }: { plan: Sheet; activities: Sheet },
  words: SheetWords,
): SheetDraft => {
  const [planShown, shown] = [visibleOf(plan), visibleOf(activities)]
  const sheets = [planShown.sheet, shown.sheet]
  const problems = createProblems(
    ({ sheet, row, column }) => !isEmptyCell(sheets.find(({ name }) => name === sheet)?.rows[row]?.[column]),
  )
  const left = [...planShown.left, ...shown.left]
  const marks = { problems, places: new Map(), left }
  return {
    ...readPlanSheet(planShown.sheet, words, marks),
    ...readActivities(shown.sheet, words, { ...marks, hiddenCells: shown.hiddenCells }),
    ...marks,
  }
}
