import type { IncomingSource, RegionText } from './schema.ts'

type Rule = RegionText['sources'][number]

/** Where a text names nobody but the applicant: others tell the centre of families all the same. */
const productSources: readonly Omit<Rule, 'clause'>[] = [
  { code: 'other-person', from: 'person', registeredAs: 'message' },
  { code: 'helpline', from: 'helpline', registeredAs: 'message' },
  { code: 'prevention-body', from: 'organisation', registeredAs: 'message' },
  { code: 'school', from: 'organisation', registeredAs: 'message' },
  { code: 'own-finding', from: 'staff', registeredAs: 'memo' },
]

export const sourcesOf = ({ sources }: Pick<RegionText, 'sources'>): IncomingSource[] => {
  const stated = sources.map(({ clause, ...rule }) => withTerms(rule, { clause }))
  const named = stated.some(({ startsTerms }) => !startsTerms)
  return named ? stated : [...stated, ...productSources.map((rule) => withTerms(rule, 'default'))]
}

const withTerms = (rule: Omit<Rule, 'clause'>, source: IncomingSource['source']): IncomingSource => ({
  ...rule,
  startsTerms: rule.registeredAs === 'application',
  source,
})
