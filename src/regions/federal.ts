import type { FederalClause } from './schema.ts'

/**
 * Circumstances that 442-ФЗ itself names (статья 15, часть 1, пункты 1–7). Only what was read in the law's own text stands here:
 * its terms (статьи 15–18) stay the product's until somebody has read them there.
 */
export const federalCircumstances: Readonly<Record<string, FederalClause>> = Object.fromEntries(
  [
    'self-care-loss',
    'disabled-relative',
    'child-adaptation',
    'no-carer',
    'family-conflict',
    'no-home',
    'no-work',
  ].map((code, index) => [code, { act: '442-FZ', clause: `15 (1) ${index + 1}` }] as const),
)
