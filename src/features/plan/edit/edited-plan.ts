import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { ProposedActivity } from '../proposals.ts'
import type { PlanDocument, PlannedActivity, When } from '../plan-document.ts'

const text = z.string().max(4000).catch('')
const list = z.array(z.string().max(64)).max(40).catch([])

/** An activity while it is typed: nothing of it has to be right yet. */
export const editedActivitySchema = z.object({
  code: z.string().max(40),
  ...{ title: text, plain: text, kind: text, catalogueCode: text, place: text, responsible: text },
  ...{ repeat: text, on: text, from: text, until: text, every: text, days: list, day: text, at: text },
  ...{ audience: text, memberIds: list, familyPart: text, centrePart: text },
})
export type EditedActivity = z.output<typeof editedActivitySchema>

const headSchema = z.object({
  ...{ level: text, from: text, until: text, goal: z.string().max(8000).catch('') },
  /** A line each. */
  ...{ tasks: z.string().max(20_000).catch(''), results: z.string().max(20_000).catch('') },
})
export type EditedHead = z.output<typeof headSchema>

/** A plan while it is typed. `base`: the version that it began with; 0: none. */
export const editedPlanSchema = headSchema.extend({
  base: z.int().min(0),
  activities: z.array(editedActivitySchema),
})
export type EditedPlan = z.output<typeof editedPlanSchema>

const nothing: Omit<EditedActivity, 'code'> = {
  ...{ title: '', plain: '', kind: '', catalogueCode: '', place: '', responsible: '' },
  ...{ repeat: 'once', on: '', from: '', until: '', every: '1', days: [], day: '', at: '' },
  ...{ audience: 'family', memberIds: [], familyPart: '', centrePart: '' },
}

const scheduleOf = (when: When): Partial<EditedActivity> => {
  if (when.kind === 'once') return { repeat: 'once', on: when.on, at: when.at ?? '' }
  const { from, until } = when
  if (when.kind === 'span') return { repeat: 'span', from, until }
  const often = { from, until, every: String(when.every), at: when.at ?? '' }
  if (when.kind === 'weekly') return { ...often, repeat: 'weekly', days: [...when.days] }
  return { ...often, repeat: 'monthly', day: String(when.day) }
}

const editedActivity = ({ when, memberIds = [], ...activity }: PlannedActivity): EditedActivity => {
  const { catalogueCode = '', place = '', familyPart = '', centrePart = '' } = activity
  const words = { catalogueCode, place, familyPart, centrePart }
  return { ...nothing, ...activity, ...words, ...scheduleOf(when), memberIds: [...memberIds] }
}

/** A plan as it can be typed over; an empty one where there is none. Pure. */
export const editedOf = (document: PlanDocument | null, base: number): EditedPlan => {
  if (!document)
    return { base, level: 'basic', from: '', until: '', goal: '', tasks: '', results: '', activities: [] }
  const { tasks, results, activities, ...head } = document
  return {
    ...{ base, ...head, tasks: tasks.join('\n'), results: results.join('\n') },
    activities: activities.map(editedActivity),
  }
}

const given = (words: string): string | undefined => (words.trim() === '' ? undefined : words)
const linesOf = (words: string): string[] => words.split(/\r?\n/).filter((line) => line.trim() !== '')

/** What was left empty is not in the document at all. */
const filled = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

const whenOf = (one: EditedActivity): Record<string, unknown> => {
  const at = given(one.at)
  if (one.repeat === 'once') return { kind: 'once', on: one.on, at }
  const { from, until } = one
  if (one.repeat === 'span') return { kind: 'span', from, until }
  const often = { from, until, every: Number(one.every), at }
  if (one.repeat === 'weekly') return { ...often, kind: 'weekly', days: one.days }
  return { ...often, kind: 'monthly', day: Number(one.day) }
}

/** The document that was typed; whether it is one, its schema and the rules say. Pure. */
export const documentOf = ({ base: _, tasks, results, activities, ...head }: EditedPlan): unknown => ({
  ...head,
  ...{ tasks: linesOf(tasks), results: linesOf(results) },
  activities: activities.map((one) =>
    filled({
      ...{ code: one.code, title: one.title, plain: one.plain, kind: one.kind },
      ...{ catalogueCode: given(one.catalogueCode), place: given(one.place), responsible: one.responsible },
      ...{ when: filled(whenOf(one)), audience: one.audience },
      memberIds: one.memberIds.length > 0 ? one.memberIds : undefined,
      ...{ familyPart: given(one.familyPart), centrePart: given(one.centrePart) },
    }),
  ),
})

/** Moves an activity by so many places; the ends hold. Pure. */
export const moved = (plan: EditedPlan, code: string, by: number): EditedPlan => {
  const from = plan.activities.findIndex((one) => one.code === code)
  const to = from + by
  const [one, other] = [plan.activities[from], plan.activities[to]]
  if (!one || !other) return plan
  return { ...plan, activities: plan.activities.with(from, other).with(to, one) }
}

export const without = (plan: EditedPlan, code: string): EditedPlan => ({
  ...plan,
  activities: plan.activities.filter((one) => one.code !== code),
})

/** Adds an empty activity under a code that no version has had. Pure. */
export const withNew = (plan: EditedPlan, taken: ReadonlySet<string>): { plan: EditedPlan; code: string } => {
  const used = new Set([...taken, ...plan.activities.map(({ code }) => code)])
  let number = used.size + 1
  while (used.has(`a${number}`)) number += 1
  const code = `a${number}`
  const { from, until } = plan
  return { plan: { ...plan, activities: [...plan.activities, { ...nothing, from, until, code }] }, code }
}

/** Adds what a family has proposed, under its own code, unless it is there. Pure. */
export const withProposed = (plan: EditedPlan, { kind, ...proposed }: ProposedActivity): EditedPlan => {
  if (plan.activities.some(({ code }) => code === proposed.code)) return plan
  const { from, until } = plan
  const memberIds = [...(proposed.memberIds ?? [])]
  const activity = { ...nothing, from, until, ...proposed, memberIds, kind: kind ?? '' }
  return { ...plan, activities: [...plan.activities, activity] }
}

/** Types over some fields of an activity. Pure. */
export const typedOver = (
  plan: EditedPlan,
  code: string,
  fields: Partial<Omit<EditedActivity, 'code'>>,
): EditedPlan => ({
  ...plan,
  activities: plan.activities.map((one) => (one.code === code ? { ...one, ...fields } : one)),
})

/**
 * What was typed, upon a version that somebody published meanwhile: where the typist changed nothing, theirs holds, by field of the head
 * and by activity. Pure.
 */
export const mergeEdited = (base: EditedPlan, latest: EditedPlan, mine: EditedPlan): EditedPlan => {
  const [was, theirs] = [base, latest].map(byCode)
  const kept = mine.activities.flatMap((one) => {
    const [before, now] = [was?.get(one.code), theirs?.get(one.code)]
    if (!isDeepStrictEqual(before, one)) return [one]
    return now ? [now] : []
  })
  const mineCodes = new Set(mine.activities.map(({ code }) => code))
  const added = latest.activities.filter(({ code }) => !mineCodes.has(code) && !was?.has(code))
  const head = Object.fromEntries(
    headFields.map((field) => [field, mine[field] === base[field] ? latest[field] : mine[field]]),
  ) as EditedHead
  return { ...head, base: latest.base, activities: [...kept, ...added] }
}

const headFields = ['level', 'from', 'until', 'goal', 'tasks', 'results'] as const
const byCode = ({ activities }: EditedPlan) => new Map(activities.map((one) => [one.code, one]))
