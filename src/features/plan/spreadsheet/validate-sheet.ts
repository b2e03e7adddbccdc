import type { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { Region } from '#regions/schema.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { activitySchema, type PlanDocument, planSchema } from '../plan-document.ts'
import { findPlanFaults } from '../plan-rules.ts'
import { normalizeLabel } from './cells.ts'
import { cellPlaceOf } from './places.ts'
import type { SheetDraft } from './sheet-draft.ts'
import type { CellProblem } from './sheet-problems.ts'

export type SheetContext = {
  region: Pick<Region, 'helpKinds' | 'supportMonths' | 'catalogue'>
  members: readonly { id: string; role: MemberRole; name: string }[]
  today: Temporal.PlainDate
}

/** Builds the document from a draft; undefined if there are problems, which are added to the draft. */
export const validateSheet = (draft: SheetDraft, against: SheetContext): PlanDocument | undefined => {
  resolveMinors(draft, against)
  const whole = { ...draft.head, activities: draft.activities }
  const parsed = planSchema.safeParse(whole)
  for (const issue of parsed.error?.issues ?? []) blame(draft, issue.path, ...problemOf(issue))
  validateRules(draft, against)
  return draft.problems.all().length === 0 ? parsed.data : undefined
}

/** Replaces minors' names with their ids. */
const resolveMinors = ({ activities, minors, places, problems }: SheetDraft, { members }: SheetContext) => {
  const known = members.filter(({ role }) => role === 'minor')
  for (const [index, names] of minors) {
    const ids = names.map((name) => {
      const found = known.filter((minor) => normalizeLabel(minor.name) === normalizeLabel(name))
      const place = cellPlaceOf(places, ['activities', index, 'memberIds'])
      const [only, twin] = found
      if (only && !twin) return only.id
      const values = { given: name, known: known.map((minor) => minor.name).join(', ') || '–' }
      if (place) problems.add(place, 'minor', values)
      return undefined
    })
    const activity = activities[index]
    if (activity && !ids.includes(undefined)) activity.memberIds = ids
  }
}

/** Applies the rules to the well-formed parts, so that all problems are found at once. */
const validateRules = (draft: SheetDraft, against: SheetContext) => {
  const head = planSchema.omit({ activities: true }).safeParse(draft.head)
  if (!head.success) return
  const sound = draft.activities.flatMap((activity, index) => {
    const parsed = activitySchema.safeParse(activity)
    return parsed.success ? [{ index, activity: parsed.data }] : []
  })
  const plan = { ...head.data, activities: sound.map(({ activity }) => activity) }
  for (const { pointer, problem } of findPlanFaults(plan, against)) {
    const [, first = '', position, ...rest] = pointer.split('/')
    const index = position === undefined ? undefined : sound[Number(position)]?.index
    blame(draft, index === undefined ? [first] : [first, index, ...rest], problem)
  }
}

const blame = (
  { places, problems }: SheetDraft,
  path: readonly PropertyKey[],
  problem: CellProblem,
  values?: Record<string, number>,
) => {
  const place = cellPlaceOf(places, path)
  if (place) problems.add(place, problem, values)
}

/** Maps a schema issue to a problem of a cell. */
const problemOf = (issue: z.core.$ZodIssue): [CellProblem, Record<string, number>?] => {
  const most = /^must be at most (\d+) characters/.exec(issue.message)?.[1]
  if (most) return ['tooLong', { most: Number(most) }]
  if (issue.message === 'must contain a letter or digit') return ['noWord']
  if (issue.message === 'must be between 2000 and 2099') return ['year']
  if (issue.message === 'must not be empty') return ['missing']
  const field = issue.path.at(-1)
  if (issue.code === 'too_big' && field !== 'every' && field !== 'day')
    return ['tooMany', { most: Number(issue.maximum) }]
  if (field === 'every' || field === 'day') return ['interval']
  if (issue.code === 'invalid_format' && field === 'code') return ['code']
  if (issue.code === 'too_small' || issue.code === 'invalid_type' || issue.code === 'invalid_union') {
    return ['missing']
  }
  return ['other']
}
