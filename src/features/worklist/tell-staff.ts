import { secondsUntil } from '#features/routing/delays.ts'
import { nextDutyStart } from '#features/routing/duty-hours.ts'
import { type Enqueue, highPriority, type Payload } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { findStaff } from '#storage/staff/staff.ts'

/** The sweep that begins agendas comes once a minute. */
const agendaFirstSeconds = 120

type Deps = { enqueue: Enqueue; region: Region }
type News = Omit<Payload<'work-news'>, 'staffId'>

type StaffNews = News & {
  /** Null: nobody. */
  staffId: string | null
  /** Who did it. */
  by?: { staffId?: string | undefined } | undefined
  /** Does not wait for duty hours: a visit of today, a family that came with an urgent request. */
  urgent?: boolean
  now: Date
}

/**
 * Tells a member of staff of their own work, in the caller's transaction: what others have given them, moved or taken. An
 * ordinary thing waits for their duty hours; what they did themselves is no news.
 */
export const tellStaff = async (
  tx: Tx,
  { enqueue, region }: Deps,
  { staffId, by, urgent = false, now, ...news }: StaffNews,
): Promise<void> => {
  if (staffId === null || staffId === by?.staffId) return
  const member = await findStaff(tx, staffId)
  if (!member?.active || member.personId === null) return
  const at = urgent ? now : (nextDutyStart(member.dutyHours, now, region.timeZone) ?? now)
  // An agenda that begins with their duty goes first.
  const seconds = secondsUntil(at, now) + (news.news === 'alarms' ? agendaFirstSeconds : 0)
  const options = { ...(seconds > 0 && { startAfter: seconds }), ...(urgent && { priority: highPriority }) }
  await enqueue(tx, 'work-news', { staffId, ...news }, options)
}
