import type { CellPlace } from './sheet-problems.ts'

/** Where each value of the document stands, by its path: `activities.3.when.until`. */
export type CellPlaces = Map<string, CellPlace>

/** The place of a path, or of the nearest that holds it. */
export const cellPlaceOf = (places: CellPlaces, path: readonly PropertyKey[]): CellPlace | undefined => {
  for (let length = path.length; length > 0; length -= 1) {
    const found = places.get(path.slice(0, length).map(String).join('.'))
    if (found) return found
  }
  return undefined
}
