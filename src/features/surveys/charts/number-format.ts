import type { Say } from '#core/text.ts'
import type { QuestionKind } from '#surveys/schema.ts'
import type { Interval, Measure } from '../results/survey-result.ts'
import type { Axis } from './chart.ts'

const localeOf = (say: Say): string => (say.language === 'en' ? 'en-GB' : 'ru-RU')

/** 0.42 as «42 %»; a non-zero share below 0.5 % as «<1 %». */
export const percent = (say: Say, share: number): string => {
  const format = new Intl.NumberFormat(localeOf(say), { style: 'percent', maximumFractionDigits: 0 })
  return share > 0 && share < 0.005 ? `<${format.format(0.01)}` : format.format(share)
}

/** «4,2». */
export const decimal = (say: Say, value: number): string =>
  new Intl.NumberFormat(localeOf(say), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)

export const whole = (say: Say, value: number): string => new Intl.NumberFormat(localeOf(say)).format(value)

const asMeasured = (say: Say, of: Measure['of'], value: number): string =>
  of === 'share' ? percent(say, value) : decimal(say, value)

export const measured = (say: Say, { of, value }: Measure): string => asMeasured(say, of, value)

/** «от 3,9 до 4,5»; empty without an interval. */
export const between = (say: Say, of: Measure['of'], interval: Interval | null): string =>
  interval
    ? say.label('surveyCharts.between', {
        from: asMeasured(say, of, interval.from),
        to: asMeasured(say, of, interval.to),
      })
    : ''

/** The axis of a question's measure. */
export const axisOf = (say: Say, kind: QuestionKind): Axis => {
  if (kind === 'scale') return { min: 1, max: 5, ends: ['1', '5'] }
  if (kind === 'ten') return { min: 0, max: 10, ends: ['0', '10'] }
  return shares(say)
}

export const shares = (say: Say): Axis => ({ min: 0, max: 1, ends: [percent(say, 0), percent(say, 1)] })

/** «ноя 26», or «ноя» if all months are of one year. */
export const monthName = (say: Say, month: string, year: boolean): string =>
  new Intl.DateTimeFormat(localeOf(say), {
    timeZone: 'UTC',
    month: 'short',
    ...(year && { year: '2-digit' }),
  })
    .format(new Date(`${month}-01T00:00:00Z`))
    .replace(/\sг\.$/u, '')
    .replace('.', '')

/** «ноябрь 2026». */
export const monthTitle = (say: Say, month: string): string =>
  new Intl.DateTimeFormat(localeOf(say), { timeZone: 'UTC', month: 'long', year: 'numeric' })
    .format(new Date(`${month}-01T00:00:00Z`))
    .replace(/\sг\.$/u, '')
