import { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import type { Region } from '#regions/schema.ts'
import type { Member } from '#storage/families/family-members.ts'
import type { PlanDocument, PlannedActivity, When } from './plan-document.ts'
import { daysOf } from './recurrence.ts'

export const planProblems = [
  /** It ends before it begins. */
  'ends-before',
  /** It is over already. */
  'past',
  /** Longer than the level of support lasts in the region (Stavropol 6.11). */
  'too-long',
  /** Not within the period of the plan. */
  'outside',
  /** No such day is within the period. */
  'never',
  /** The region gives no such help. */
  'kind-unknown',
  /** It stands there twice. */
  'twice',
  /** Not a minor of this family. */
  'not-a-minor',
  /** Single members are named, and it is not for minors. */
  'not-for-minors',
] as const
export type PlanProblem = (typeof planProblems)[number]

/** What is wrong, and where: a JSON Pointer as a URI fragment, `#/activities/3/when/until`. */
export type PlanFault = { pointer: string; problem: PlanProblem }

/** A plan that breaks a rule; nothing of it is kept. */
export class InvalidPlan extends DomainError {
  override name = 'InvalidPlan'
  readonly faults: readonly PlanFault[]

  constructor(faults: readonly PlanFault[]) {
    super('invalid-input')
    this.faults = faults
  }
}

type Against = {
  region: Pick<Region, 'helpKinds' | 'supportMonths'>
  /** Those of the family who are there. */
  members: readonly Pick<Member, 'id' | 'role'>[]
  /** By the region's calendar. */
  today: Temporal.PlainDate
}
type Period = { from: string; until: string }

/** Everything that is wrong with a plan beside its form, in the order of the document. */
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

const memberFaults = ({ audience, memberIds = [] }: PlannedActivity, { members }: Against): Fault[] => {
  if (audience !== 'minors') return memberIds.length > 0 ? [['memberIds', 'not-for-minors']] : []
  const minors = new Set(members.filter(({ role }) => role === 'minor').map(({ id }) => id))
  const unknown = memberIds.flatMap((id, index): Fault[] =>
    minors.has(id) ? [] : [[`memberIds/${index}`, 'not-a-minor']],
  )
  return [...unknown, ...twiceIn(memberIds, 'memberIds')]
}

const twiceIn = (list: readonly string[], name: string): Fault[] =>
  list.flatMap((one, index): Fault[] => (list.indexOf(one) === index ? [] : [[`${name}/${index}`, 'twice']]))
