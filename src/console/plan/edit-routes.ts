import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { cleanText } from '#core/words.ts'
import {
  catchUp,
  checkEdited,
  discardEdited,
  keepEdited,
  planToEdit,
  publishEdited,
  restoreEdited,
} from '#features/plan/edit/plan-editing.ts'
import { type Console, form, page } from '../routes.ts'
import { activityEditPage } from './activity-edit-page.ts'
import { planCheckPage } from './check-page.ts'
import { acted, editFields, typedInto } from './edit-fields.ts'
import { editRows, planEditPage } from './edit-page.ts'
import { planPath } from './plan-words.ts'

/** Whoever writes plans, each for the families of which they are in charge. */
export const planners = ['curator', 'supervisor'] as const
const params = z.object({ id: z.uuid() })
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/)

/** A plan is typed over pages, kept as a draft, compared with the one in force, and published by a button of that page alone. */
export const registerPlanEditing = (console: Console): void => {
  const { deps } = console
  const { database } = deps
  const path = '/console/families/:id/plan' as const

  page(
    console,
    `${path}/edit`,
    { for: planners, params, query: z.object({ page: z.coerce.number().int().min(1).max(100) }) },
    async ({ params: { id: familyId }, ...visit }) => {
      const { staff, now, query } = visit
      const editing = await database.transaction((tx) => planToEdit(tx, deps, { staff, familyId, now }))
      const last = Math.max(0, Math.ceil(editing.edited.activities.length / editRows) - 1)
      return planEditPage(visit, { editing, page: Math.min((query.page ?? 1) - 1, last) })
    },
  )

  page(
    console,
    `${path}/edit/:code`,
    { for: planners, params: params.extend({ code }) },
    async ({ params: { id: familyId, code }, ...visit }) => {
      const { staff, now } = visit
      const editing = await database.transaction((tx) => planToEdit(tx, deps, { staff, familyId, now }))
      const activity = editing.edited.activities.find((one) => one.code === code)
      if (!activity) throw new DomainError('not-found')
      return activityEditPage(visit, { editing, activity })
    },
  )

  form(
    console,
    `${path}/edit`,
    { for: planners, params, fields: editFields },
    async (tx, { staff, now, params: { id: familyId }, fields }) => {
      const asked = { staff, familyId, now }
      const { plan, edited } = await planToEdit(tx, deps, asked)
      const taken = new Set(plan?.ids.keys() ?? [])
      const next = acted(typedInto(edited, fields), fields.act, taken)
      await keepEdited(tx, deps, { ...asked, edited: next.plan })
      const editor = `${planPath(familyId)}/edit`
      if (fields.act === 'check') return { to: `${planPath(familyId)}/check` }
      if (next.open !== null) return { to: `${editor}/${next.open}` }
      const page = z.coerce.number().int().min(1).max(100).catch(1).parse(fields.page)
      return { to: page > 1 ? `${editor}?page=${page}` : editor, done: 'planKept' }
    },
  )

  page(
    console,
    `${path}/check`,
    { for: planners, params },
    async ({ params: { id: familyId }, ...visit }) => {
      const { staff, now } = visit
      return planCheckPage(
        visit,
        await database.transaction((tx) => checkEdited(tx, deps, { staff, familyId, now })),
      )
    },
  )

  form(
    console,
    `${path}/publish`,
    {
      for: planners,
      params,
      fields: z.object({ reason: z.string().overwrite(cleanText).min(1).max(500).optional() }),
    },
    async (tx, { staff, now, params: { id: familyId }, fields: { reason } }) => {
      await publishEdited(tx, deps, { staff, familyId, now, reason })
      return { to: planPath(familyId), done: 'planPublished' }
    },
  )

  form(console, `${path}/discard`, { for: planners, params }, async (tx, { staff, now, params: { id } }) => {
    const asked = { staff, familyId: id, now }
    const { isDraft } = await planToEdit(tx, deps, asked)
    await discardEdited(tx, deps, asked)
    return {
      to: planPath(id),
      done: 'planDiscarded',
      ...(isDraft && { undo: `${planPath(id)}/restore` as const }),
    }
  })

  form(console, `${path}/restore`, { for: planners, params }, async (tx, { staff, now, params: { id } }) => {
    const asked = { staff, familyId: id, now }
    await planToEdit(tx, deps, asked)
    await restoreEdited(tx, deps, asked)
    return { to: `${planPath(id)}/edit`, done: 'planRestored' }
  })

  form(console, `${path}/catch-up`, { for: planners, params }, async (tx, { staff, now, params: { id } }) => {
    await catchUp(tx, deps, { staff, familyId: id, now })
    return { to: `${planPath(id)}/edit`, done: 'planCaughtUp' }
  })
}
