import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readChildren } from '#features/intake/typed/typed-children.ts'
import { readBirthDate } from '#features/intake/typed/typed-date.ts'
import { readPhone } from '#features/intake/typed/typed-phone.ts'
import { readPlace } from '#features/intake/typed/typed-place.ts'
import { readTimes } from '#features/intake/typed/typed-times.ts'
import { region } from '#regions/index.ts'

type Row = { n: number; typed: string; meaning: string; understood: string }
const rows = JSON.parse(readFileSync(new URL('./typing.json', import.meta.url), 'utf8')) as Row[]

/** Sunday. */
const now = new Date('2026-11-29T09:00:00Z')
const timeZone = 'Europe/Moscow'

const more = (said: boolean) => (said ? ' +words' : '')

const children = (typed: string): string => {
  const read = readChildren(typed, { now, timeZone })
  if (read.kind === 'ok') return read.years.join(', ')
  if (read.kind !== 'ask') return read.kind + more(read.said)
  const readings = read.readings.map(({ years, ages }) =>
    [years.join(', ') || 'none', ages?.join(', ')].filter(Boolean).join(' · '),
  )
  return `ask ${readings.join(' | ')}`
}

const birthDate = (typed: string): string => {
  const read = readBirthDate(typed, { now, timeZone })
  if (read.kind === 'ok') return read.date.toString()
  if (read.kind === 'ask') return `ask ${read.dates.join(' | ')}`
  if (read.kind !== 'part') return read.kind
  const { year, month, day, age } = read.parts
  const parts = Object.entries({ age, year, month, day }).filter(([, value]) => value !== undefined)
  return `part ${parts.map(([name, value]) => `${name} ${value}`).join(' ')}`
}

const phone = (typed: string): string => {
  const read = readPhone(typed, '8652')
  if (read.kind === 'ok') return read.phone + more(read.said)
  if (read.kind === 'ask') return `ask ${read.phones.join(' | ')}`
  return read.kind + ('said' in read ? more(read.said) : '')
}

const clock = (minutes: number | null) =>
  minutes === null ? '' : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

const times = (typed: string): string => {
  const { weekdays, inDays, dayOfMonth, spans, any, unclear, said } = readTimes(typed)
  const parts = [
    weekdays && `weekdays ${weekdays.join(' ')}`,
    inDays !== null && `in ${inDays} day${inDays === 1 ? '' : 's'}`,
    dayOfMonth !== null && `on the ${dayOfMonth}`,
    ...spans.map(({ from, until }) => `${clock(from)}–${clock(until)}`),
    any && 'any',
    unclear && 'unclear',
  ]
  return parts.filter(Boolean).join(', ') + more(said)
}

const placeIn = (typed: string, code: 'stavropol' | 'nyagan'): string => {
  const place = readPlace(typed, region(code))
  return place?.kind === 'ask' ? `ask ${place.territories.join(' | ')}` : (place?.kind ?? 'story')
}

const place = (typed: string): string => {
  const [here, there] = [placeIn(typed, 'stavropol'), placeIn(typed, 'nyagan')]
  return there.startsWith('ask') ? `${here} (nyagan: ${there})` : here
}

const understood = ({ n, typed }: Row): string =>
  n <= 22
    ? children(typed)
    : n <= 39
      ? birthDate(typed)
      : n <= 60
        ? phone(typed)
        : n <= 73
          ? times(typed)
          : place(typed)

describe('85 ways to type an answer', () => {
  it('holds them all', () => {
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 85 }, (_, at) => at + 1))
  })

  it.each(rows)('$n. «$typed»: $meaning', (row) => {
    expect(understood(row)).toBe(row.understood)
  })
})
