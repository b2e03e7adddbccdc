import { sandboxNow } from './clock.js'
import { currentLanguage, t } from './words.js'

/** @param {number} seconds since 1970 */
export function clockTime(seconds) {
  return new Intl.DateTimeFormat(currentLanguage(), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(seconds * 1000)
}

/** With seconds: retries may arrive twice in a minute. @param {number} seconds since 1970 */
export function exactTime(seconds) {
  return new Intl.DateTimeFormat(currentLanguage(), { timeStyle: 'medium', hourCycle: 'h23' }).format(
    seconds * 1000,
  )
}

/** @param {number} seconds since 1970 */
export function isoTime(seconds) {
  return new Date(seconds * 1000).toISOString()
}

/**
 * A key per local day, to detect the start of a new one.
 * @param {number} seconds since 1970
 */
export function dayKey(seconds) {
  return new Date(seconds * 1000).toDateString()
}

/** @param {number} seconds since 1970 */
export function dayName(seconds) {
  const date = new Date(seconds * 1000)
  const today = new Date(sandboxNow())
  if (date.toDateString() === today.toDateString()) return t('chat.today')
  /** @type {Intl.DateTimeFormatOptions} */
  const shape = { day: 'numeric', month: 'long' }
  if (date.getFullYear() !== today.getFullYear()) shape.year = 'numeric'
  return new Intl.DateTimeFormat(currentLanguage(), shape).format(date)
}

/** @param {number} bytes */
export function fileSize(bytes) {
  const number = (/** @type {number} */ value) =>
    new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1 }).format(value)
  if (bytes < 1024) return t('file.bytes', { size: number(bytes) })
  if (bytes < 1024 * 1024) return t('file.kilobytes', { size: number(bytes / 1024) })
  return t('file.megabytes', { size: number(bytes / 1024 / 1024) })
}

/** @param {number} seconds length of a voice message */
export function duration(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`
}

/**
 * Formats a Russian number with non-breaking separators; other numbers stay as they are.
 * @param {string} phone
 */
export function phoneNumber(phone) {
  const digits = phone.replaceAll(/\D/g, '')
  const parts = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits)
  return parts ? `+7\u00a0${parts[1]}\u00a0${parts[2]}\u2011${parts[3]}\u2011${parts[4]}` : phone
}
