import { formatDayOn, formatTime } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { expectedLine } from '#dialogue/messages/reading-time-view.ts'
import type { Awaited, Lateness } from '#features/requests/awaited-reading.ts'
import type { Region } from '#regions/schema.ts'

type Around = { region: Region; contact: string; now: Date }

/** That we are late, who knows of it, when it will be read now, and what is quicker. */
export const latePart = (say: Say, { late, expected }: Awaited, around: Around): string | null => {
  if (!late) return null
  const { region, contact, now } = around
  const { timeZone } = region
  // In the words of the receipt: «с 9:00» was no hour by which.
  const instant = late.from ?? late.since
  const day = formatDayOn(say, { instant, timeZone, now })
  return [
    say.t(`late.${late.wants}${late.from ? 'From' : ''}`, { day, time: formatTime(instant, timeZone) }),
    toldLine(say, late),
    expectedLine(say, { expected, region, now }),
    say.t('late.quicker', { contact }),
  ]
    .filter(Boolean)
    .join('\n')
}

/** Who of the centre knows that we are late; null if nobody was told yet. */
export const toldLine = (say: Say, { told, names }: Lateness): string | null => {
  if (!told) return null
  const [name] = names
  return name !== undefined && names.length === 1 ? say.t('late.toldName', { name }) : say.t('late.told')
}
