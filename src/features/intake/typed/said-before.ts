import { spokenPlainly } from '#features/words/spoken-plainly.ts'
import type { Region } from '#regions/schema.ts'
import type { QuestionId } from '../answers.ts'
import type { Reading } from './reading.ts'
import { readChildren } from './typed-children.ts'
import { readPhone } from './typed-phone.ts'
import { readPlace } from './typed-place.ts'

type Context = { region: Region; now: Date }

/** What is shown back of a story is one thing, or a choice of few: a list to be read is no help. */
const mostReadings = 3

/**
 * How an answer is understood that stands in what was told before the question: shown back for correction instead of asked
 * anew. Null where nothing was said of it. A story is full of places and numbers that answer nothing, so less is taken
 * than of an answer: what is said beside «живём в», beside a child, beside «меня зовут», and numbers that are phones.
 */
export const saidBefore = (id: QuestionId, story: string, context: Context): Reading[] | null => {
  const found = readers[id]?.(story, context) ?? []
  return found.length > 0 && found.length <= mostReadings ? found : null
}

const readers: Partial<Record<QuestionId, (story: string, context: Context) => Reading[]>> = {
  territory: (story, { region }) => {
    const place = readPlace(story, region)
    return place?.kind === 'ask' ? place.territories.map((territory) => ({ territory })) : []
  },
  phone: (story) => {
    const read = readPhone(story)
    return read.kind === 'ok' ? [{ phone: read.phone }] : []
  },
  children: (story, { region: { timeZone }, now }) => {
    const said = sentencesIn(story).filter((one) => child.test(one) && aged.test(one))
    if (said.length !== 1) return []
    const read = readChildren(withoutOthers(said[0] ?? ''), { now, timeZone })
    if (read.kind === 'ok') return [{ children: read.years }]
    if (read.kind !== 'ask') return []
    return read.readings
      .filter(({ years }) => years.length > 0)
      .map(({ years, ages }) => ({ children: years, ...(ages && { ages }) }))
  },
  name: (story) => {
    const name = named.exec(story)?.[1]
    return name === undefined ? [] : [{ name }]
  },
}

const sentencesIn = (story: string): string[] => spokenPlainly(story).split(/[.!?\n]+/u)

const child =
  /(?<!\p{L})(?:сын\p{L}*|доч\p{L}*|дет(?:и|ей|ям|ьми)|реб[её]н\p{L}+|двое|трое|четверо|малыш\p{L}*|мальчик\p{L}*|девочк\p{L}*|son|daughter|kids?|child|children|baby)(?!\p{L})/u
const aged =
  /\d|(?<!\p{L})(?:год|года|лет|годик\p{L}*|месяц\p{L}*|полгода|полтора|двойня|два|три|четыре|пять|шесть|семь|восемь|девять|десять|\p{L}+надцать)(?!\p{L})/u
/** Ages of grown-ups, how long and how often, money, addresses: no child is as old. */
const others =
  /(?<!\p{L})(?:(?:мне|муж(?:у|а)?|жене|маме|папе|бабушке|отчиму|ему уже|вместе|живем|развел\p{L}+|уже) (?:уже )?\d{1,3}(?: (?:лет|год\p{L}*))?|(?:i am|i'm|husband is) \d{2}|\d+ (?:дн\p{L}+|день|сут\p{L}+|недел\p{L}+|раз\p{L}*|час\p{L}*|минут\p{L}*|руб\p{L}*|тысяч\p{L}*|кв\p{L}*|назад|days?|weeks?|hours?|times?)|(?:лет|год\p{L}*|месяц\p{L}*) назад)(?!\p{L})/gu
const withoutOthers = (sentence: string): string => sentence.replace(others, ' ')

const named =
  /(?<!\p{L})(?:меня зовут|моё имя|мое имя|зовут меня|my name is|i am called)[\s:,–—-]+(\p{L}{2,20}(?:-\p{L}+)?)(?!\p{L})/iu
