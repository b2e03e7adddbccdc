import type { Dimension, ResultsQuery } from './survey-result.ts'

// `survey_tallies.slice`, read back. What a slice is one of, parts all sets without a rest.

/** The slice that a query narrows to; undefined: none. */
export const sliceOf = ({ level, helpKind, curatorId }: ResultsQuery): string | undefined => {
  if (level !== undefined) return `level:${level}`
  if (helpKind !== undefined) return `kind:${helpKind}`
  return curatorId === undefined ? undefined : `curator:${curatorId}`
}

const dimensions: Record<string, Dimension> = { level: 'level', kind: 'help-kind', curator: 'curator' }

/** What a slice is shown under; null for those that are counted but not shown. */
export const shownUnder = (slice: string): { by: Dimension; code: string } | null => {
  const [prefix = '', ...code] = slice.split(':')
  const by = dimensions[prefix]
  return by ? { by, code: code.join(':') } : null
}

/** The slices that part all sets together with this one: levels, curators; a kind of help, and all that is without it. */
export const partition = (slice: string): string => {
  const [prefix = '', code = ''] = slice.split(':')
  return prefix === 'kind' || prefix === 'not' ? `kind:${code}` : prefix
}

/** The beginnings of the slices that have to be known to judge this one; all of them where there is none. */
export const besides = (slice: string | undefined): string[] => {
  if (slice === undefined) return ['level:', 'curator:', 'kind:', 'not:']
  const [prefix = '', code = ''] = slice.split(':')
  return prefix === 'kind' ? [`kind:${code}`, `not:${code}`] : [`${prefix}:`]
}
