import { formatBirthDate } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { When } from '../plan-document.ts'

/**
 * When an activity takes place, in one or two lines. Days are written with the year, as on paper, unless
 * `spoken` says otherwise.
 */
export const whenWords = (
  say: Say,
  when: When,
  spoken: (day: string) => string = (day) => dayWords(say, day),
): string[] => {
  const at = 'at' in when && when.at ? [say.label('planPdf.when.at', { time: when.at })] : []
  if (when.kind === 'once') return [spoken(when.on), ...at]
  const period = say.label('planPdf.when.period', { from: spoken(when.from), until: spoken(when.until) })
  if (when.kind === 'span') return [period]
  return [[repeatWords(say, when), ...at].join(', '), period]
}

const repeatWords = (say: Say, when: Exclude<When, { kind: 'once' | 'span' }>): string => {
  const { every } = when
  if (when.kind === 'monthly') {
    return say.label(every === 1 ? 'planPdf.when.monthly' : 'planPdf.when.months', {
      count: every,
      day: when.day,
    })
  }
  const days = when.days.map((day) => say.label(`planPdf.when.days.${day}`)).join(', ')
  return say.label(every === 1 ? 'planPdf.when.weekly' : 'planPdf.when.weeks', { count: every, days })
}

/** «3 декабря 2026»: with the year, because paper is kept. */
export const dayWords = (say: Say, day: string): string => formatBirthDate(say, day)
