import { isDeepStrictEqual } from 'node:util'
import type { PlanDocument, PlannedActivity } from './plan-document.ts'

/** The code of the catalogue tells the centre's reports what it is, and nothing new to the family. */
type Field = Exclude<keyof PlannedActivity, 'code' | 'catalogueCode'>
export type Changed = {
  before: PlannedActivity
  after: PlannedActivity
  /** The fields that differ. */
  fields: readonly Field[]
}

/** The changes of activities between two versions; every code of either appears in exactly one list. */
export type PlanDiff = {
  added: readonly PlannedActivity[]
  removed: readonly PlannedActivity[]
  /** At another time or place, whatever else has changed. */
  moved: readonly Changed[]
  /** Changed in other fields only. */
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

/**
 * Compares activities by code. Lists follow the order of the later document, except `removed`, which follows
 * the earlier one.
 */
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

/** Normalises the order of days and minors, which has no meaning, and drops an empty list of minors. */
const inOrder = ({ when, memberIds = [], ...rest }: PlannedActivity): PlannedActivity => ({
  ...rest,
  when: when.kind === 'weekly' ? { ...when, days: when.days.toSorted() } : when,
  ...(memberIds.length > 0 && { memberIds: memberIds.toSorted() }),
})

export const isEmptyDiff = ({ added, removed, moved, changed }: PlanDiff): boolean =>
  added.length + removed.length + moved.length + changed.length === 0

/** Whether two documents are equivalent. */
export const samePlan = (a: PlanDocument, b: PlanDocument): boolean =>
  isDeepStrictEqual(
    { ...a, activities: a.activities.map(inOrder) },
    { ...b, activities: b.activities.map(inOrder) },
  )
