import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { countCharacters } from '#core/words.ts'
import type { Turn } from '#dialogue/screen.ts'
import { ageOn, isOverTen } from '#features/intake/age.ts'
import { type Answers, longestStory, type QuestionId } from '#features/intake/answers.ts'
import type { DateParts, Reading } from '#features/intake/typed/reading.ts'
import { readChildren } from '#features/intake/typed/typed-children.ts'
import { readBirthDate } from '#features/intake/typed/typed-date.ts'
import { readName } from '#features/intake/typed/typed-name.ts'
import { readPhone } from '#features/intake/typed/typed-phone.ts'
import { readPlace } from '#features/intake/typed/typed-place.ts'
import { readDanger, readMayWrite } from '#features/intake/typed/typed-yes-or-no.ts'
import { hoursOf, readTimes } from '#features/intake/typed/typed-times.ts'
import { withStory } from '#features/intake/with-story.ts'

/** What typed text was taken for. `story`: the answers with the words that say more than the answer. */
export type Taken = { story?: Answers } & (
  | { answers: Answers }
  /** Why it was not taken: a key of `question.problems`; `known` of a date is completed by the next words. */
  | { problem: string; known?: DateParts }
  /** To be confirmed by the person, the likeliest first. */
  | { readings: Reading[] }
  | { age: 'too-young' | 'adult' }
)

const longestPlace = 200
const mostReadings = 5

/** Parses typed text where the question expects it; null where it expects a button. */
export const takeWords = (turn: Turn, id: QuestionId, text: string, known?: DateParts): Taken | null => {
  switch (id) {
    case 'birthDate':
      return takeBirthDate(turn, text, known)
    case 'territory':
      return takeTerritory(turn, text)
    case 'territoryWords':
      return takeShort(turn, id, text, longestPlace)
    case 'danger':
      return takeOption(turn, { danger: readDanger(text) ?? undefined })
    case 'safeToWrite':
      return takeMayWrite(turn, text)
    case 'whichFamily':
      return takeShort(turn, id, text, 500)
    case 'name':
      // «8-928…» is no name: it answers another question, and is kept for people.
      if (/\p{N}/u.test(text) && !/\p{L}/u.test(text)) return null
      return takeShort(turn, id, readName(text) ?? turn.say.label('question.name.none'), 100)
    case 'children':
      return takeChildren(turn, text)
    case 'ownWords':
      return countCharacters(text) > longestStory
        ? { problem: 'story-too-long' }
        : { answers: { ...turn.answers, ownWords: text } }
    case 'phone':
      return takePhone(turn, text)
    case 'hours':
      return takeHours(turn, text)
    default:
      return null
  }
}

/** A word that is an option of the question: «да, сейчас» must not wait in a story that nobody reads yet. */
const takeOption = ({ answers }: Turn, said: Pick<Answers, 'danger'>): Taken | null =>
  said.danger ? { answers: { ...answers, ...said } } : null

const takeMayWrite = (turn: Turn, text: string): Taken | null => {
  const said = readMayWrite(text)
  if (!said) return null
  const { answers, ...rest } = besides(turn, text, said.more)
  return { ...rest, answers: { ...answers, safeToWrite: said.answer } }
}

/** The answers with these words in the story: what was said besides the answer is read by people. */
const besides = ({ answers }: Turn, text: string, said: boolean): { answers: Answers; story?: Answers } => {
  const story = said ? withStory(answers, { text, file: null }) : null
  return story ? { answers: story, story } : { answers }
}

const takeShort = (
  turn: Turn,
  id: 'territoryWords' | 'whichFamily' | 'name',
  text: string,
  most: number,
): Taken => {
  const words = text.replace(/\s+/gu, ' ').trim()
  if (countCharacters(words) > most) return { problem: `${id}-too-long` }
  return /[\p{L}\p{N}]/u.test(words)
    ? { answers: { ...turn.answers, [id]: words } }
    : { problem: `${id}-empty` }
}

const takeTerritory = (turn: Turn, text: string): Taken | null => {
  const place = readPlace(text, turn.deps.region)
  if (place?.kind === 'ask')
    return { readings: place.territories.slice(0, mostReadings).map((territory) => ({ territory })) }
  const words = text.replace(/\s+/gu, ' ').trim()
  return place && countCharacters(words) <= longestPlace
    ? { readings: [{ territory: 'other', territoryWords: words }] }
    : null
}

/** A place on the map, in words with a link. */
export const takeMap = (turn: Turn, words: string): Taken =>
  takeShort(turn, 'territoryWords', words.slice(0, longestPlace), longestPlace)

/** The place on the map that the story holds already, as the answer to where. */
export const mapIn = ({ ownWords, territoryWords }: Answers): Pick<Answers, 'territoryWords'> => {
  const link = territoryWords ? null : /https:\/\/yandex\.ru\/maps\/\S+/.exec(ownWords ?? '')
  return link ? { territoryWords: link[0] } : {}
}

const takeBirthDate = (turn: Turn, text: string, known: DateParts = {}): Taken => {
  const { now, deps, say } = turn
  const { timeZone } = deps.region
  const read = readBirthDate(text, { now, timeZone, language: say.language, known })
  if (read.kind === 'ok') return takeDate(turn, read.date.toString())
  if (read.kind === 'ask') return { readings: read.dates.map((date) => ({ birthDate: date.toString() })) }
  if (read.kind !== 'part') return { problem: `date-${read.kind}` }
  const { age, day, month } = read.parts
  if (age !== undefined && (age < 10 || age >= 18)) return { readings: [{ age }] }
  const missing = month === undefined ? 'day-and-month' : day === undefined ? 'day' : 'year'
  return { problem: `date-lacks-${missing}`, known: read.parts }
}

const takeDate = ({ answers, now, deps }: Turn, birthDate: string): Taken => {
  const { timeZone } = deps.region
  if (ageOn(birthDate, now, timeZone) >= 18) return { age: 'adult' }
  return isOverTen(birthDate, now, timeZone) ? { answers: { ...answers, birthDate } } : { age: 'too-young' }
}

/** A reading that the person has confirmed. */
export const takeReading = (turn: Turn, { ages: _, age, ...answer }: Reading): Taken => {
  if (age !== undefined) return { age: age < 10 ? 'too-young' : 'adult' }
  return answer.birthDate ? takeDate(turn, answer.birthDate) : { answers: { ...turn.answers, ...answer } }
}

const takeChildren = (turn: Turn, text: string): Taken => {
  const read = readChildren(text, { now: turn.now, timeZone: turn.deps.region.timeZone })
  const { answers, ...kept } = besides(turn, text, read.said && read.kind !== 'unreadable')
  if (read.kind === 'ok') return { ...kept, answers: { ...answers, children: read.years } }
  if (read.kind !== 'ask') return { ...kept, problem: `years-${read.kind}` }
  return {
    ...kept,
    readings: read.readings.map(({ years, ages }) => ({ children: years, ...(ages && { ages }) })),
  }
}

const takePhone = (turn: Turn, text: string): Taken => {
  const { territories } = turn.deps.region
  const { areaCode } = territories.find(({ code }) => code === turn.answers.territory) ?? {}
  const read = readPhone(text, areaCode)
  if (read.kind === 'own') return { problem: 'phone-own' }
  if (read.kind === 'none') return { answers: { ...turn.answers, phone: 'telegram-only' } }
  // «Позвоните мне» with no number says nothing besides; «8912…, мне не звоните» does.
  const { answers, ...kept } = besides(turn, text, read.said && /\d/.test(text))
  if (read.kind === 'ok') return { ...kept, answers: { ...answers, phone: read.phone } }
  if (read.kind === 'ask') return { ...kept, readings: read.phones.map((phone) => ({ phone })) }
  return { ...kept, problem: read.kind === 'short' ? 'phone-short' : 'phone-unreadable' }
}

/** Only what is said of hours and nothing else is an answer: «папа дома до 8» is no time to call. */
const takeHours = (turn: Turn, text: string): Taken | null => {
  const times = readTimes(text)
  const ticked = times.said || times.unclear ? [] : hoursOf(times)
  if (ticked.length === 0) return null
  const { weekdays, inDays, dayOfMonth } = times
  const { answers, ...kept } = besides(
    turn,
    text,
    [weekdays, inDays, dayOfMonth].some((one) => one !== null),
  )
  return { ...kept, answers: { ...answers, hours: ticked } }
}

/** The number of the person's own contact: Telegram has verified it, so any country's is taken. */
export const takeContact = (turn: Turn, contact: { phone: string; own: boolean }): Taken => {
  if (!contact.own) return { problem: 'contact-not-own' }
  const phone = parsePhoneNumberFromString(
    contact.phone.startsWith('+') ? contact.phone : `+${contact.phone}`,
  )
  return phone?.isPossible()
    ? { answers: { ...turn.answers, phone: phone.number } }
    : { problem: 'phone-unreadable' }
}
