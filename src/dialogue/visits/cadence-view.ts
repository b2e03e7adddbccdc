import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { CadenceKept, CadencePart } from '#features/visits/cadence-parts.ts'

/** How many visits the level asks for now, how many there were, and whether there were too few before. */
export const cadenceKeptText = (
  say: Say,
  { now: part, before, over, short }: CadenceKept,
  time: { timeZone: string; now: Date },
): string => {
  // Nine o'clock in UTC is that day in every zone of the regions.
  const day = (iso: string) => formatDay(say, { instant: new Date(`${iso}T09:00:00Z`), ...time })
  const values = { level: say.label(`caseload.levels.${part.level}`), often: oftenOf(part), done: part.done }
  return [
    say.t('staffVisit.cadence.now', { ...values, until: day(part.until) }),
    before !== null &&
      before.done < before.atLeast &&
      say.t('staffVisit.cadence.short', {
        from: day(before.from),
        until: day(before.until),
        done: before.done,
        often: oftenOf(before),
      }),
    short > 0 && say.t('staffVisit.cadence.all', { short, over }),
  ]
    .filter((line) => line !== false)
    .join('\n')
}

const oftenOf = ({ atLeast, atMost }: CadencePart): string =>
  atLeast === atMost ? String(atMost) : `${atLeast}–${atMost}`
