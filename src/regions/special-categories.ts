import type { Need } from './schema.ts'

/**
 * What the law has rules of its own for: health is a special category (152-ФЗ, ст. 10, ч. 1); offences are named beside it, because a
 * conviction (судимость) may be processed only where a federal law says so (ч. 3).
 */
export const specialKinds = ['health', 'offences'] as const
export type SpecialKind = (typeof specialKinds)[number]

/** By code, where the topic of the list does not tell. Everything under the topic «health» is of health. */
const named: Readonly<Record<string, SpecialKind>> = {
  'suicide-risk': 'health',
  'self-harm': 'health',
  'parent-addiction': 'health',
  'pregnant-giving-up': 'health',
  'young-offender': 'offences',
  'drawn-into-crime': 'offences',
}

/** Which special kind a category or circumstance tells of; null: none. Pure. */
const specialKindOf = ({ code, group }: Pick<Need, 'code' | 'group'>): SpecialKind | null =>
  named[code] ?? (group === 'health' ? 'health' : null)

/** The same by codes of a region; each kind once, in the order of `specialKinds`. Pure. */
export const specialKindsOf = (
  { categories, circumstances }: { categories: readonly Need[]; circumstances: readonly Need[] },
  codes: readonly string[],
): SpecialKind[] => {
  const found = new Set(
    [...categories, ...circumstances].filter(({ code }) => codes.includes(code)).map(specialKindOf),
  )
  return specialKinds.filter((kind) => found.has(kind))
}
