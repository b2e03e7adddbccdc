import type { Sheet } from './cells.ts'
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
}

/** Reads both sheets, and collects the problems of all cells. */
export const readSheets = (
  { plan, activities }: { plan: Sheet; activities: Sheet },
  words: SheetWords,
): SheetDraft => {
  const marks = { problems: createProblems(), places: new Map() }
  return { ...readPlanSheet(plan, words, marks), ...readActivities(activities, words, marks), ...marks }
}
