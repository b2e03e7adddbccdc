import type { Region } from '#regions/schema.ts'
import { type SpecialKind, specialKindsOf } from '#regions/special-categories.ts'

/** On which ground what is special may be processed, by points of 152-ФЗ, ст. 10. */
type SpecialGround = {
  clause: '152-fz-10-2-1' | '152-fz-10-3'
  /** It is a consent that is signed on paper. */
  written: boolean
}

/**
 * Health: the written consent (ч. 2, п. 1). Points 2.3 (state social assistance), 3 (life and health, where consent cannot be obtained),
 * 4 (medical secrecy) and 6 (rights) do not cover what a family tells a centre, as long as its lawyer does not say otherwise. Offences:
 * no consent is a ground for convictions (ч. 3), so nobody is asked to sign for them.
 */
export const specialGrounds: Readonly<Record<SpecialKind, SpecialGround>> = {
  health: { clause: '152-fz-10-2-1', written: true },
  offences: { clause: '152-fz-10-3', written: false },
}

export type SpecialMark = { kind: SpecialKind } & Pick<SpecialGround, 'clause'>

/** What is special about a category or circumstance of a region; null: nothing. Pure. */
export const specialMarkOf = (
  region: Pick<Region, 'categories' | 'circumstances'>,
  code: string,
): SpecialMark | null => {
  const [kind] = specialKindsOf(region, [code])
  return kind === undefined ? null : { kind, clause: specialGrounds[kind].clause }
}
