/** What adds up: coefficients by name, their sum is zero. */
export type Equation = ReadonlyMap<string, number>

/**
 * The unknown names whose values follow from the equations and from all other values: by Gaussian elimination a line is left in which
 * such a name stands alone. Pure.
 */
export const determined = (equations: readonly Equation[], unknown: ReadonlySet<string>): Set<string> => {
  const names = [...unknown]
  const lines = equations.map((equation) => names.map((name) => equation.get(name) ?? 0))
  let done = 0
  for (let column = 0; column < names.length; column += 1) {
    const found = lines.findIndex((line, place) => place >= done && isSome(line[column]))
    const [pivot] = found < 0 ? [] : lines.splice(found, 1)
    if (!pivot) continue
    const by = pivot[column] ?? 1
    const scaled = pivot.map((one) => one / by)
    for (const [place, line] of lines.entries()) {
      const times = line[column] ?? 0
      if (isSome(times)) lines[place] = line.map((one, at) => one - times * (scaled[at] ?? 0))
    }
    lines.splice(done, 0, scaled)
    done += 1
  }
  const alone = lines
    .map((line) => names.filter((_, at) => isSome(line[at])))
    .filter(({ length }) => length === 1)
  return new Set(alone.flat())
}

/** Not a rounding error of zero. */
const isSome = (coefficient: number | undefined): boolean => Math.abs(coefficient ?? 0) > 1e-9
