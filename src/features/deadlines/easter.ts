import { Temporal } from 'temporal-polyfill'

/** Orthodox Easter by the Julian rule of Meeus, in the Gregorian calendar; for the years 1900 to 2099. */
export const easter = (year: number): Temporal.PlainDate => {
  const golden = (19 * (year % 19) + 15) % 30
  const weekday = (2 * (year % 4) + 4 * (year % 7) - golden + 34) % 7
  const days = golden + weekday + 114
  // The two calendars are thirteen days apart in these centuries.
  return Temporal.PlainDate.from({ year, month: Math.floor(days / 31), day: (days % 31) + 1 }).add({
    days: 13,
  })
}

/** Радоница: the Tuesday of the second week after Easter. */
export const radonitsa = (year: number): Temporal.PlainDate => easter(year).add({ days: 9 })
