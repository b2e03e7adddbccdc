import type { Sheet } from './cells.ts'
import { createProblems, type Place, type Problems } from './problems.ts'
import { readActivities } from './read-activities.ts'
import { readPlanSheet } from './read-plan-sheet.ts'
import type { SheetWords } from './words.ts'

/** Where each value of the document stands, by its path: `activities.3.when.until`. */
export type Places = Map<string, Place>

/** A plan as far as its file could be read; the values may still be wrong in themselves. */
export type Draft = {
  number?: number
  head: Record<string, unknown>
  activities: Record<string, unknown>[]
  /** Names of the minors that an activity is for, by its index. */
  minors: Map<number, string[]>
  places: Places
  problems: Problems
}

/** Reads both sheets. Whatever cannot be read is a problem of its cell, and all of them are found. */
export const readSheets = (
  { plan, activities }: { plan: Sheet; activities: Sheet },
  words: SheetWords,
): Draft => {
  const marks = { problems: createProblems(), places: new Map() }
  return { ...readPlanSheet(plan, words, marks), ...readActivities(activities, words, marks), ...marks }
}

/** The place of a path, or of the nearest that holds it. */
export const placeOf = (places: Places, path: readonly PropertyKey[]): Place | undefined => {
  for (let length = path.length; length > 0; length -= 1) {
    const found = places.get(path.slice(0, length).map(String).join('.'))
    if (found) return found
  }
  return undefined
}
