/** What was changed of fields as they were shown: what is to be changed, and where somebody else changed the same otherwise. */
export type Merged<T> = { changes: Partial<T>; conflicts: (keyof T)[] }

/**
 * Merges the fields of a form with what has been changed since it was shown. A field that was left as it was shown stays as it is now;
 * one that both changed to the same is no conflict; one that was not shown counts as changed. The order of a list is no change. Pure.
 */
export const mergeEdits = <T extends object>({
  shown,
  typed,
  now,
}: {
  shown: Partial<T>
  typed: T
  now: T
}): Merged<T> => {
  const keys = Object.keys(typed) as (keyof T)[]
  const edited = keys.filter(
    (key) => !(key in shown && same(typed[key], shown[key])) && !same(typed[key], now[key]),
  )
  const conflicts = edited.filter((key) => key in shown && !same(now[key], shown[key]))
  const changes: Partial<T> = {}
  for (const key of edited) changes[key] = typed[key]
  return { changes, conflicts }
}

const same = (a: unknown, b: unknown): boolean => written(a) === written(b)

const written = (value: unknown): string => {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return JSON.stringify(value.toSorted())
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify(value ?? null)
}
