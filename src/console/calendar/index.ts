import { z } from 'zod'
import { calendarFor, freeWeeks } from '#features/visits/calendar.ts'
import { unmarkedVisits } from '#features/visits/visit-lists-for-staff.ts'
import { colleaguesToSee } from '#features/visits/calendar-people.ts'
import { listFamiliesForStaff } from '#features/worklist/family-list.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { type Console, page } from '../routes.ts'
import { calendarPage } from './calendar-page.ts'
import { newVisitPage } from './new-page.ts'
import { calendarViews, periodOf } from './period.ts'
import { unmarkedPage } from './unmarked-page.ts'

const familiesOnPage = 40
const query = z.object({
  view: z.enum(calendarViews),
  date: z.iso.date(),
  of: z.union([z.literal('all'), z.uuid()]),
  show: z.enum(['unmarked', 'free', 'all']),
})

/** «Календарь»: one's own visits, of which a supervisor sees those of the territories. */
export const registerCalendar = (console: Console): void => {
  const { deps } = console
  const { database } = deps
  console.served.add('calendar')

  page(console, '/console/calendar', { for: staffRoles, query }, async (visit) => {
    const { staff, now, query: asked } = visit
    const unmarked = await unmarkedVisits(database, staff.id, now)
    if (asked.show === 'unmarked') return unmarkedPage(visit, unmarked)
    const period = periodOf(visit, { view: asked.view ?? 'week', date: asked.date })
    const supervises = staff.role === 'supervisor'
    const chosen = supervises ? (asked.of ?? 'all') : staff.id
    const of = chosen === 'all' ? chosen : { staffId: chosen }
    const { from, until, days } = period
    const colleagues = supervises ? await colleaguesToSee(deps, staff) : []
    return calendarPage(visit, {
      period,
      visits: await calendarFor(deps, { staff, of, from, until, now }),
      people: supervises ? { staff: colleagues, chosen } : null,
      free: supervises && asked.show === 'free' ? await freeWeeks(deps, { staff, days, now }) : null,
      unmarked: unmarked.length,
    })
  })

  const wanted = z.object({
    date: z.iso.date(),
    time: z.iso.time({ precision: -1 }),
    visited: z.literal('less'),
    page: z.coerce.number().int().min(1).max(1000),
  })
  page(console, '/console/calendar/new', { for: staffRoles, query: wanted }, async (visit) => {
    const { staff, now, query: asked } = visit
    const seldom = asked.visited === 'less'
    const whose = { staff, now, page: (asked.page ?? 1) - 1, size: familiesOnPage, notVisited: seldom }
    const found = await listFamiliesForStaff(deps, whose)
    const { date, time } = asked
    const kept = new URLSearchParams({ ...(date && { date }), ...(time && { time }) })
    return newVisitPage(visit, { found, query: kept, seldom })
  })
}
