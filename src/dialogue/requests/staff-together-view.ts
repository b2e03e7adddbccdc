import { formatDay, formatDayUntil } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { TogetherForStaff } from '#features/together/together-for-staff.ts'

/** How it is with those who ask together: the state and its day, and nothing that either of them said. */
export const togetherLine = (
  say: Say,
  { status, since, until }: TogetherForStaff,
  at: { timeZone: string; now: Date },
): string =>
  say.t(`case.together.${status}`, {
    day: formatDay(say, { instant: since, ...at }),
    until: formatDayUntil(say, { instant: until, ...at }),
  })
