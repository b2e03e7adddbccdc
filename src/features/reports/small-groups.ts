import type { CategoryChoice, Identity, ReportForm } from '#regions/reports/report-form.ts'
import { determined, type Equation } from './determined.ts'
import type { Figures } from './figures.ts'

/** The minimum number behind a figure that is shown to somebody who may not open its cases. */
const least = 5
const few = (count: number): boolean => count > 0 && count < least

/** A figure; `hidden`: too few for whoever asks, or it would reveal such a one. */
export type ShownFigure = number | null | 'hidden'

/**
 * Hides small figures, and as many others as keep them from being computed: of what adds up nothing hidden follows from the rest, nor
 * do hidden ones stay few together; a part that is all but few of its whole is hidden as well. What a quarter begins and ends with
 * stands in the reports of its neighbours, so it hides nothing. Pure.
 */
export const hideSmall = (
  form: ReportForm,
  { figures, choice }: { figures: Figures; choice: CategoryChoice },
): Map<string, ShownFigure> => {
  const at = (name: string) => figures.get(name) ?? 0
  const shares = sharesOf(form)
  const holding = form.identities.filter(({ only }) => only === undefined || only === choice)
  const known = new Set(
    holding.filter(({ before }) => before).flatMap(({ left, right }) => [...left, ...right]),
  )
  const within = holding.filter(({ before }) => !before)
  // Where hardly a family has two categories, their sums are equal in both choices, and each would tell what the other hides.
  const equations = within.filter(({ relation }) => relation !== '<=').map(equationOf)
  const pairs = within.filter(
    ({ relation, left, right }) => relation === '<=' && left.length + right.length === 2,
  )

  const hidden = new Set([...figures.keys()].filter((name) => !shares.has(name) && few(at(name))))
  for (const { left, right } of pairs)
    for (const part of left) for (const whole of right) if (few(at(whole) - at(part))) hidden.add(part)
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size
    for (const { left, right } of pairs)
      for (const part of left)
        for (const whole of right) if (hidden.has(whole) && at(whole) - at(part) < least) hidden.add(part)
    for (const name of coversOf(equations, { hidden, known, at })) hidden.add(name)
  }
  for (const [name, { share, of }] of shares) if (hidden.has(share) || hidden.has(of)) hidden.add(name)
  return new Map(
    [...figures].map(([name, figure]): [string, ShownFigure] => {
      return [name, hidden.has(name) && figure !== 0 ? 'hidden' : figure]
    }),
  )
}

const equationOf = ({ left, right, less = [] }: Identity): Equation =>
  new Map(
    [...left, ...less].map((name): [string, number] => [name, 1]).concat(right.map((name) => [name, -1])),
  )

type Hiding = {
  hidden: ReadonlySet<string>
  known: ReadonlySet<string>
  at: (name: string) => number
}

/** What has to be hidden, too: the smallest figure beside one that would follow, or beside some that are few together. */
const coversOf = (equations: readonly Equation[], { hidden, known, at }: Hiding): string[] => {
  const unknown = new Set([...hidden].filter((name) => at(name) > 0))
  const open = determined(equations, unknown)
  return equations.flatMap((equation) => {
    const secret = [...equation.keys()].filter((name) => unknown.has(name))
    const together = secret.reduce((sum, name) => sum + at(name), 0)
    if (!secret.some((name) => open.has(name)) && !few(together)) return []
    const shown = [...equation.keys()].filter((name) => !hidden.has(name) && at(name) > 0)
    const [next] = shown.toSorted((a, b) => Number(known.has(a)) - Number(known.has(b)) || at(a) - at(b))
    return next === undefined ? [] : [next]
  })
}

const sharesOf = ({ tables }: ReportForm): Map<string, { share: string; of: string }> =>
  new Map(
    tables.flatMap(({ code, rows }) =>
      rows.flatMap(({ number, rule }) =>
        'share' in rule ? [[`${code}.${number}`, rule] as [string, { share: string; of: string }]] : [],
      ),
    ),
  )
