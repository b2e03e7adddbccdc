import type { Sheet } from './cells.ts'
import { createProblems, type Problems } from './sheet-problems.ts'
import type { CellPlaces } from './places.ts'
import { type DraftActivities, readActivities } from './read-activities.ts'
import { readPlanSheet } from './read-plan-sheet.ts'
import type { SheetWords } from './sheet-words.ts'

/** A plan as far as its file could be read; the values may still be wrong in themselves. */
export type SheetDraft = DraftActivities & {
  number?: number
  head: Record<string, unknown>
  places: CellPlaces
  problems: Problems
}

/** Reads both sheets. Whatever cannot be read is a problem of its cell, and all of them are found. */
export const readSheets = (
  { plan, activities }: { plan: Sheet; activities: Sheet },
  words: SheetWords,
): SheetDraft => {
  const marks = { problems: createProblems(), places: new Map() }
  return { ...readPlanSheet(plan, words, marks), ...readActivities(activities, words, marks), ...marks }
}
