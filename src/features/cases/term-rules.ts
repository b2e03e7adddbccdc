import type { CaseEventKind, Responsible } from '#regions/case-rules.ts'
import {
  type DeadlineCode,
  deadlineCodes,
  type DeadlineEvent,
  type Region,
  type SupportLevel,
} from '#regions/schema.ts'
import type { Term } from '#features/deadlines/deadlines.ts'

export const termCodes = [
  ...deadlineCodes,
  /** The next plan, after one was rejected or has ended. */
  'next-plan',
  'interim-diagnosis',
  /** Until when support at this level lasts. */
  'support',
  /** How the family is after the end of support. */
  'after-look',
] as const
export type TermCode = (typeof termCodes)[number]

/** A term of the region, or of the product where the region has none. */
export type TermRule = {
  code: TermCode
  from: readonly (CaseEventKind | 'closed')[]
  met: CaseEventKind | 'after-look'
  /** How long; support depends on the level. */
  term(level: SupportLevel | null): Term
  /** Comes again after every such term, counted from the beginning: `until` so many times, or until this event. */
  again?: { times: number } | { until: readonly (CaseEventKind | 'closed')[] }
  responsible: Responsible
  byDefault: boolean
  /** The stage by whose end it is due; null: none. */
  stage: string | null
}

const eventOf: Record<DeadlineEvent, CaseEventKind> = {
  application: 'application',
  'survey-referral': 'survey-referral',
  'ipss-approval': 'ipss-approved',
  contract: 'contract',
}

/** How long the product gives for the next plan: as long as for the first one. */
const nextPlan: Term = { days: 10, dayKind: 'working' }

/** All terms of a region's cases. Pure. */
export const termRulesOf = (region: Region): TermRule[] => {
  const known = rules.get(region) ?? rulesOf(region)
  rules.set(region, known)
  return known
}

const rules = new WeakMap<Region, TermRule[]>()

const rulesOf = (region: Region): TermRule[] => {
  const { caseRules, deadlines, supportMonths } = region
  const { events, interim, postSupport } = caseRules
  const named = deadlineCodes.flatMap((code): TermRule[] => {
    const met = caseRules.met[code]
    const { value, source } = deadlines[code]
    const from = eventOf[value.from]
    const stage = stageOf(region, code)
    if (!met || stage === null || !events[from] || !events[met.by]) return []
    const { responsible } = met
    const { days, dayKind } = value
    const term = () => ({ days, dayKind })
    return [{ code, from: [from], met: met.by, term, responsible, byDefault: source === 'default', stage }]
  })
  const again = (['ipss-rejected', 'continued'] as const).filter((kind) => events[kind])
  const byProduct = { responsible: 'curator', stage: null } as const
  return [
    ...named,
    {
      code: 'next-plan',
      from: again,
      met: caseRules.met.ipss?.by ?? 'ipss-sent',
      term: () => nextPlan,
      ...byProduct,
      byDefault: true,
    },
    {
      code: 'interim-diagnosis',
      from: ['ipss-began'],
      met: 'interim-diagnosis',
      term: () => ({ months: interim.months }),
      again: { until: ['ipss-ended', 'closed'] },
      ...byProduct,
      byDefault: interim.clause === 'product',
    },
    {
      code: 'support',
      from: ['ipss-began'],
      met: 'ipss-ended',
      term: (level) => ({ months: supportMonths[level ?? 'basic'].value }),
      ...byProduct,
      byDefault: supportMonths.basic.source === 'default',
    },
    {
      code: 'after-look',
      from: ['closed'],
      met: 'after-look',
      term: () => ({ months: postSupport.months }),
      again: { times: postSupport.times },
      ...byProduct,
      byDefault: postSupport.clause === 'product',
    },
  ]
}

const stageOf = ({ stageDeadlines }: Region, code: DeadlineCode): string | null =>
  Object.entries(stageDeadlines).find(([, codes]) => codes.includes(code))?.[0] ?? null
