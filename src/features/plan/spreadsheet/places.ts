import type { Place } from './sheet-problems.ts'

/** Where each value of the document stands, by its path: `activities.3.when.until`. */
export type Places = Map<string, Place>

/** The place of a path, or of the nearest that holds it. */
export const placeOf = (places: Places, path: readonly PropertyKey[]): Place | undefined => {
  for (let length = path.length; length > 0; length -= 1) {
    const found = places.get(path.slice(0, length).map(String).join('.'))
    if (found) return found
  }
  return undefined
}
