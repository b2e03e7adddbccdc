import type { CategoryChoice, ReportForm } from '#regions/reports/report-form.ts'
import type { Figures } from './figures.ts'

/** The minimum number behind a figure that is shown to somebody who may not open its cases. */
const least = 5

/** A figure; `hidden`: too few for whoever asks, or it would reveal such a one by subtraction. */
export type ShownFigure = number | null | 'hidden'

/**
 * Hides small figures, and beside each as many others as keep it from being computed: of what adds up, never one alone is hidden, nor
 * several that are few together; a part of which few are missing to the whole is hidden as well. Pure.
 */
export const hideSmall = (
  form: ReportForm,
  { figures, choice }: { figures: Figures; choice: CategoryChoice },
): Map<string, ShownFigure> => {
  const hidden = new Set<string>()
  const few = (count: number) => count > 0 && count < least
  const at = (name: string) => figures.get(name) ?? 0
  for (const name of figures.keys()) if (!isShare(form, name) && few(at(name))) hidden.add(name)

  const holding = form.identities.filter(
    ({ only, before }) => !before && (only === undefined || only === choice),
  )
  for (const { relation, left, right, less } of holding) {
    const [part, whole] = [left[0], right[0]]
    if (relation !== '<=' || left.length + right.length !== 2 || less || !part || !whole) continue
    if (few(at(whole) - at(part))) hidden.add(at(part) > 0 ? part : whole)
  }
  const equations = holding
    .filter(({ relation }) => relation === '=')
    .map(({ left, right, less = [] }) => [...left, ...right, ...less])
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size
    for (const names of equations) hideAnother(names, { hidden, at, few })
  }
  const shares = form.tables.flatMap((table) =>
    table.rows.flatMap(({ number, rule }) =>
      'share' in rule ? [{ name: `${table.code}.${number}`, rule }] : [],
    ),
  )
  for (const { name, rule } of shares) if (hidden.has(rule.share) || hidden.has(rule.of)) hidden.add(name)
  return new Map(
    [...figures].map(([name, figure]): [string, ShownFigure] => [name, hidden.has(name) ? 'hidden' : figure]),
  )
}

type Hiding = { hidden: Set<string>; at: (name: string) => number; few: (count: number) => boolean }

/** Hides the smallest of those that are shown, if what is hidden could be computed from them. */
const hideAnother = (names: readonly string[], { hidden, at, few }: Hiding): void => {
  for (;;) {
    const secret = names.filter((name) => hidden.has(name) && at(name) > 0)
    if (secret.length === 0) return
    const together = secret.reduce((sum, name) => sum + at(name), 0)
    if (secret.length > 1 && !few(together)) return
    const shown = names.filter((name) => !hidden.has(name) && at(name) > 0)
    const [next] = shown.toSorted((a, b) => at(a) - at(b))
    if (next === undefined) return
    hidden.add(next)
  }
}

const isShare = ({ tables }: ReportForm, name: string): boolean =>
  tables.some((table) =>
    table.rows.some(({ number, rule }) => 'share' in rule && `${table.code}.${number}` === name),
  )
