import { Temporal } from 'temporal-polyfill'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import { intervalsOf } from '#features/routing/duty-hours.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { absencesOf } from '#storage/staff/absences.ts'
import { joinedStaff, weekdays } from '#storage/staff/staff.ts'
import { type PeriodVisit, visitsInPeriod } from '#storage/visits/visit-lists.ts'
import { isAhead } from './visit-transitions.ts'
import { travelMs } from './visit-slots.ts'

// The visits of a week or a day: one's own, and for supervisors those of their territories. Hours and numbers of families only.

type Deps = { database: Database; region: Region }

/** Whose visits a supervisor looks at; anybody else sees their own. */
export type CalendarOf = { staffId: string } | 'all'

export type CalendarVisit = PeriodVisit & {
  /** Whether the reader may move it, and it can still be moved. */
  movable: boolean
  /** Another visit of the same visitor at that time, or too near to get there. */
  clash: 'overlap' | 'travel' | null
}

/** More visits than that are not read at once: a supervisor then chooses one visitor. */
const most = 400

/** The visits that begin from one moment to another, the earliest first. */
export const calendarFor = async (
  { database, region }: Deps,
  { staff, of, from, until, now }: { staff: Staff; of: CalendarOf; from: Date; until: Date; now: Date },
): Promise<CalendarVisit[]> => {
  const own = staff.role !== 'supervisor' || (of !== 'all' && of.staffId === staff.id)
  const whose = own
    ? { staffId: staff.id }
    : {
        ...(of !== 'all' && { staffId: of.staffId }),
        territories: await territoriesServedBy(database, region, staff),
      }
  const visits = await visitsInPeriod(database, { ...whose, from, until, limit: most })
  const clashes = clashesAmong(visits)
  return visits.map((visit) => ({
    ...visit,
    movable: isAhead(visit, now) && (staff.role === 'supervisor' || visit.familyCuratorId === staff.id),
    clash: clashes.get(visit.id) ?? null,
  }))
}

/** Visits of one visitor at the same time, or with too little time between them. Pure. */
export const clashesAmong = (
  visits: readonly Pick<PeriodVisit, 'id' | 'staffId' | 'status' | 'startsAt' | 'endsAt'>[],
): Map<string, 'overlap' | 'travel'> => {
  const found = new Map<string, 'overlap' | 'travel'>()
  const planned = visits.filter(({ status }) => status === 'planned')
  for (const one of planned)
    for (const other of planned) {
      if (one.id === other.id || one.staffId !== other.staffId) continue
      const [first, second] = one.startsAt <= other.startsAt ? [one, other] : [other, one]
      const gap = second.startsAt.getTime() - first.endsAt.getTime()
      if (gap < 0) found.set(one.id, 'overlap')
      else if (gap < travelMs && !found.has(one.id)) found.set(one.id, 'travel')
    }
  return found
}

/** `hours`: on duty and without a visit; `off`: nobody works then, or they do not. */
export type FreeDay = { day: string; visits: number; hours: number; away: boolean; off: boolean }
export type FreeWeek = { id: string; name: string; days: FreeDay[] }

const usualHours = ['09:00', '18:00'] as const
const hourMs = 60 * 60 * 1000

/** Who of a supervisor's curators has time on these days (ISO dates). */
export const freeWeeks = async (
  { database, region }: Deps,
  { staff, days, now }: { staff: Staff; days: readonly string[]; now: Date },
): Promise<FreeWeek[]> => {
  const territories = new Set(await territoriesServedBy(database, region, staff))
  const curators = (await joinedStaff(database, 'curator')).filter((one) =>
    one.territories.some((code) => territories.has(code)),
  )
  const { timeZone } = region
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  const startOf = (day: string) => epochMsOf(Temporal.PlainDate.from(day), '00:00', timeZone)
  const end = startOf(Temporal.PlainDate.from(last).add({ days: 1 }).toString())
  const period = { from: new Date(startOf(first)), until: new Date(end) }
  const weeks: FreeWeek[] = []
  for (const { id, name, dutyHours } of curators) {
    const visits = await visitsInPeriod(database, { staffId: id, ...period, limit: most })
    const absences = await absencesOf(database, id, new Date(Math.min(period.from.getTime(), now.getTime())))
    weeks.push({
      ...{ id, name },
      days: days.map((day) => {
        const date = Temporal.PlainDate.from(day)
        const noon = epochMsOf(date, '12:00', timeZone)
        const away = absences.some(({ from, until }) => from.getTime() <= noon && until.getTime() > noon)
        const there = dutyHours ? intervalsOf(dutyHours, weekdays[date.dayOfWeek - 1] ?? 'mon') : [usualHours]
        const next = startOf(date.add({ days: 1 }).toString())
        const own = visits.filter(({ startsAt }) => +startsAt >= startOf(day) && +startsAt < next)
        const duty = there.reduce(
          (sum, [from, until]) => sum + epochMsOf(date, until, timeZone) - epochMsOf(date, from, timeZone),
          0,
        )
        const taken = own.reduce((sum, one) => sum + (+one.endsAt - +one.startsAt), 0)
        const off = duty === 0 || !isWorkingDay(date, region)
        return {
          ...{ day, away, off, visits: own.length },
          hours: !off && !away ? Math.max(0, Math.floor((duty - taken) / hourMs)) : 0,
        }
      }),
    })
  }
  return weeks
}
