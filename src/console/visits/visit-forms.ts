import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { giveVisit } from '#features/families/give-family.ts'
import { cancelVisitForStaff, closeVisitForStaff, longestResult } from '#features/visits/act-on-visit.ts'
import { moveVisitForStaff } from '#features/visits/plan-for-staff.ts'
import { visitForStaff } from '#features/visits/visits-for-staff.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, form } from '../routes.ts'
import { visitStands } from './visit-standing.ts'

const params = z.object({ id: z.uuid() })
const revision = z.coerce.number().int().min(0)
/** What may be left empty. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => text || undefined)
    .optional()

const pageOf = (id: string) => `/console/visits/${id}`

/** What whoever comes, and whoever is in charge of the family, does with a visit. What has changed meanwhile is refused as `stale`. */
export const registerVisitForms = (console: Console): void => {
  const { deps } = console

  form(
    console,
    '/console/visits/:id/reach',
    { for: staffRoles, params },
    async (tx, { staff, now, params: { id } }) => {
      await visitForStaff(tx, staff, id, now)
      return { to: `${pageOf(id)}?reach=1#reach` }
    },
  )

  form(
    console,
    '/console/visits/:id/outcome',
    {
      for: staffRoles,
      params,
      fields: z.object({
        outcome: z.enum(['done', 'missed']),
        result: words(longestResult),
        back: z.literal('unmarked').optional(),
      }),
    },
    async (tx, { staff, now, params: { id: visitId }, fields: { back, ...fields } }) => {
      mustHappen(await closeVisitForStaff(tx, deps, { staff, visitId, ...fields, now }))
      return { to: back ? '/console/calendar?show=unmarked' : pageOf(visitId), done: 'marked' }
    },
  )

  form(
    console,
    '/console/visits/:id/move',
    { for: staffRoles, params, fields: z.object({ at: z.iso.datetime(), revision }), stands: visitStands },
    async (tx, { staff, now, params: { id: visitId }, fields: { at, revision: version } }) => {
      const to = { staff, visitId, version, startsAt: new Date(at), now }
      mustHappen((await moveVisitForStaff(tx, deps, to)) !== null)
      return { to: pageOf(visitId), done: 'visitMoved' }
    },
  )

  form(
    console,
    '/console/visits/:id/cancel',
    { for: staffRoles, params, fields: z.object({ revision, reason: words(200) }), stands: visitStands },
    async (tx, { staff, now, params: { id: visitId }, fields: { reason, revision: version } }) => {
      mustHappen(await cancelVisitForStaff(tx, deps, { staff, visitId, version, reason, now }))
      return { to: pageOf(visitId), done: 'visitCancelled' }
    },
  )

  form(
    console,
    '/console/visits/:id/give',
    { for: ['supervisor'], params, fields: z.object({ to: z.uuid(), revision }), stands: visitStands },
    async (tx, { staff, now, params: { id: visitId }, fields: { to } }) => {
      await giveVisit(tx, deps, { staff, visitId, to, now })
      return { to: pageOf(visitId), done: 'visitGiven' }
    },
  )
}

const mustHappen = (happened: boolean): void => {
  if (!happened) throw new DomainError('stale')
}
