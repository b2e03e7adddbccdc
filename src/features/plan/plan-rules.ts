import { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import type { Region } from '#regions/schema.ts'
import type { Member } from '#storage/families/family-members.ts'
import type { PlanDocument, PlannedActivity, When } from './plan-document.ts'
import { daysOf } from './recurrence.ts'

export const planProblems = [
  /** Ends before it begins. */
  'ends-before',
  /** Already over. */
  'past',
  /** Longer than this level of support lasts in the region (Stavropol 6.11). */
  'too-long',
  /** Outside of the plan's period. */
  'outside',
  /** The period contains no such day. */
  'never',
  /** The region does not provide this kind of help. */
  'kind-unknown',
  /** The region's catalogue has no such help. */
  'catalogue-unknown',
  /** In the catalogue it is help of another kind. */
  'catalogue-kind',
  /** Duplicate. */
  'twice',
  /** Not a minor of this family. */
  'not-a-minor',
  /** Members are named, but the activity is not for minors. */
  'not-for-minors',
  /** It is confidential, but names nobody. */
  'nobody-named',
] as const
export type PlanProblem = (typeof planProblems)[number]

/** A problem and its location: a JSON Pointer as a URI fragment, `#/activities/3/when/until`. */
export type PlanFault = { pointer: string; problem: PlanProblem }

/** A plan that violates rules; nothing of it is stored. */
export class InvalidPlan extends DomainError {
  override name = 'InvalidPlan'
  readonly faults: readonly PlanFault[]

  constructor(faults: readonly PlanFault[]) {
    super('invalid-input')
    this.faults = faults
  }
}

type Against = {
  region: Pick<Region, 'helpKinds' | 'supportMonths' | 'catalogue'>
  /** The family's current members. */
  members: readonly Pick<Member, 'id' | 'role'>[]
  /** In the region's time zone. */
  today: Temporal.PlainDate
}
type Period = { from: string; until: string }

/** All rule violations of a well-formed plan, in document order. */
export const findPlanFaults = (plan: PlanDocument, against: Against): PlanFault[] => {
  const codes = new Set<string>()
  return [
    ...periodFaults(plan, against),
    ...plan.activities.flatMap((activity, index) => {
      const at = (pointer: string, problem: PlanProblem): PlanFault => ({
        pointer: `#/activities/${index}/${pointer}`,
        problem,
      })
      const twice = codes.has(activity.code)
      codes.add(activity.code)
      return [
        ...(twice ? [at('code', 'twice')] : []),
        ...(against.region.helpKinds.includes(activity.kind) ? [] : [at('kind', 'kind-unknown')]),
        ...catalogueFaults(activity, against.region).map((problem) => at('catalogueCode', problem)),
        ...whenFaults(activity.when, plan).map(([pointer, problem]) => at(`when/${pointer}`, problem)),
        ...memberFaults(activity, against).map(([pointer, problem]) => at(pointer, problem)),
      ]
    }),
  ]
}

type Fault = [pointer: string, problem: PlanProblem]

const periodFaults = ({ from, until, level }: PlanDocument, { region, today }: Against): PlanFault[] => {
  if (until < from) return [{ pointer: '#/until', problem: 'ends-before' }]
  if (until < today.toString()) return [{ pointer: '#/until', problem: 'past' }]
  const months = region.supportMonths[level].value
  const longest = Temporal.PlainDate.from(from).add({ months }).toString()
  return until > longest ? [{ pointer: '#/until', problem: 'too-long' }] : []
}

const whenFaults = (when: When, plan: Period): Fault[] => {
  const outside = (day: string) => day < plan.from || day > plan.until
  if (when.kind === 'once') return outside(when.on) ? [['on', 'outside']] : []
  if (when.until < when.from) return [['until', 'ends-before']]
  const period = (['from', 'until'] as const)
    .filter((end) => outside(when[end]))
    .map((end): Fault => [end, 'outside'])
  const days = when.kind === 'weekly' ? twiceIn(when.days, 'days') : []
  const never = when.kind !== 'span' && daysOf(when) === null
  return [...period, ...days, ...(never ? [[when.kind === 'weekly' ? 'days' : 'day', 'never'] as Fault] : [])]
}

const catalogueFaults = (
  { catalogueCode, kind }: PlannedActivity,
  { catalogue }: Pick<Region, 'catalogue'>,
): PlanProblem[] => {
  if (catalogueCode === undefined) return []
  const entry = catalogue.find(({ code }) => code === catalogueCode)
  if (!entry) return ['catalogue-unknown']
  return entry.kind === null || entry.kind === kind ? [] : ['catalogue-kind']
}

const memberFaults = ({ audience, memberIds = [] }: PlannedActivity, { members }: Against): Fault[] => {
  if (audience === 'confidential' && memberIds.length === 0) return [['memberIds', 'nobody-named']]
  if (audience !== 'minors' && audience !== 'confidential')
    return memberIds.length > 0 ? [['memberIds', 'not-for-minors']] : []
  const minors = new Set(members.filter(({ role }) => role === 'minor').map(({ id }) => id))
  const unknown = memberIds.flatMap((id, index): Fault[] =>
    minors.has(id) ? [] : [[`memberIds/${index}`, 'not-a-minor']],
  )
  return [...unknown, ...twiceIn(memberIds, 'memberIds')]
}

const twiceIn = (list: readonly string[], name: string): Fault[] =>
  list.flatMap((one, index): Fault[] => (list.indexOf(one) === index ? [] : [[`${name}/${index}`, 'twice']]))
