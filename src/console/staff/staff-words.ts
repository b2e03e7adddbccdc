import { formatDay, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import { intervalsOf } from '#features/routing/duty-hours.ts'
import { dayInWords } from '#features/routing/duty-hours-words.ts'
import type { Absence } from '#storage/staff/absences.ts'
import { type DutyHours, type StaffMember, weekdays } from '#storage/staff/staff.ts'
import type { Visit } from '../visit.ts'

/** What somebody should know first: they have left, have not joined, are not reached, or are absent. */
export const stateOf = (
  { say, deps, now }: Visit,
  member: StaffMember,
  absentUntil: Date | null,
): string | null => {
  if (!member.active) return say.label('colleagues.states.left')
  if (member.personId === null) return say.label('colleagues.states.notJoined')
  if (member.unreachableSince !== null) return say.label('colleagues.states.unreachable')
  if (absentUntil === null) return null
  const { timeZone } = deps.region
  // The last moment of an absence belongs to the day before.
  const day = formatDay(say, { instant: new Date(absentUntil.getTime() - 1), timeZone, now })
  return say.label('consoleStaff.absentUntil', { day })
}

export const territoryName = ({ say, deps }: Visit, code: string): string =>
  optionLabel(say, deps.region.code, 'territory', code)

/** Names of territories; if it is all of the centre, that. */
export const territoryNames = (visit: Visit, codes: readonly string[]): string => {
  const all = visit.deps.region.territories
  if (all.length > 1 && all.every(({ code }) => codes.includes(code)))
    return visit.say.label('consoleStaff.allTerritories')
  return codes.map((code) => territoryName(visit, code)).join('; ')
}

/** «пн 9:00–13:00, 14:00–18:00; …»; always on duty has words of its own. */
export const hoursInWords = (say: Say, hours: DutyHours | null): string => {
  if (hours === null) return say.label('consoleStaff.alwaysOnDuty')
  const days = weekdays.flatMap((day) => {
    const all = intervalsOf(hours, day)
    return all.length === 0 ? [] : [`${say.label(`consoleStaff.days.${day}`)} ${dayInWords(all)}`]
  })
  return days.length > 0 ? days.join('; ') : say.label('consoleStaff.neverOnDuty')
}

/** «3 декабря – 5 декабря», with hours where it is not of whole days. */
export const absenceInWords = (
  { say, deps, now }: Visit,
  { from, until }: Pick<Absence, 'from' | 'until'>,
): string => {
  const { timeZone } = deps.region
  const day = (instant: Date) => formatDay(say, { instant, timeZone, now })
  const clock = (instant: Date) => {
    const time = formatTime(instant, timeZone)
    return time === '0:00' ? '' : `, ${time}`
  }
  const wholeEnd = formatTime(until, timeZone) === '0:00'
  const end = wholeEnd ? day(new Date(until.getTime() - 1)) : `${day(until)}${clock(until)}`
  const start = `${day(from)}${clock(from)}`
  return start === end ? start : `${start} – ${end}`
}
