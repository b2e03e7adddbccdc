import { z } from 'zod'
import { HttpProblem } from './problems.ts'

export const ifMatchHeader = {
  'if-match': z
    .string()
    .max(100)
    .optional()
    .describe('The `ETag` that you last read. If the resource has changed since, the call fails with 412.'),
}

export const toEtag = (revision: number): string => `"${revision}"`

/**
 * Returns the revision of an `If-Match` header; undefined if the header is absent or `*`. Throws
 * `precondition-required` if a required header is absent, and `stale` for a tag that this API never issues.
 */
export const parseIfMatch = (
  header: string | undefined,
  need: 'required' | 'optional',
): number | undefined => {
  if (header === undefined) {
    if (need === 'optional') return undefined
    throw new HttpProblem('precondition-required', [{ parameter: 'If-Match', detail: 'is required' }])
  }
  if (header.trim() === '*') return undefined
  const [, revision] = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim()) ?? []
  if (revision === undefined) throw new HttpProblem('stale')
  return Number(revision)
}
