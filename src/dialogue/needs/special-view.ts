import type { Say } from '#core/text.ts'
import { specialGrounds } from '#features/consents/special-grounds.ts'
import { specialKindsOf } from '#regions/special-categories.ts'
import type { Region } from '#regions/schema.ts'

/** That the law has rules of its own for a category or circumstance, and on which ground it may be kept; null: it has none. */
export const specialLine = (say: Say, region: Region, code: string): string | null => {
  const [kind] = specialKindsOf(region, [code])
  if (kind === undefined) return null
  const ground = say.label(`special.grounds.${specialGrounds[kind].clause}`)
  return say.label('special.mark', { kind: say.label(`special.kinds.${kind}`), ground })
}
