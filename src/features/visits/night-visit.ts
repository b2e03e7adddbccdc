import { formatTime } from '#core/dates.ts'

/** Nobody is visited between these hours without a reason: more often somebody wrote the wrong time zone. */
const [morning, night] = [7, 22]

/** Whether a visit begins at night, by the clock of the region. */
export const isAtNight = (startsAt: Date, timeZone: string): boolean => {
  const hour = Number(formatTime(startsAt, timeZone).split(':')[0])
  return hour < morning || hour >= night
}
