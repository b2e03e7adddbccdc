import { z } from 'zod'
import { claimCase } from '#features/requests/cases.ts'
import { agendaOf } from '#features/worklist/agenda.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, form, page } from '../routes.ts'
import { todayPage } from './today-page.ts'

/** «Мой день»: what presses, each with its next step. */
export const registerToday = (console: Console): void => {
  const { deps } = console
  console.served.add('today')

  page(console, '/console', { for: staffRoles }, async (visit) => {
    const { staff, now } = visit
    return todayPage(visit, await agendaOf(deps, { staff, now }))
  })

  form(
    console,
    '/console/requests/:id/claim',
    { for: ['intake', 'supervisor'], params: z.object({ id: z.uuid() }) },
    async (tx, { staff, now, params: { id } }) => {
      await claimCase(tx, deps, { staff, requestId: id, now })
      return { to: `/console/requests/${id}`, done: 'claimed' }
    },
  )
}
