import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { absencesInReach, oneInReach } from '#features/staff/staff-for-supervisor.ts'
import { addAbsenceOf, endAbsenceOf } from '#features/staff/manage-staff.ts'
import { type Console, form, page } from '../routes.ts'
import { absenceMonthPage, absencePage } from './absence-pages.ts'

const params = z.object({ id: z.uuid() })
const supervisors = ['supervisor'] as const
const day = z.iso.date()
const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)

/** Absences: on a month, recorded with what happens to the work shown first, and ended. */
export const registerAbsences = (console: Console): void => {
  const { deps } = console
  const { timeZone } = deps.region
  const startOf = (date: Temporal.PlainDate) => new Date(date.toZonedDateTime(timeZone).epochMilliseconds)
  /** The last day is a day of absence, too. Null if it ends before it begins, or is over. */
  const spanOf = ({ from, until }: { from: string; until: string }, now: Date) => {
    const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(until)]
    const span = { from: startOf(first), until: startOf(last.add({ days: 1 })) }
    return span.from < span.until && span.until > now && first.until(last).days <= 366 ? span : null
  }

  page(
    console,
    '/console/staff/absences',
    { for: supervisors, query: z.object({ month }) },
    async (visit) => {
      const { staff, now, query } = visit
      const today = dayAt(now, timeZone)
      const first =
        query.month === undefined ? today.with({ day: 1 }) : Temporal.PlainDate.from(`${query.month}-01`)
      const after = first.add({ months: 1 })
      const found = await absencesInReach(deps, { staff, now, from: startOf(first), until: startOf(after) })
      const days = Array.from({ length: first.daysInMonth }, (_, index) => {
        const date = first.add({ days: index })
        const [start, end] = [startOf(date), startOf(date.add({ days: 1 }))]
        const away = found.filter(({ from, until }) => from < end && until > start)
        return {
          day: date.toString(),
          start,
          off: !isWorkingDay(date, deps.region),
          today: date.equals(today),
          away,
        }
      })
      const named = (date: Temporal.PlainDate) => date.toString().slice(0, 7)
      return absenceMonthPage(visit, {
        ...{ days, firstWeekday: first.dayOfWeek, month: named(first) },
        ...{ before: named(first.subtract({ months: 1 })), after: named(after) },
      })
    },
  )

  page(
    console,
    '/console/staff/:id/absence',
    { for: supervisors, params, query: z.object({ from: day, until: day }) },
    async (visit) => {
      const {
        staff,
        now,
        params: { id: memberId },
        query: { from, until },
      } = visit
      const found = await oneInReach(deps, { staff, memberId, now })
      if (!found.member.active) throw new DomainError('not-found')
      const asked = from !== undefined && until !== undefined ? { from, until } : null
      return absencePage(visit, found, asked && { ...asked, span: spanOf(asked, now) })
    },
  )

  form(
    console,
    '/console/staff/:id/absence',
    { for: supervisors, params, fields: z.object({ from: day, until: day }) },
    async (tx, { staff, now, params: { id: memberId }, fields }) => {
      const span = spanOf(fields, now)
      if (!span) throw new DomainError('invalid-input', { field: 'until' })
      await addAbsenceOf(tx, deps, { staff, memberId, now, ...span })
      return { to: `/console/staff/${memberId}`, done: 'absenceAdded' }
    },
  )

  form(
    console,
    '/console/staff/:id/absences/:absenceId/end',
    { for: supervisors, params: z.object({ id: z.uuid(), absenceId: z.uuid() }) },
    async (tx, { staff, now, params: { id: memberId, absenceId } }) => {
      await endAbsenceOf(tx, deps, { staff, memberId, absenceId, now })
      return { to: `/console/staff/${memberId}`, done: 'absenceEnded' }
    },
  )
}
