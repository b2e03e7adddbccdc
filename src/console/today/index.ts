import { z } from 'zod'
import { answerRescue } from '#features/surveys/low-score-rescue.ts'
import { dayAtDesk } from '#features/worklist/day-at-desk.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, form, page } from '../routes.ts'
import { todayPage } from './today-page.ts'

/** «Мой день»: what presses, each with its next step. */
export const registerToday = (console: Console): void => {
  const { deps } = console
  console.served.add('today')

  page(console, '/console', { for: staffRoles }, async (visit) => {
    const { staff, now } = visit
    return todayPage(visit, await dayAtDesk(deps, { staff, now }))
  })

  form(
    console,
    '/console/rescues/:id/answered',
    { for: ['intake', 'supervisor'], params: z.object({ id: z.uuid() }) },
    async (tx, { staff, now, params: { id } }) => {
      await answerRescue(tx, { id, by: { staffId: staff.id, region: deps.region }, now })
      return { to: '/console', done: 'answered' }
    },
  )
}
