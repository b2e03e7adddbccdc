/** Monday is 1, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const names: readonly (readonly [Weekday, RegExp])[] = [
  [1, /понедельник\p{L}*|пн|mon(?:day)?s?/u],
  [2, /вторник\p{L}*|вт|tue(?:s|sday)?s?/u],
  [3, /сред[аыуе]\p{L}*|ср|wed(?:nesday)?s?/u],
  [4, /четверг\p{L}*|чт|thu(?:rs|rsday)?s?/u],
  [5, /пятниц\p{L}*|пт|fri(?:day)?s?/u],
  [6, /суббот\p{L}*|сб|sat(?:urday)?s?/u],
  [7, /воскресен\p{L}*|вс|sun(?:day)?s?/u],
]
const patternOf = ({ source }: RegExp, flags = 'u') =>
  new RegExp(`(?<!\\p{L})(?:${source})\\.?(?!\\p{L})`, flags)
const weekdayNames = names.map(([day, name]) => ({
  day,
  pattern: patternOf(name),
  all: patternOf(name, 'gu'),
}))
const anyName = names.map(([, { source }]) => source).join('|')
const start = /(?<!\p{L})(?:с |from )?/u.source
const between = /\.?\s?(?:-|по|до|to|through)\s?/u.source
const span = new RegExp(`${start}(${anyName})${between}(${anyName})(?!\\p{L})`, 'u')
const workdays = /(?:по )?будн\p{L}*|рабоч\p{L}* д(?:ень|ни|ням)|weekdays?/u
const weekend = /(?:по |на |в )?выходн\p{L}*|weekends?/u
const except = /(?:кроме|не (?:в|во)|except|not on)\s.*/u
const next = /(?:след(?:ующ\p{L}*)?|ближайш\p{L}*|next)\.?\s/u

const dayOf = (word: string): number => weekdayNames.find(({ pattern }) => pattern.test(word))?.day ?? 0

/** The weekdays that a text names, ascending; null if none. «В след вторник» may be of this week or the next. */
export const weekdaysIn = (plain: string): { weekdays: Weekday[] | null; unclear: boolean; rest: string } => {
  const excepted = except.exec(plain)?.[0] ?? ''
  const [asked, without] = [daysIn(plain.replace(excepted, ' ')), daysIn(excepted)]
  const rest = weekdayNames
    .reduce((text, { all }) => text.replace(all, ' '), plain.replace(span, ' '))
    .replace(workdays, ' ')
    .replace(weekend, ' ')
  const named = asked.length > 0 || without.length > 0
  const whole = asked.length > 0 ? asked : ([1, 2, 3, 4, 5] as const)
  return {
    weekdays: named ? [...whole].filter((day) => !without.includes(day)) : null,
    unclear: next.test(plain) && asked.length > 0,
    rest,
  }
}

const daysIn = (text: string): Weekday[] => {
  const found = new Set<number>()
  const named = span.exec(text)
  if (named) {
    const [from, until] = [dayOf(named[1] ?? ''), dayOf(named[2] ?? '')]
    for (let day = from; day <= (until < from ? until + 7 : until); day += 1) found.add(((day - 1) % 7) + 1)
  }
  for (const { day, pattern } of weekdayNames) if (pattern.test(text.replace(span, ' '))) found.add(day)
  if (workdays.test(text)) for (const day of [1, 2, 3, 4, 5]) found.add(day)
  if (weekend.test(text)) for (const day of [6, 7]) found.add(day)
  return names.map(([day]) => day).filter((day) => found.has(day))
}
