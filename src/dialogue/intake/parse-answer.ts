import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { yearIn } from '#core/dates.ts'
import { countCharacters } from '#core/words.ts'
import type { Turn } from '#dialogue/screen.ts'
import { ageOn, isOverTen, parseBirthDate } from '#features/intake/age.ts'
import { type Answers, longestStory, type QuestionId } from '#features/intake/answers.ts'

/** The result of parsing typed text: answers, or the reason for refusal (a key of `question.problems`). */
export type Taken = { answers: Answers } | { problem: string } | { age: 'too-young' | 'adult' }

/** Parses typed text where the question expects it; null where it expects a button. */
export const takeWords = (turn: Turn, id: QuestionId, text: string): Taken | null => {
  switch (id) {
    case 'birthDate':
      return takeBirthDate(turn, text)
    case 'territoryWords':
      return takeShort(turn, id, text, 200)
    case 'whichFamily':
      return takeShort(turn, id, text, 500)
    case 'name':
      return takeShort(turn, id, text, 100)
    case 'children':
      return takeYears(turn, text)
    case 'ownWords':
      return countCharacters(text) > longestStory
        ? { problem: 'story-too-long' }
        : { answers: { ...turn.answers, ownWords: text } }
    case 'phone':
      return takePhone(turn, text)
    default:
      return null
  }
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

const takeBirthDate = (turn: Turn, text: string): Taken => {
  const { timeZone } = turn.deps.region
  const parsed = parseBirthDate(text, turn.now, timeZone)
  if (parsed.kind !== 'ok') return { problem: `date-${parsed.kind}` }
  if (ageOn(parsed.date, turn.now, timeZone) >= 18) return { age: 'adult' }
  if (!isOverTen(parsed.date, turn.now, timeZone)) return { age: 'too-young' }
  return { answers: { ...turn.answers, birthDate: parsed.date.toString() } }
}

/** «2014, 2018»: a year a child; a family's children are minors, twenty-three at most while they study. */
const takeYears = (turn: Turn, text: string): Taken => {
  const thisYear = yearIn(turn.now, turn.deps.region.timeZone)
  const words = text
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^(и|and|г|года?)$/iu.test(word))
  const years = words.map(Number)
  if (words.length === 0 || words.some((word) => !/^\d{4}$/.test(word)))
    return { problem: 'years-unreadable' }
  if (years.some((year) => year > thisYear || year < thisYear - 23)) return { problem: 'years-out-of-range' }
  return years.length > 20 ? { problem: 'years-too-many' } : { answers: { ...turn.answers, children: years } }
}

const takePhone = (turn: Turn, text: string): Taken => {
  const phone = parsePhoneNumberFromString(text, 'RU')
  if (!phone?.isValid()) return { problem: 'phone-unreadable' }
  return phone.countryCallingCode === '7'
    ? { answers: { ...turn.answers, phone: phone.number } }
    : { problem: 'phone-foreign' }
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
