import type { Dimension, ResultsQuery } from './survey-result.ts'

// Parses `survey_tallies.slice`. Slices of one dimension partition all responses.

/** The slice that a query selects, or undefined. */
export const sliceOf = ({ level, helpKind, curatorId }: ResultsQuery): string | undefined => {
  if (level !== undefined) return `level:${level}`
  if (helpKind !== undefined) return `kind:${helpKind}`
  return curatorId === undefined ? undefined : `curator:${curatorId}`
}

const dimensions: Record<string, Dimension> = { level: 'level', kind: 'help-kind', curator: 'curator' }

/** The breakdown that shows a slice; null for slices that are counted but not shown. */
export const shownUnder = (slice: string): { by: Dimension; code: string } | null => {
  const [prefix = '', ...code] = slice.split(':')
  const by = dimensions[prefix]
  return by ? { by, code: code.join(':') } : null
}

/** The partition that a slice belongs to: levels, curators; or a kind of help and its complement. */
export const partition = (slice: string): string => {
  const [prefix = '', code = ''] = slice.split(':')
  return prefix === 'kind' || prefix === 'not' ? `kind:${code}` : prefix
}

/** The prefixes of the slices needed for the suppression of this one; all of them without a slice. */
export const besides = (slice: string | undefined): string[] => {
  if (slice === undefined) return ['level:', 'curator:', 'kind:', 'not:']
  const [prefix = '', code = ''] = slice.split(':')
  return prefix === 'kind' ? [`kind:${code}`, `not:${code}`] : [`${prefix}:`]
}
