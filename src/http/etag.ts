import { z } from 'zod'
import { HttpProblem } from './problems.ts'

export const ifMatchHeader = {
  'if-match': z
    .string()
    .max(100)
    .optional()
    .describe('The ETag of what you read; a stale one is refused with 412'),
}

export const toEtag = (revision: number): string => `"${revision}"`

/**
 * The revision in an `If-Match` header; undefined where none is given, and for `*`. Throws `precondition-required`
 * where one has to be given; a tag that is none of ours can match nothing, so it is `stale`.
 */
export const parseIfMatch = (
  header: string | undefined,
  need: 'required' | 'optional',
): number | undefined => {
  if (header === undefined) {
    if (need === 'optional') return undefined
    throw new HttpProblem('precondition-required', [{ parameter: 'If-Match', detail: 'missing' }])
  }
  if (header.trim() === '*') return undefined
  const [, revision] = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim()) ?? []
  if (revision === undefined) throw new HttpProblem('stale')
  return Number(revision)
}
