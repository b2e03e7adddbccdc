import { z } from 'zod'
import { unansweredForStaff } from '#features/consents/unanswered-for-staff.ts'
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
    const rules = { region: deps.region, consents: deps.consents() }
    const unanswered = await unansweredForStaff(deps.database, rules, { staff, now })
    return todayPage(visit, { ...(await dayAtDesk(deps, { staff, now })), unanswered })
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
