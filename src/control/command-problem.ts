/** What the operator got wrong, in words for the operator. */
export class CommandProblem extends Error {
  override name = 'CommandProblem'
}

/** Throws CommandProblem where a code is none of the region's. */
export const mustKnowTerritories = (known: readonly string[], given: readonly string[]): void => {
  const unknown = given.filter((code) => !known.includes(code))
  if (unknown.length > 0) {
    throw new CommandProblem(`No territory ${unknown.join(', ')}. There are: ${known.join(', ')}`)
  }
}
