import { factsToConfirm } from '#features/guide/guide-lines.ts'
import { type RegionCode, region } from '#regions/index.ts'

/** The facts that the centre has to confirm: id, state, who confirms it. Sources: docs/humane-facts.md. */
export const listFacts = (code: RegionCode, now: Date): string[] => {
  const open = factsToConfirm(region(code), now)
  return open.length === 0
    ? ['Every fact is confirmed']
    : open.map(({ id, state, confirms }) => [id, state, confirms].join('\t'))
}
