import { formatDay, formatDayOn } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, pager } from '#dialogue/card-builder.ts'
import type { Button } from '../view.ts'

/** A calendar day has no time zone and is formatted as it is. */
const moment = (day: string, now: Date) => ({ instant: new Date(`${day}T12:00:00Z`), timeZone: 'UTC', now })

/** «3 декабря», of an ISO date. */
export const plainDay = (say: Say, day: string, now: Date): string => formatDay(say, moment(day, now))

/** «в среду, 3 декабря», and «в 15:00» where the hour is known. */
export const dayAndTime = (say: Say, day: string, time: string | undefined, now: Date): string => {
  const spoken = formatDayOn(say, moment(day, now))
  return time === undefined ? spoken : say.label('plan.dayAndTime', { day: spoken, time })
}

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Truncates a text for a button, between words and never inside a character. */
export const brief = (text: string, most = 24): string => {
  const letters = [...text]
  if (letters.length <= most) return text
  const cut = letters.slice(0, most - 1).join('')
  // A single long word is cut inside.
  const words = /\s/u.test(letters[most - 1] ?? '') ? cut : cut.replace(/\s+\S*$/u, '')
  return `${(words.length * 2 > most ? words : cut).replace(/[\s,.;:–-]+$/u, '')}…`
}

const barLength = 10

/** A progress bar; partial progress is never rounded to empty or full. */
export const progressBar = (done: number, total: number): string => {
  const share = total === 0 ? 0 : done / total
  const inner = Math.min(Math.max(Math.round(share * barLength), 1), barLength - 1)
  const full = share === 0 ? 0 : share === 1 ? barLength : inner
  return '▰'.repeat(full) + '▱'.repeat(barLength - full)
}

const pageSize = 6

/** The items of a page (from 0) and its pager. */
export const pageIn = <T>(
  { say, button }: CardBuilder,
  items: readonly T[],
  page: number,
  size: number = pageSize,
): { shown: T[]; turns: Button[][] } => {
  const last = Math.max(Math.ceil(items.length / size) - 1, 0)
  const at = Math.min(page, last)
  const turns = pager({ say, button }, { back: at > 0 ? at - 1 : null, on: at < last ? at + 1 : null })
  return { shown: items.slice(at * size, (at + 1) * size), turns: turns.length > 0 ? [turns] : [] }
}
