import type { Say } from '#core/text.ts'

/** Tells a minor who else sees what is for them; null for adults, and for what is for the whole family. */
export const forWhom = (
  say: Say,
  { audience }: { audience: 'family' | 'adults' | 'minors' | 'confidential' },
  texts: 'visit' | 'activity',
): string | null =>
  say.address === 'minor' && (audience === 'minors' || audience === 'confidential')
    ? say.t(`${texts}.forWhom.${audience}`)
    : null
