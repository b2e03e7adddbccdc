import { readFile } from 'node:fs/promises'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { occurrences } from '#features/plan/recurrence.ts'
import { demoPlan, demoVisits } from '#sandbox/demo-family.ts'
import { demoOrganisation } from '#sandbox/demo-texts.ts'

const timeZone = 'Europe/Moscow'

/** Day and hour of everything that the demo family is to be at, from `today` on. */
const hours = (today: Temporal.PlainDate): string[] => {
  const planned = demoPlan(today).activities.flatMap(({ when }) =>
    when.kind === 'span'
      ? []
      : occurrences(when, today, today.add({ days: 30 })).map((day) => `${day} ${when.at?.slice(0, 2)}`),
  )
  const visits = demoVisits(today, timeZone, 'curator').map(({ startsAt }) => {
    const start = Temporal.Instant.fromEpochMilliseconds(startsAt.getTime()).toZonedDateTimeISO(timeZone)
    return `${start.toPlainDate()} ${String(start.hour).padStart(2, '0')}`
  })
  return [...planned, ...visits]
}

test('on no day of a year do two meetings of the demo family fall on one hour', () => {
  const first = Temporal.PlainDate.from('2026-11-24')
  for (let n = 0; n < 366; n += 1) {
    const today = first.add({ days: n })
    const met = hours(today)
    expect(met.length).toBeGreaterThan(8)
    expect(
      met.filter((hour, at) => met.indexOf(hour) !== at),
      `started on ${today}`,
    ).toEqual([])
  }
})

test('the demo centre has a phone of its own, which is no helpline', async () => {
  const crisis = await readFile(new URL('../../locales/ru/crisis.json', import.meta.url), 'utf8')
  expect(demoOrganisation.contact).toMatch(/^8-\d{4}-\d\d-\d\d-\d\d$/)
  expect(crisis).not.toContain(demoOrganisation.contact)
})
