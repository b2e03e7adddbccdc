/** A problem that the operator can solve; its message is printed as it is. */
export class CommandProblem extends Error {
  override name = 'CommandProblem'
}

/** Throws CommandProblem if the region lacks one of the codes. */
export const mustKnowTerritories = (known: readonly string[], given: readonly string[]): void => {
  const unknown = given.filter((code) => !known.includes(code))
  if (unknown.length > 0) {
    throw new CommandProblem(
      `Unknown territory: ${unknown.join(', ')}. Known territories: ${known.join(', ')}`,
    )
  }
}
