import { DomainError } from '#core/errors.ts'
import { type Keeper, mustKeep } from '#features/staff/keeper.ts'
import type { DaysOff } from '#regions/days-off.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import {
  type CentreDay,
  insertCentreDay,
  lockCentreDays,
  removeCentreDay,
} from '#storage/deadlines/centre-days.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { dayOfMoment, plainDay } from './days.ts'
import { isWorkingDay } from './working-days.ts'

// Days off that no version of the product knows yet: an act of the region that came in the year, or a day that the centre moved.

/** Further ahead nobody has an act. */
export const yearsAhead = 2

/** What the region has by itself, of days with which those of the centre are joined already. */
const ofRegion = new WeakMap<DaysOff, DaysOff>()

/** The days off that the region has by itself, without those of the centre. */
export const daysOffOfRegion = (daysOff: DaysOff): DaysOff => ofRegion.get(daysOff) ?? daysOff

/** The region's days off with those of the centre, which go before: they are the later word. */
export const withCentreDays = (daysOff: DaysOff, days: readonly CentreDay[]): DaysOff => {
  const region = daysOffOfRegion(daysOff)
  const byYear = { ...region.byYear }
  for (const [year, own] of Map.groupBy(days, ({ day }) => day.slice(0, 4))) {
    const { off = [], working = [], act } = byYear[year] ?? {}
    const of = (kind: CentreDay['kind']) =>
      own.filter((one) => one.kind === kind).map(({ day }) => day.slice(5))
    const [newOff, newWorking] = [of('off'), of('working')]
    byYear[year] = {
      off: [...off.filter((day) => !newWorking.includes(day)), ...newOff],
      working: [...working.filter((day) => !newOff.includes(day)), ...newWorking],
      act: [...new Set([...(act === undefined ? [] : [act]), ...own.map((one) => one.act)])].join('; '),
    }
  }
  const joined = { ...region, byYear }
  ofRegion.set(joined, region)
  return joined
}

type Change = { by: Keeper; now: Date; region: Region }

/**
 * Adds a day off, or a day that is worked for one. Terms are counted anew by the next sweep. Throws `not-allowed` for whoever is no
 * supervisor, `invalid-input` for a day before this year or more than two years ahead, `already-open` if the calendar says so already.
 */
export const addCentreDay = async (
  tx: Tx,
  { by, now, region, ...given }: Change & Omit<CentreDay, 'id'>,
): Promise<CentreDay> => {
  const author = mustKeep(by)
  const { year } = dayOfMoment(now.getTime(), region.timeZone)
  const day = plainDay(given.day)
  if (day.year < year || day.year > year + yearsAhead)
    throw new DomainError('invalid-input', { field: 'day' })
  const days = await lockCentreDays(tx)
  const daysOff = withCentreDays(region.daysOff, days)
  if (
    days.some((one) => one.day === given.day) ||
    isWorkingDay(day, { daysOff }) === (given.kind === 'working')
  )
    throw new DomainError('already-open', { field: 'day' })
  const added = await insertCentreDay(tx, { ...given, now })
  await addAudit(tx, { at: now, action: 'calendar.changed', subjectId: added.id, ...author })
  return added
}

/** Takes a day of the centre back. Throws `not-allowed`, `not-found`. */
export const dropCentreDay = async (
  tx: Tx,
  { by, now, id }: Pick<Change, 'by' | 'now'> & { id: string },
): Promise<void> => {
  const author = mustKeep(by)
  if (!(await removeCentreDay(tx, id, now))) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'calendar.changed', subjectId: id, ...author })
}
