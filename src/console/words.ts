import { formatDay, formatTime } from '#core/dates.ts'
import type { Visit } from './visit.ts'

type Words = Pick<Visit, 'say' | 'deps' | 'now'>

/** «3 декабря» of a moment, by the clock of the region. */
export const dayWord = ({ say, deps, now }: Words, instant: Date): string =>
  formatDay(say, { instant, timeZone: deps.region.timeZone, now })

/** The same of an ISO date: nine o'clock in UTC is that day in every zone of the regions. */
export const dayOfIso = (visit: Words, day: string): string => dayWord(visit, new Date(`${day}T09:00:00Z`))

/** «3 декабря, 15:00». */
export const momentWord = (visit: Words, instant: Date): string =>
  `${dayWord(visit, instant)}, ${formatTime(instant, visit.deps.region.timeZone)}`
