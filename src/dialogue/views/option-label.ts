import type { Say } from '#core/text.ts'

/**
 * The name of an option where a person reads it: the region's own, one that all regions share, or the
 * question's. For example `regions.stavropol.circumstances.grief`.
 */
export const optionLabel = (say: Say, region: string, list: string, code: string): string => {
  const keys = [`regions.${region}.${list}.${code}`, `regions.shared.${list}.${code}`]
  return say.label(keys.find(say.has) ?? `question.${list}.options.${code}`)
}
