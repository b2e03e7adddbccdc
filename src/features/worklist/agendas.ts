import { dayAt } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { shiftStart } from '#features/routing/duty-hours.ts'
import { workingDay } from '#features/routing/reading-time.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { claimAgendas, staffWithoutAgenda } from '#storage/worklist/agendas.ts'

/** An agenda that could not begin the day, because nothing ran, is left out after this. */
const latestMs = 4 * 60 * 60_000

/**
 * Begins the agendas of those whose duty begins on a working day: once a person and day, whoever dies and however many
 * instances there are. Whether there is anything to say is seen when it is drawn. Returns how many began.
 */
export const beginAgendas = async (
  database: Database,
  { enqueue, region }: { enqueue: Enqueue; region: Region },
  now: Date,
): Promise<number> => {
  const date = dayAt(now, region.timeZone)
  if (!isWorkingDay(date, region)) return 0
  const day = date.toString()
  const staffIds = (await staffWithoutAgenda(database, day, now))
    .filter(({ dutyHours }) => isMorning(region, dutyHours, now))
    .map(({ id }) => id)
  if (staffIds.length === 0) return 0
  return database.transaction(async (tx) => {
    const begun = await claimAgendas(tx, { staffIds, day, now })
    for (const staffId of begun)
      await enqueue(tx, 'work-news', { staffId, news: 'agenda', at: now.toISOString() })
    return begun.length
  })
}

/** Whether somebody's duty of today has begun, not long ago; without hours of their own the centre's count. Pure. */
const isMorning = (region: Region, hours: DutyHours | null, now: Date): boolean => {
  const day = dayAt(now, region.timeZone)
  const start = hours ? shiftStart(hours, day, region.timeZone) : workingDay(region, day)[0]
  return start !== null && start <= now && now.getTime() - start.getTime() < latestMs
}
