import type { Say } from '#core/text.ts'
import type { SpecialMark } from '#features/consents/special-grounds.ts'

/** That the law has rules of its own for a category or circumstance, and on which ground it may be kept. */
export const specialLine = (say: Say, { kind, clause }: SpecialMark): string =>
  say.label('special.mark', {
    kind: say.label(`special.kinds.${kind}`),
    ground: say.label(`special.grounds.${clause}`),
  })
