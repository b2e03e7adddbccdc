import { type ClosingGround, productGrounds } from '#regions/case-rules.ts'
import type { Region, Sourced } from '#regions/schema.ts'

/** The grounds on which support ends: the region's own, or the product's, marked so. */
export const groundsOf = ({
  caseRules: { closing },
}: Pick<Region, 'caseRules'>): {
  code: ClosingGround
  source: Sourced<ClosingGround>['source']
}[] =>
  closing.length > 0
    ? closing.map(({ code, clause }) => ({ code, source: { clause } }))
    : productGrounds.map((code) => ({ code, source: 'default' as const }))
