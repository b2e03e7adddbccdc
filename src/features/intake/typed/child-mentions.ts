import { monthOf } from './month-names.ts'
import { plainText } from './plain-text.ts'

/** One child as it is mentioned. */
export type ChildMention =
  | { kind: 'year'; value: number }
  /** «15 и 16 года». */
  | { kind: 'short-year'; value: number }
  | { kind: 'age'; value: number }
  /** An age or a year with two digits. */
  | { kind: 'number'; value: number }
  /** «Скоро 10, в декабре». */
  | { kind: 'nearly'; value: number; month?: number }
  /** Months of age. */
  | { kind: 'months'; value: number }
  /** «7 лет и 10 мес»: one child or two. */
  | { kind: 'age-and-months'; value: number; months: number }
  /** A form at school. */
  | { kind: 'grade'; value: number }

export type Mentions = {
  mentions: ChildMention[]
  /** How many children there are, where that was said. */
  count: number | null
  /** None yet: «детей нет, жду». */
  none: boolean
  /** How many are of one age: «двойня». */
  together: number
  /** Something else was said, too. */
  strange: boolean
}

type Rule = { pattern: RegExp; read: (found: readonly string[]) => ChildMention[] }

const n = (text: string | undefined): number => Number(text ?? 0)
const years = /(?:лет|годик\p{L}*|год[ау]?|г|л|years?|yrs?|y\.?\s?o\.?|y|летн\p{L}*)/u.source
const months = /(?:месяц\p{L}*|мес|м|months?|mo)/u.source
const shortYears = /(?:лет|год[ау]?|г|л|y)/u.source
const and = /\s?(?:и|and|,)\s?/u.source
const age = /(\d{1,2})\s?/u.source
const declined = /(?<!\d)(\d{1,2})(?:-?(?:ти|х|ми|и))?/u.source
const dots = /\.?(?!\p{L})/u.source

const monthStem =
  /(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|apr|may|jun|jul|aug|sep|oct|nov|dec)/u.source

/** In order: what a rule has taken is not read by the following ones. */
const rules: readonly Rule[] = [
  {
    pattern: /\d{1,2}[./-]\d{1,2}[./-]((?:19|20)\d{2})(?!\d)/gu,
    read: ([, year]) => [{ kind: 'year', value: n(year) }],
  },
  {
    pattern: new RegExp(`\\d{1,2}\\s${monthStem}\\p{L}*\\.?\\s((?:19|20)\\d{2})(?!\\d)`, 'gu'),
    read: ([, year]) => [{ kind: 'year', value: n(year) }],
  },
  {
    pattern: /(?<![\d.])(\d{4})(?!\d|\.\d)(?:\s?год[ау]?(?!\p{L}))?/gu,
    read: ([, year]) => [{ kind: 'year', value: n(year) }],
  },
  {
    pattern: new RegExp(`(?<![\\d.,])(\\d)[.,]5\\s?${years}${dots}`, 'gu'),
    read: ([, value]) => [{ kind: 'months', value: n(value) * 12 + 6 }],
  },
  { pattern: /полтора год\p{L}*|полтора/gu, read: () => [{ kind: 'months', value: 18 }] },
  { pattern: /полгод\p{L}*|half a year/gu, read: () => [{ kind: 'months', value: 6 }] },
  {
    pattern: /грудн\p{L}*|новорожд\p{L}*|младен\p{L}*|newborn|(?:a )?baby/gu,
    read: () => [{ kind: 'months', value: 0 }],
  },
  {
    pattern: /(?<!\d\s?)(?<!\p{L})год(?:ик)? и (\d{1,2})(?!\d|\s?лет)(?:\s?мес\p{L}*)?/gu,
    read: ([, more]) => [{ kind: 'months', value: 12 + n(more) }],
  },
  {
    pattern: new RegExp(`${age}${years}${dots}${and}${age}${months}${dots}`, 'gu'),
    read: ([, age, more]) => [{ kind: 'age-and-months', value: n(age), months: n(more) }],
  },
  {
    pattern: new RegExp(`${age}${shortYears}\\.?\\s?${age}${months}${dots}`, 'gu'),
    read: ([, age, more]) => [{ kind: 'months', value: n(age) * 12 + n(more) }],
  },
  {
    pattern: new RegExp(`${age}${months}${dots}`, 'gu'),
    read: ([, value]) => [{ kind: 'months', value: n(value) }],
  },
  {
    pattern: /\d{1,2}\s?(?:недел\p{L}*|нед|weeks?|дн\p{L}*|days?)\.?/gu,
    read: () => [{ kind: 'months', value: 0 }],
  },
  {
    pattern:
      /(\d{1,2})(?:-?(?:го|й|ый|м|ом))?,?\s(?:(?:и|,)\s?)?(\d{1,2})(?:-?(?:го|й|ый))?\s?(?:г\.?\s?р\.?|год\p{L}* рожд\p{L}*|года)(?!\p{L})/gu,
    read: ([all, one, two]) => [one, two].map((value) => pairOf(n(value), all ?? '')),
  },
  {
    pattern: /(\d{1,2})(?:-?(?:го|й|ый))?\s?(?:г\.?\s?р\.?|год\p{L}* рожд\p{L}*)(?!\p{L})/gu,
    read: ([, value]) => [{ kind: 'short-year', value: n(value) }],
  },
  {
    pattern:
      /(?:скоро|почти|будет|исполнится|almost|nearly|soon)\s(\d{1,2})(?:\s?(?:лет|год\p{L}*))?(?:,?\s?(?:в|in)\s(\p{L}{3,}))?/gu,
    read: ([, value, word]) => [nearlyOf(n(value), word)],
  },
  {
    pattern:
      /(?:в|во|in)?\s?(?:grade (\d{1,2})|(\d{1,2})(?:-?(?:й|м|ом|ый))?\s?(?:класс\p{L}*|кл\.?))(?!\p{L})/gu,
    read: ([, en, ru]) => [{ kind: 'grade', value: n(en ?? ru) }],
  },
  {
    pattern: new RegExp(`${declined}\\s?-?${years}${dots}`, 'gu'),
    read: ([, value]) => [{ kind: 'age', value: n(value) }],
  },
  {
    pattern: /(?<![\p{L}\d])(?<!\d{4}\s)(?:годик|годовал\p{L}*|год)(?!\p{L})/gu,
    read: () => [{ kind: 'age', value: 1 }],
  },
  {
    // «Сыну 14, дочке 17»: whoever is in the dative has an age.
    pattern:
      /(?:сын(?:у|очку|ишке)|доч(?:ке|ери|еньке)|старше(?:му|й)|младше(?:му|й)|средне(?:му|й)|мал(?:ому|ышу|ышке|ой)|ребенку|мальчику|девочке|ему|ей|aged?)\s(\d{1,2})(?!\d)/gu,
    read: ([, value]) => [{ kind: 'age', value: n(value) }],
  },
  {
    pattern: /(?<![\d.\p{L}])(\d{1,2})(?![\d.]\d|[\d\p{L}])/gu,
    read: ([, value]) => [{ kind: 'number', value: n(value) }],
  },
]

const yearOfBirth = /г\.?\s?р|рожд/u
const fewYears = /(?<!1)[234] года$/u

/** «16 года» is no age: sixteen are «лет»; «3 года» may be. */
const pairOf = (value: number, said: string): ChildMention =>
  yearOfBirth.test(said) || !fewYears.test(said) ? { kind: 'short-year', value } : { kind: 'age', value }

const nearlyOf = (value: number, word = ''): ChildMention => {
  const month = monthOf(word)?.month
  return { kind: 'nearly', value, ...(month !== undefined && { month }) }
}

const collectives: readonly (readonly [RegExp, number])[] = [
  [/дво(?:е|их|им)/u, 2],
  [/тро(?:е|их|им)/u, 3],
  [/четвер(?:о|ых|ым)/u, 4],
  [/пятер(?:о|ых)/u, 5],
  [/шестер(?:о|ых)/u, 6],
  [/семер(?:о|ых)/u, 7],
]
const counted =
  /(?<!\d)(\d{1,2})\s(?:реб\p{L}*|дет(?:ей|и|ок)|детишек|мальчик\p{L}*|девоч\p{L}*|сын(?:а|овей)|доч(?:ери|ек|ки|ерей)|kids?|children|boys?|girls?|sons?|daughters?)(?!\p{L})/gu
const unborn = /беремен\p{L}*|(?<!\p{L})(?:жду|ждем|ожидаем|на сносях)(?!\p{L})|pregnant|expecting/u
const noChildren = /детей (?:пока )?нет|нет (?:пока )?детей|no (?:kids|children)|none/u
const twins = /двойн\p{L}*|близнец\p{L}*|обоим|twins|both/u
const triplets = /тройн\p{L}*|triplets/u

/** «Одному 3, другому 5», «первой семь»: which child it is, and no number. */
const whichChild =
  /(?<!\p{L})(?:один|одна|одному|одной|друг(?:ой|ому|ая)|перв(?:ый|ая|ому|ой)|втор(?:ой|ая|ому)|треть?(?:ий|ья|ьему|ьей)|one is|the other(?: is)?)\s*[-–—:,]?\s*(?=\d|дв[ае]|тр[ие]|четыр|пят|шест|сем|вос|дев|дес|один|полтор|год)/giu

/** “Two, 5 and 8”: how many, and then how old. */
const countFirst =
  /^(два|две|три|четыре|пять|шесть|two|three|four|five|six|[2-6](?=\s?:))\s*[,:;–—-]?\s+(?=\d|aged)/iu
/** One child, not one year. */
const alone =
  /(?<!\p{L})(?:один|одна|one)(?=[\s,:–—-]*(?:сын|доч|реб|мальч|девоч|child|kid|son|daughter|boy|girl|[.!]?$))/iu

/** What people say beside the numbers; any other word is looked at by the person again. */
const usual =
  /(?<!\p{L})(?:и|а|у|меня|нас|нет|пока|по|my|no|none|ages?|aged|есть|еще|уже|в|с|по|мне|мл|ст|old|and|the|i|have|we|is|are|born|in|one|г|года?|р|рожд\p{L}*|лет|род\p{L}*|сын\p{L}*|доч\p{L}*|дет\p{L}*|реб\p{L}*|старш\p{L}*|младш\p{L}*|средн\p{L}*|мальч\p{L}*|девоч\p{L}*|погодк\p{L}*|son|daughter|kids?|children)(?!\p{L})/gu

/** Finds every child that a text mentions, and how many it says there are. */
export const mentionsIn = (text: string): Mentions => {
  const [, first] = countFirst.exec(text.trim()) ?? []
  const single = alone.test(text)
  const typed = text.trim().replace(countFirst, ' ').replace(alone, ' ').replace(whichChild, ' ')
  let rest = plainText(typed).replace(/(?:^|\s)\d\)/gu, ' ')
  const expecting = unborn.test(rest)
  const none =
    noChildren.test(rest) || (expecting && !/\d|дво|тро|четвер/u.test(rest.replace(/\d+\s?нед\p{L}*/gu, '')))
  rest = rest.replace(/беремен\p{L}*(?:\s(?:на\s)?\d{1,2}\s?(?:нед|мес)\p{L}*\.?)?/gu, ' ')
  const collective = collectives.find(([word]) => word.test(rest))
  const said = counted.exec(rest)
  counted.lastIndex = 0
  const begun = first ? n(plainText(first)) : null
  const count = collective?.[1] ?? (said ? n(said[1]) : begun)
  rest = rest.replace(counted, ' ').replace(collective?.[0] ?? /$^/u, ' ')
  const together = twins.test(rest) ? 2 : triplets.test(rest) ? 3 : 1
  rest = rest.replace(twins, ' ').replace(triplets, ' ')
  const taken = take(rest)
  return {
    mentions: taken.mentions,
    count: count ?? (single && taken.mentions.length === 0 ? 1 : null),
    none,
    together,
    strange: expecting || /[\p{L}\d]/u.test(taken.rest.replace(usual, ' ')),
  }
}

/** Applies the rules in order, and puts what they found in the order of the text. */
const take = (text: string): { mentions: ChildMention[]; rest: string } => {
  const found: { at: number; mentions: ChildMention[] }[] = []
  let rest = text
  for (const { pattern, read } of rules)
    rest = rest.replace(pattern, (all: string, ...groups: unknown[]) => {
      const at = groups.findIndex((one) => typeof one === 'number')
      const texts = [all, ...groups.slice(0, at).map((one) => (one === undefined ? undefined : String(one)))]
      found.push({ at: Number(groups[at]), mentions: read(texts as string[]) })
      return ' '.repeat(all.length)
    })
  return { mentions: found.sort((a, b) => a.at - b.at).flatMap(({ mentions }) => mentions), rest }
}
