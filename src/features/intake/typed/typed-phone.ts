import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { plainText } from './plain-text.ts'

export type TypedPhone =
  /** E.164; `said`: something else was written beside the number, a name or a wish. */
  | { kind: 'ok'; phone: string; said: boolean }
  /** The likeliest first: two numbers, or one whose country or area code was not written. */
  | { kind: 'ask'; phones: string[]; said: boolean }
  /** «Тот же, что в Телеграме»: the button sends it. */
  | { kind: 'own' }
  /** «Только здесь», «не звоните»: no number is wanted. */
  | { kind: 'none' }
  /** As many digits are missing. */
  | { kind: 'short'; missing: number; said: boolean }
  | { kind: 'unreadable'; said: boolean }

/** What is dialled without a plus, from within a country, or as its own people write it; the first that fits. */
const elsewhere: readonly CountryCode[] = ['BY', 'UZ', 'KG', 'TJ', 'UA', 'KZ', 'AM', 'AZ', 'GE', 'MD', 'TM']

/** What stands beside a number and means nothing else. */
const usual =
  /(?<!\p{L})(?:мой|моя|номер|телефона?|тел|т|моб\p{L}*|сот\p{L}*|вот|это|и|или|мне|на|по|позвоните|звоните|my|number|phone|mobile|is|call|me|on|at|or|and)(?!\p{L})/gu
const sameAsHere =
  /тот же|этот же|(?:как|что) (?:в|и в|здесь|тут)|телег|telegram|same (?:as|number)|this (?:one|number)/u
const noPhone =
  /только (?:здесь|тут|сюда|в|по|телег|тг|пис|чат)|не (?:надо |нужно )?звон|(?:нет|без|не дам|не скажу) (?:номер|телефон)|only (?:here|in|write|text)|(?:don't|do not) call|no phone/u
const run = /\+?\d[\d\s().-]*\d/gu

/**
 * Parses a phone number as people write it: of any country if it is valid there, of Russia unless it says otherwise.
 * `areaCode`: of the place where the family lives, for a landline number without one.
 */
export const readPhone = (text: string, areaCode?: string): TypedPhone => {
  const plain = plainText(text).replace(/(?<!\p{L})(?:доб\p{L}*|ext\p{L}*|вн\p{L}*)\.?\s?\d{1,5}/gu, ' ')
  const said = plain !== plainText(text) || saysMore(plain)
  const runs = (plain.match(run) ?? []).flatMap(apart)
  const found = runs.flatMap((digits) => numbersOf(digits, areaCode))
  const phones = [...new Set(found.map(({ phone }) => phone))]
  const [first] = found
  if (phones.length === 1 && first?.sure) return { kind: 'ok', phone: first.phone, said }
  if (phones.length > 0) return { kind: 'ask', phones: phones.slice(0, 3), said }
  if (!/\d/.test(plain) && noPhone.test(plain)) return { kind: 'none' }
  if (runs.length === 0 && sameAsHere.test(plain)) return { kind: 'own' }
  const missing = runs.length === 1 ? missingIn(runs[0] ?? '') : 0
  return missing > 0 ? { kind: 'short', missing, said } : { kind: 'unreadable', said }
}

const saysMore = (plain: string): boolean => /\p{L}/u.test(plain.replace(run, ' ').replace(usual, ' '))

/** «8928… 8918…»: two numbers with a space between look like one. */
const apart = (digits: string): string[] => {
  const parts = digits.trim().split(/\s+(?=\+|8[\s(-]?\d{3})/)
  return parts.length > 1 && parts.every((part) => part.replace(/\D/g, '').length >= 10) ? parts : [digits]
}

type Found = { phone: string; sure: boolean }

/** What a row of digits may be, each country's number once; the likeliest first. */
const numbersOf = (written: string, areaCode: string | undefined): Found[] => {
  const digits = written.replace(/\D/g, '')
  const international = written.startsWith('+') ? digits : digits.startsWith('00') ? digits.slice(2) : null
  if (international !== null) return present([valid(`+${international}`, true)])
  const russian = valid(digits, true, 'RU')
  if (russian) return [russian]
  if (areaCode && digits.length + areaCode.length === 10)
    return present([valid(areaCode + digits, false, 'RU')])
  if (digits.length < 9) return []
  const foreign = digits.length >= 11 ? valid(`+${digits}`, false) : null
  // «80 29…» is dialled within Belarus, «050…» within Ukraine.
  const within = /^[08]/.test(digits) ? elsewhere.map((country) => valid(digits, false, country)) : []
  return foreign ? [foreign] : present(within)
}

const present = (found: readonly (Found | null)[]): Found[] => found.filter((one) => one !== null)

const valid = (digits: string, sure: boolean, country?: CountryCode): Found | null => {
  const phone = parsePhoneNumberFromString(digits, country)
  return phone?.isValid() ? { phone: phone.number, sure } : null
}

/** How many digits a Russian number lacks, where it lacks few: it was meant to be one. */
const missingIn = (written: string): number => {
  const digits = written.replace(/\D/g, '').replace(/^[78](?=9)/, '')
  return digits.startsWith('9') && digits.length >= 7 && digits.length < 10 ? 10 - digits.length : 0
}
