import { type Weekday, weekdaysIn } from './typed-weekdays.ts'
import { plainText } from './plain-text.ts'

/** From and until; null is open. */
type Span = { from: number | null; until: number | null }

/** When somebody can be reached; times as minutes from midnight. Null: nothing was said of it. */
export type TypedTimes = {
  weekdays: Weekday[] | null
  /** Days from today: «завтра» is 1. */
  inDays: number | null
  /** A day of the month: «5го числа». */
  dayOfMonth: number | null
  /** Several are alternatives: «утром или вечером». */
  spans: Span[]
  /** «В любое время». */
  any: boolean
  /** More than one reading is likely: «в след вторник», «1830» alone. */
  unclear: boolean
  /** Words that may say whom to avoid, or more than a time. */
  said: boolean
}

const hour = (text: string): number => Number(text) * 60
const [noon, evening, night] = [hour('12'), hour('18'), hour('22')]

/** Parts of the day as people call them; the spans are spoken ones, which a person may narrow. */
const spoken: readonly ({ pattern: RegExp } & Span)[] = [
  { pattern: /до обеда|до полудня|before (?:noon|lunch)/gu, from: hour('9'), until: noon },
  { pattern: /после обеда|after lunch|in the afternoon/gu, from: hour('13'), until: hour('17') },
  { pattern: /после (?:школы|уроков)|after school/gu, from: hour('14'), until: null },
  { pattern: /после работы|after work/gu, from: evening, until: null },
  { pattern: /(?:до|перед) (?:работы|работой)|before work/gu, from: null, until: hour('9') },
  { pattern: /с утра|утр(?:ом|а)|in the morning|mornings?/gu, from: hour('9'), until: noon },
  { pattern: /дн[её]м|in the daytime|during the day/gu, from: noon, until: hour('15') },
  { pattern: /в обед|at lunch/gu, from: hour('12'), until: hour('14') },
  { pattern: /вечер(?:ом|ами)|по вечерам|in the evening|evenings?/gu, from: evening, until: night },
  { pattern: /ноч(?:ью|ами)|at night|nights?/gu, from: night, until: null },
]

const clock =
  /(\d{1,2})(?:[:.\-ч ]([0-5]\d))?(?:\s?(?:час\p{L}*|ч|o'clock))?\s?(утра|дня|вечера|ночи|am|pm|a\.m\.|p\.m\.)?(?![\d/])/u
    .source
const to = /\s?(?:до|по|-|and|to|till|until)\s?/u.source
const range = new RegExp(/(?:с|со|от|from|between)\s/u.source + clock + to + clock, 'u')
const dashed = new RegExp(String.raw`(?<!\d)${clock}\s?-\s?${clock}`, 'u')
const after = new RegExp(/(?:после|(?<!не )позже|с|от|не раньше|after|from)\s/u.source + clock, 'u')
const before = new RegExp(/(?:до|не позже|(?<!не )раньше|before|until|till|by)\s/u.source + clock, 'u')
const exact = new RegExp(/(?:в|к|около|at|around)\s/u.source + clock, 'u')
const half =
  /пол(?:овин[аеу])?\s?-?(перв|втор|треть|четверт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат|\d{1,2})\p{L}*/u
const halves = [
  /^перв/u,
  /^втор/u,
  /^треть/u,
  /^четверт/u,
  /^пят/u,
  /^шест/u,
  /^седьм/u,
  /^восьм/u,
  /^девят/u,
  /^десят/u,
  /^одиннадцат/u,
  /^двенадцат/u,
]

const days: readonly (readonly [RegExp, number])[] = [
  [/послезавтра|day after tomorrow/u, 2],
  [/(?<!после)завтра|(?<!after )tomorrow/u, 1],
  [/сегодня|today|tonight/u, 0],
]
const anyTime = /в любо(?:е|й)|любое|когда угодно|всегда|без разницы|any ?time|whenever|always/u

/** What is said of a time and means nothing else. */
const usual =
  /(?<!\p{L})(?:и|или|мне|можно|удобно|лучше|только|всегда|на связи|время|день|дни|час\p{L}*|в|во|с|по|до|к|на|кроме|звоните|звонить|пишите|писать|любое|любой|каждый|числа|го|след\p{L}*|после|at|on|in|the|call|any|time|best|only|me|is|next|except|from|to|and|or|free)(?!\p{L})/gu

/** Parses when somebody can be reached, as they say it: «в понедельник после 6», «до обеда», «кроме ср и пт». */
export const readTimes = (text: string): TypedTimes => {
  const typed = text.normalize('NFKC').toLowerCase().replace(/ё/gu, '\u0435').replace(/\s+/gu, ' ').trim()
  const halved = half.exec(typed)
  const plain = plainText(halved ? typed.replace(half, ' ') : typed)
  const { weekdays, unclear, rest } = weekdaysIn(plain)
  const day = days.find(([pattern]) => pattern.test(rest))
  const date = /(?<!\d)(\d{1,2})(?:\s?-?го)?\s?числа|(?<!\d)(\d{1,2})-?го(?!\p{L})/u.exec(rest)
  const clockTime = halved ? atHalf(halved[1] ?? '') : clockIn(rest)
  const partsOfDay = spoken.filter(({ pattern }) => rest.search(pattern) >= 0)
  const alone = /^([01]\d|2[0-3])([0-5]\d)$/.exec(plain)
  const shift = /(?<!\d)(\d)\/\1(?!\d)/.test(rest)
  const any = anyTime.test(rest)
  return {
    weekdays,
    inDays: day?.[1] ?? null,
    dayOfMonth: date ? dayOf(date[1] ?? date[2] ?? '') : null,
    spans: alone
      ? [{ from: hour(alone[1] ?? '') + Number(alone[2]), until: null }]
      : clockTime
        ? [clockTime]
        : partsOfDay.map(({ from, until }) => ({ from, until })),
    any,
    unclear: unclear || alone !== null || shift,
    said: /[\p{L}]/u.test(remains(rest)),
  }
}

const dayOf = (text: string): number | null => (Number(text) >= 1 && Number(text) <= 31 ? Number(text) : null)

const remains = (rest: string): string =>
  [
    ...spoken.map(({ pattern }) => pattern),
    ...days.map(([pattern]) => pattern),
    anyTime,
    range,
    after,
    before,
    exact,
    dashed,
  ]
    .reduce((text, pattern) => text.replace(pattern, ' '), rest)
    .replace(usual, ' ')

const clockIn = (rest: string): Span | null => {
  const span = range.exec(rest) ?? dashed.exec(rest)
  if (span) {
    const [, h1, m1, p1, h2, m2, p2] = span
    // «С 3 до 6» is of the afternoon.
    const from = timeOf(h1, m1, p1, hour('7') - 1)
    const until = from === null ? null : timeOf(h2, m2, p2, from)
    return from === null || until === null ? null : { from, until }
  }
  const [later, sooner, at] = [after.exec(rest), before.exec(rest), exact.exec(rest)]
  const from = later && timeOf(later[1], later[2], later[3], evening - 1)
  const until = sooner && timeOf(sooner[1], sooner[2], sooner[3], from ?? hour('9'))
  const one = at && timeOf(at[1], at[2], at[3], hour('8') - 1)
  if (from === null && until === null && one === null) return null
  return { from: from ?? one, until }
}

/** Minutes from midnight; an hour that would be too early is one of the afternoon: «с 9 до 6», «после 6». */
const timeOf = (
  hours = '',
  minutes = '0',
  half: string | undefined,
  notBefore: number | null,
): number | null => {
  const value = Number(hours)
  const min = Number(minutes)
  if (value > 23) return null
  const pm = /дня|вечера|pm|p\.m\./.test(half ?? '')
  const stated = half !== undefined
  const time = (pm && value < 12 ? value + 12 : value) * 60 + min
  if (stated || value >= 12 || notBefore === null) return time
  // «После 9» may be of the morning: only hours that are not waking ones become those of the afternoon.
  const later = time + noon
  if (notBefore === evening - 1) return value <= 8 ? later : time
  return time > notBefore ? time : later
}

/** «Полпятого» is half past four: of the afternoon, unless only the morning has such an hour. */
const atHalf = (word: string): Span => {
  const named = halves.findIndex((stem) => stem.test(word))
  const next = named < 0 ? Number(word) : named + 1
  const time = hour(String(next - 1)) + 30
  return { from: time < hour('8') ? time + noon : time, until: null }
}

/** The centre's three parts of the day, in minutes; what reaches into one counts for it. */
const parts = { morning: [9, 12], day: [12, 15], evening: [15, 18] } as const

/** Which of the questionnaire's hours fit what was said; empty where none does, or nothing was said of hours. */
export const hoursOf = ({ any, spans }: TypedTimes): string[] => {
  if (any && spans.length === 0) return ['any']
  const fitting = Object.entries(parts).filter(([, [start, end]]) =>
    spans.some(({ from, until }) => (from ?? 0) < end * 60 && (until ?? 24 * 60) > start * 60),
  )
  return fitting.length === 3 ? ['any'] : fitting.map(([code]) => code)
}
