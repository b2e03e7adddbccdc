import { isDeepStrictEqual } from 'node:util'
import type { PlanDocument, PlannedActivity } from './plan-document.ts'

type Field = Exclude<keyof PlannedActivity, 'code'>
export type Changed = {
  before: PlannedActivity
  after: PlannedActivity
  /** Which of its fields differ. */
  fields: readonly Field[]
}

/** What became of each activity from one version to another; every code of either stands in exactly one list. */
export type PlanDiff = {
  added: readonly PlannedActivity[]
  removed: readonly PlannedActivity[]
  /** At another time or place, whatever else has changed. */
  moved: readonly Changed[]
  /** In something else alone. */
  changed: readonly Changed[]
  same: readonly PlannedActivity[]
}

const fields = [
  'title',
  'plain',
  'kind',
  'place',
  'responsible',
  'when',
  'audience',
  'memberIds',
  'familyPart',
  'centrePart',
] as const satisfies readonly Field[]

type Activities = readonly PlannedActivity[]

/** Activities are the same by their code. In the order of the document that has them, the later one first. */
export const diffPlans = (before: Activities, after: Activities): PlanDiff => {
  const earlier = new Map(before.map((activity) => [activity.code, activity]))
  const later = new Set(after.map(({ code }) => code))
  const kept = after.flatMap((now): Changed[] => {
    const was = earlier.get(now.code)
    return was ? [{ before: was, after: now, fields: differing(was, now) }] : []
  })
  const isMove = ({ fields }: Changed) => fields.includes('when') || fields.includes('place')
  return {
    added: after.filter(({ code }) => !earlier.has(code)),
    removed: before.filter(({ code }) => !later.has(code)),
    moved: kept.filter(isMove),
    changed: kept.filter((one) => one.fields.length > 0 && !isMove(one)),
    same: kept.filter((one) => one.fields.length === 0).map(({ after }) => after),
  }
}

const differing = (before: PlannedActivity, after: PlannedActivity): Field[] => {
  const [a, b] = [inOrder(before), inOrder(after)]
  return fields.filter((field) => !isDeepStrictEqual(a[field], b[field]))
}

/** Days and minors in some order: in which they were written says nothing, nor does a list of nobody. */
const inOrder = ({ when, memberIds = [], ...rest }: PlannedActivity): PlannedActivity => ({
  ...rest,
  when: when.kind === 'weekly' ? { ...when, days: when.days.toSorted() } : when,
  ...(memberIds.length > 0 && { memberIds: memberIds.toSorted() }),
})

export const isEmptyDiff = ({ added, removed, moved, changed }: PlanDiff): boolean =>
  added.length + removed.length + moved.length + changed.length === 0

/** Whether two documents say the same. */
export const samePlan = (a: PlanDocument, b: PlanDocument): boolean =>
  isDeepStrictEqual(
    { ...a, activities: a.activities.map(inOrder) },
    { ...b, activities: b.activities.map(inOrder) },
  )
