import type { CellPlace } from './sheet-problems.ts'

/** The cell of each value of the document, by path: `activities.3.when.until`. Null: why it is missing has been said. */
export type CellPlaces = Map<string, CellPlace | null>

/** The cell of a path, or of its nearest known ancestor. */
export const cellPlaceOf = (
  places: CellPlaces,
  path: readonly PropertyKey[],
): CellPlace | null | undefined => {
  for (let length = path.length; length > 0; length -= 1) {
    const found = places.get(path.slice(0, length).map(String).join('.'))
    if (found !== undefined) return found
  }
  return undefined
}
