import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'

type When = { timeZone: string; now: Date }

/** What staff read before they call, write, visit, plan or invite; empty if nothing was said. */
export const safetyText = (say: Say, facts: readonly SafetyFact[], when: When): string =>
  facts.map((fact) => safetyLine(say, fact, when)).join('\n')

/** «С родителями не говорить: небезопасно. Так сказал подросток, с 24 ноября», in words of its own. */
export const safetyLine = (
  say: Say,
  { kind, role, since, until, requestId }: SafetyFact,
  when: When,
): string => {
  const day = (instant: Date) => formatDay(say, { instant, ...when })
  return [
    say.t(`safety.kinds.${kind}`),
    say.t(requestId === null ? 'safety.byStaff' : 'safety.byMember', {
      role: say.label(`safety.roles.${role}`),
      day: day(since),
    }),
    until && say.t('safety.until', { day: day(until) }),
  ]
    .filter(Boolean)
    .join(' ')
}
