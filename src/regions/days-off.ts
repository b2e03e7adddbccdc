/** Days by which one year of a region differs from Russia's production calendar, `MM-DD`, and the act that says so. */
type YearOfRegion = { off: readonly string[]; working?: readonly string[]; act: string }

/** Days off of a region beside the federal ones. */
export type DaysOff = {
  /** Off in every year, `MM-DD`. */
  everyYear: readonly { day: string; since: number; act: string }[]
  /** Off on the ninth day after Easter: Радоница. */
  radonitsa: { since: number; act: string } | null
  byYear: Readonly<Record<number, YearOfRegion>>
  /** An act of each year sets further days, within that year: a year without one is reported. */
  actEachYear: boolean
}

/** What is needed to count days in a region. */
export type Calendar = { timeZone: string; daysOff: DaysOff }

/** Russia's production calendar alone. */
export const federalDaysOff: DaysOff = { everyYear: [], radonitsa: null, byYear: {}, actEachYear: false }

/** 125-ФЗ, ст. 4, п. 7: a region may declare religious days non-working; a centre is closed then, and terms do not run. */
export const daysOff = {
  stavropol: {
    ...federalDaysOff,
    radonitsa: { since: 2016, act: 'Закон Ставропольского края от 23.06.2016 № 60-кз' },
    byYear: {
      2025: {
        off: ['04-30'],
        working: ['04-26'],
        act: 'Распоряжение Губернатора Ставропольского края, 2025',
      },
    },
  },
  crimea: {
    ...federalDaysOff,
    everyYear: [{ day: '03-18', since: 2015, act: 'Закон Республики Крым от 03.03.2015 № 80-ЗРК/2015' }],
    byYear: {
      2024: { off: ['04-12', '05-06', '06-17', '06-24'], act: 'Указ Главы Республики Крым, январь 2024' },
      2025: { off: ['03-31', '04-21', '06-06', '06-09'], act: 'Указ Главы Республики Крым, январь 2025' },
      2026: { off: ['03-20', '04-13', '05-29', '06-01'], act: 'Указ Главы Республики Крым, январь 2026' },
    },
    actEachYear: true,
  },
  chelyabinsk: federalDaysOff,
  nyagan: federalDaysOff,
  novgorod: federalDaysOff,
} as const satisfies Record<string, DaysOff>
