import { ownWork } from '#features/worklist/own-work.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, page } from '../routes.ts'
import { goPage } from './go-page.ts'

/** «Перейти»: all places by name and one's own work by number; Ctrl-K shows it over any page. */
export const registerGo = (console: Console): void => {
  page(console, '/console/go', { for: staffRoles }, async (visit) =>
    goPage(visit, {
      served: console.served,
      acts: console.acts,
      ...(await ownWork(console.deps.database, visit.staff)),
    }),
  )
}
