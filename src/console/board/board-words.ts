import type { Say } from '#core/text.ts'

/** «2 дня 4 часа», «35 минут»: two units at most. */
export const waitInWords = (say: Say, ms: number): string => {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  const parts: [string, number][] =
    days > 0
      ? [
          ['days', days],
          ['hours', hours % 24],
        ]
      : hours > 0
        ? [
            ['hours', hours],
            ['minutes', minutes % 60],
          ]
        : [['minutes', minutes]]
  return parts
    .filter(([, count], at) => at === 0 || count > 0)
    .map(([unit, count]) => say.label(`consoleBoard.units.${unit}`, { count }))
    .join(' ')
}

/** «ноябрь 2026» */
export const monthName = (say: Say, firstDay: string): string =>
  new Intl.DateTimeFormat(say.language === 'en' ? 'en-GB' : 'ru-RU', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
    .format(new Date(`${firstDay}T00:00:00Z`))
    .replace(/\sг\.$/u, '')
