/** A curator who could take a family. */
export type Candidate = {
  id: string
  territories: readonly string[]
  /** Absent, or their messages fail. */
  away: boolean
  families: number
}

/**
 * Chooses who takes a family: of those who serve its territory the one with the fewest families, whoever is there before
 * whoever is away. Null if nobody serves it.
 */
export const chooseCurator = (territory: string, candidates: readonly Candidate[]): string | null => {
  const serving = candidates.filter(({ territories }) => territories.includes(territory))
  return serving.toSorted(byRoom)[0]?.id ?? null
}

/** Whoever is there first, then by their number of families. */
export const byRoom = (a: Candidate, b: Candidate): number =>
  Number(a.away) - Number(b.away) || a.families - b.families || (a.id < b.id ? -1 : 1)
