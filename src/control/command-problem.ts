import { otherOption } from '#features/intake/questions.ts'
import type { TerritoryBook } from '#features/territories/territory-book.ts'

/** A problem that the operator can solve; its message is printed as it is. */
export class CommandProblem extends Error {
  override name = 'CommandProblem'
}

/** Throws CommandProblem if the centre does not have one of the codes in use. */
export const mustKnowTerritories = async (
  { territories }: { territories: Pick<TerritoryBook, 'open' | 'refresh'> },
  given: readonly string[],
): Promise<void> => {
  await territories.refresh()
  const known = [...territories.open().map(({ code }) => code), otherOption]
  const unknown = given.filter((code) => !known.includes(code))
  if (unknown.length > 0) {
    throw new CommandProblem(
      `Unknown territory: ${unknown.join(', ')}. Known territories: ${known.join(', ')}`,
    )
  }
}
