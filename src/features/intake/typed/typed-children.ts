import type { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { type ChildMention, type Mentions, mentionsIn } from './child-mentions.ts'

/** What a family's children are taken to be: years of birth, and how old each is, where that is what was said. */
export type ChildrenReading = { years: number[]; ages?: string[] }

/** `said`: something else was written of the family, too. */
export type TypedChildren = { said: boolean } & ChildrenResult

type ChildrenResult =
  | { kind: 'ok'; years: number[] }
  /** Understood, but not for certain: the likeliest reading first. */
  | { kind: 'ask'; readings: ChildrenReading[] }
  /** How many there are is known at most, not how old they are. */
  | { kind: 'ages-missing' }
  | { kind: 'unreadable' | 'out-of-range' | 'too-many' }

/** A family's children are minors, twenty-three at most while they study. */
const oldestChild = 23
const most = 20

/**
 * Parses what a parent writes of the children: «2014 и 2018», «двое, 7 и 11 лет», «погодки 15 и 16 года», «малой 1г2м».
 * Years are certain; ages are not, since they may mean either of two years of birth.
 */
export const readChildren = (
  text: string,
  { now, timeZone }: { now: Date; timeZone: string },
): TypedChildren => {
  const today = dayAt(now, timeZone)
  const mentioned = mentionsIn(text)
  return { said: mentioned.strange, ...resultOf(mentioned, today) }
}

const resultOf = (
  { mentions, count, none, strange, together }: Mentions,
  today: Temporal.PlainDate,
): ChildrenResult => {
  if (mentions.length === 0) {
    if (none) return { kind: 'ask', readings: [{ years: [] }] }
    return { kind: count === null ? 'unreadable' : 'ages-missing' }
  }
  const alternatives = readingsOf(mentions, today).map((reading) => repeated(reading, together))
  const fitting = alternatives.filter(({ years }) => years.every((year) => isChild(year, today)))
  if (fitting.length === 0) return { kind: 'out-of-range' }
  if (fitting.some(({ years }) => years.length > most)) return { kind: 'too-many' }
  const agreeing = count === null ? fitting : fitting.filter(({ years }) => years.length === count)
  if (agreeing.length === 0) return { kind: 'ages-missing' }
  const [first] = agreeing
  const certain = mentions.every(({ kind }) => kind === 'year') && !strange && together === 1
  return certain && first ? { kind: 'ok', years: first.years } : { kind: 'ask', readings: agreeing }
}

const isChild = (year: number, today: Temporal.PlainDate): boolean =>
  year <= today.year && year >= today.year - oldestChild

/** Twins are said once. */
const repeated = ({ years, ages }: ChildrenReading, times: number): ChildrenReading =>
  years.length === 1
    ? {
        years: Array.from({ length: times }, () => years[0] ?? 0),
        ...(ages && { ages: Array.from({ length: times }, () => ages[0] ?? '') }),
      }
    : { years, ...(ages && { ages }) }

const readingsOf = (mentions: readonly ChildMention[], today: Temporal.PlainDate): ChildrenReading[] => {
  const bare = mentions.flatMap((mention) => (mention.kind === 'number' ? [mention.value] : []))
  // «14 лет и 17»: where one is an age, all are.
  const ages = mentions.some(({ kind }) => kind !== 'number' && kind !== 'year')
  const asYears = bare.length > 0 && !ages && bare.every((value) => value >= 10 && 2000 + value <= today.year)
  const apart = mentions.some(({ kind }) => kind === 'age-and-months')
  const first = readingOf(mentions, today, { bareAsYear: false, apart: false })
  return [
    ...(bare.every((value) => value <= oldestChild) ? [first] : []),
    ...(asYears ? [readingOf(mentions, today, { bareAsYear: true, apart: false })] : []),
    ...(apart ? [readingOf(mentions, today, { bareAsYear: false, apart: true })] : []),
  ]
}

type How = { bareAsYear: boolean; apart: boolean }

const readingOf = (
  mentions: readonly ChildMention[],
  today: Temporal.PlainDate,
  how: How,
): ChildrenReading => {
  const children = mentions.flatMap((mention) => childrenOf(mention, today, how))
  const ages = children.flatMap(({ age }) => (age === undefined ? [] : [age]))
  return {
    years: children.map(({ year }) => year),
    ...(ages.length === children.length && ages.length > 0 && { ages }),
  }
}

type Child = { year: number; age?: string }

const childrenOf = (mention: ChildMention, today: Temporal.PlainDate, how: How): Child[] => {
  switch (mention.kind) {
    case 'year':
      return [{ year: mention.value }]
    case 'short-year':
      return [{ year: 2000 + mention.value }]
    case 'number':
      return how.bareAsYear ? [{ year: 2000 + mention.value }] : [aged(mention.value, today)]
    case 'age':
      return [aged(mention.value, today)]
    case 'nearly':
      return [nearly(mention, today)]
    case 'months':
      return [born(mention.value, today)]
    case 'age-and-months':
      return how.apart
        ? [aged(mention.value, today), born(mention.months, today)]
        : [born(mention.value * 12 + mention.months, today)]
    case 'grade':
      return [aged(mention.value + 6, today)]
  }
}

/** Of the two years that an age allows, the one with more days. */
const aged = (age: number, today: Temporal.PlainDate): Child => ({
  year: today.year - age - (today.dayOfYear <= 183 ? 1 : 0),
  age: `${age}y`,
})

const born = (months: number, today: Temporal.PlainDate): Child => ({
  year: today.subtract({ months }).year,
  age: months % 12 === 0 && months > 0 ? `${months / 12}y` : `${months}m`,
})

/** «Скоро 10, в декабре»: nine now; without a month the birthday is thought to be within one. */
const nearly = ({ value, month }: { value: number; month?: number }, today: Temporal.PlainDate): Child => {
  const ahead = month === undefined ? today.add({ months: 1 }) : null
  const year = ahead?.year ?? (today.month <= (month ?? 0) ? today.year : today.year + 1)
  return { year: year - value, age: `${value - 1}y` }
}
