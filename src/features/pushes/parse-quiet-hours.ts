import { noQuietHours, type QuietHours } from './quiet-hours.ts'

const none = /^(?:нет|не надо|без тихих часов|без|никаких|никогда|no|none|never)[.!]*$/iu
/** Two times, with optional minutes and the words people write around them. */
const fromTo =
  /^(?:с|со|from|after)?\s*(\d{1,2})(?:[:.]?(\d{2}))?(?:\s*(?:ч|час|часов|часа|h)\.?)?\s*(?:-|–|—|до|по|to|till|until)\s*(\d{1,2})(?:[:.]?(\d{2}))?(?:\s*(?:ч|час|часов|часа|h)\.?)?[.!]*$/iu

/**
 * Parses «с 22 до 7», «22:30–7:15» or «нет». Returns `unclear` for unreadable text, `same` if both times are
 * equal.
 */
export const parseQuietHours = (text: string): QuietHours | 'unclear' | 'same' => {
  const words = text.trim().replace(/\s+/gu, ' ')
  if (none.test(words)) return noQuietHours
  const [, ...parts] = fromTo.exec(words) ?? []
  const [from, until] = [timeOf(parts[0], parts[1]), timeOf(parts[2], parts[3])]
  if (from === null || until === null) return 'unclear'
  return from === until ? 'same' : { from, until }
}

/** «7» and «15» → «07:15»; midnight may be written as 24. */
const timeOf = (hours: string | undefined, minutes = '00'): string | null => {
  if (hours === undefined || Number(minutes) > 59) return null
  const midnight = Number(hours) === 24 && Number(minutes) === 0
  if (Number(hours) > 23 && !midnight) return null
  return `${midnight ? '00' : hours.padStart(2, '0')}:${minutes}`
}
