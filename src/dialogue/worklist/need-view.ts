import { formatDayOn, formatDayUntil, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { CaseNeed } from '#features/worklist/needs.ts'
import type { Region } from '#regions/schema.ts'

export type Around = { region: Region; now: Date }
type Needing = CaseNeed & { promisedAt: Date | null; visitAt?: Date | null }

/** A term in the words of staff: the region's own, or the usual ones. */
export const termName = (say: Say, region: string, term: string): string => {
  const own = `regions.${region}.worklist.${term}`
  return say.label(say.has(own) ? own : `worklist.deadlines.${term}`)
}

/** Why a case stands where it does, in one line; null if it needs nothing today. */
export const needLine = (
  say: Say,
  { need, late, deadline, promisedAt, visitAt = null }: Needing,
  { region: { code, timeZone }, now }: Around,
): string | null => {
  const moment = (instant: Date) => ({ instant, timeZone, now })
  const term = deadline && {
    what: termName(say, code, deadline.code),
    // What ends on a day off has to be done before.
    until: formatDayUntil(say, moment((deadline.actBy ?? deadline.due).instant)),
  }
  if (late && promisedAt) {
    const time = formatTime(promisedAt, timeZone)
    return say.t('worklist.need.late', { day: formatDayOn(say, moment(promisedAt)), time })
  }
  if (need === 'overdue' && term) return say.t('worklist.need.past', term)
  if (need === 'soon' && promisedAt && !(deadline && deadline.due.instant < promisedAt))
    return say.t('worklist.need.today', { time: formatTime(promisedAt, timeZone) })
  if (need === 'soon' && term) return say.t('worklist.need.near', term)
  if (need === 'visit' && visitAt)
    return say.t('worklist.need.visit', { time: formatTime(visitAt, timeZone) })
  if (need === 'unread') return say.t('worklist.need.unread')
  return need === 'still' ? say.t('worklist.need.still') : null
}
