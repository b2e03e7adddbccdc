import { z } from 'zod'
import { type EditedPlan, moved, typedOver, without, withNew } from '#features/plan/edit/edited-plan.ts'

/** What a form of the editor has: fields of the head, `<code>.<field>` of activities, and the button that was pressed. */
export const editFields = z.looseObject({ act: z.string().max(60).catch('save') })
type Fields = z.output<typeof editFields>

const headFields = ['level', 'from', 'until', 'goal', 'tasks', 'results'] as const
const activityFields = [
  ...(['title', 'plain', 'kind', 'catalogueCode', 'place', 'responsible', 'repeat', 'on', 'from'] as const),
  ...(['until', 'every', 'day', 'at', 'audience', 'familyPart', 'centrePart'] as const),
] as const
const lists = ['days', 'memberIds'] as const

const words = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const several = (value: unknown): string[] =>
  [value].flat().flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []))

/** The plan with what this form typed; fields that it does not have stay. */
export const typedInto = (plan: EditedPlan, fields: Fields): EditedPlan => {
  const head = Object.fromEntries(
    headFields.flatMap((field) => {
      const value = words(fields[field])
      return value === undefined ? [] : [[field, value]]
    }),
  )
  return plan.activities.reduce(
    (typed, { code }) => {
      const given = Object.fromEntries([
        ...activityFields.flatMap((field) => {
          const value = words(fields[`${code}.${field}`])
          return value === undefined ? [] : [[field, value]]
        }),
        // Boxes that nobody ticked are not sent: only a form that has them may clear them.
        ...(fields[`${code}.lists`] === undefined
          ? []
          : lists.map((field) => [field, several(fields[`${code}.${field}`])])),
      ])
      return Object.keys(given).length === 0 ? typed : typedOver(typed, code, given)
    },
    { ...plan, ...head } as EditedPlan,
  )
}

/** What the button does to the plan. `open`: the activity whose own page is next. */
export const acted = (
  plan: EditedPlan,
  act: string,
  taken: ReadonlySet<string>,
): { plan: EditedPlan; open: string | null } => {
  const [what, code = ''] = act.split(':')
  if (what === 'up') return { plan: moved(plan, code, -1), open: null }
  if (what === 'down') return { plan: moved(plan, code, 1), open: null }
  if (what === 'remove') return { plan: without(plan, code), open: null }
  if (what === 'open') return { plan, open: code }
  if (what !== 'add') return { plan, open: null }
  const added = withNew(plan, taken)
  return { plan: added.plan, open: added.code }
}
