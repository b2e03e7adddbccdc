import { describe, expect, test } from 'vitest'
import { rowsOf } from '#test/support/rows.ts'
import { openWorld, useWorld } from '#test/support/world.ts'

const toBirthDate = [
  ['/start', 'home'],
  ['Попросить о помощи', 'question.applicant'],
  ['Мне меньше 18 лет', 'question.birthDate'],
] as const

describe('over ten begins the day after the tenth birthday, in the time zone of the region', () => {
  // Born on 24 November 2016: ten on the 24th, over ten from the 25th on. Midnight comes two hours earlier to Nyagan.
  test.each([
    { region: 'stavropol', at: '2026-11-24T20:59:00Z', clock: '23:59 of the birthday', shows: 'under-ten' },
    {
      region: 'stavropol',
      at: '2026-11-24T21:01:00Z',
      clock: '00:01 after it',
      shows: 'question.personalData',
    },
    { region: 'nyagan', at: '2026-11-24T18:59:00Z', clock: '23:59 of the birthday', shows: 'under-ten' },
    { region: 'nyagan', at: '2026-11-24T19:01:00Z', clock: '00:01 after it', shows: 'question.personalData' },
  ] as const)('$region, $clock: $shows', async ({ region, at, shows }) => {
    const world = await openWorld({ at, region })
    const child = world.person({ firstName: 'Миша' })
    await child.play([...toBirthDate, [{ words: '24.11.2016' }, shows]])
    expect(await rowsOf(world.database)).toEqual({})
  })
})

test('a nine-year-old is shown a kind message and the helpline, and nothing is stored', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const child = world.person({ firstName: 'Миша' })
  await child.play([...toBirthDate, [{ words: '5 мая 2017' }, 'under-ten'], ['Нет', 'too-young']])
  expect(child.text()).toMatch(/Хорошо, что ты пишешь/)
  expect(child.text()).toMatch(/8-800-2000-122/)
  expect(child.text()).toMatch(/взрослому, которому веришь/)
  expect(await rowsOf(world.database)).toEqual({})
  await child.play([['/menu', 'home']])
  expect(child.buttons(child.card()).map(({ text }) => text)).not.toContain('Продолжить')
})

test('correcting the date to one under ten deletes everything stored', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const child = world.person({ firstName: 'Миша' })
  await child.play([
    ...toBirthDate,
    [{ words: '05.05.2014' }, 'question.personalData'],
    ['Да, разрешаю', 'question.ownWords'],
  ])
  expect(await rowsOf(world.database)).toMatchObject({ persons: 1, drafts: 1, consents: 1 })
  await child.play([
    ['‹ Назад', 'question.personalData'],
    ['‹ Назад', 'question.birthDate'],
    [{ words: '05.05.2017' }, /Дата верная/],
    ['Да, верная', 'under-ten'],
    ['Нет', 'too-young'],
  ])
  expect(await rowsOf(world.database)).toEqual({ processed_updates: 2 })
})

test('a person over eighteen is asked as an adult', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const adult = world.person({ firstName: 'Пётр' })
  await adult.play([
    ...toBirthDate,
    // Eighteen today.
    [{ words: '24.11.2008' }, 'question.applicant'],
  ])
  expect(adult.text()).toMatch(/С 18 лет обращаются как взрослые/)
  await adult.play([['Родитель', 'question.personalData']])
  expect(adult.buttons(adult.card()).map(({ text }) => text)).toContain('Даю согласие')
})

test('the day before the eighteenth birthday a person is still a minor', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  await world.person().play([...toBirthDate, [{ words: '25.11.2008' }, 'question.personalData']])
})

describe('an impossible date is refused with an example', () => {
  const shared = useWorld({ at: '2026-11-24T09:00:00Z' })
  test.each([
    ['25.11.2026', /ещё не наступила/],
    ['12.03.2096', /ещё не наступила/],
    ['31.02.2014', /Такой даты нет/],
    ['00.13.2014', /Такой даты нет/],
    ['12.03.1850', /слишком давняя/],
    ['мне 14', /Понятно. Напиши ещё день и месяц/],
    ['12 мартобря 2014', /прочитать не получилось/],
  ])('%s', async (words, said) => {
    const world = await shared()
    const child = world.person({ firstName: 'Миша' })
    await child.play([...toBirthDate, [{ words }, said]])
    child.sees('question.birthDate')
    expect(child.text()).toMatch(/12\.03\.2012/)
    await child.play([[{ words: '12.03.2012' }, 'question.personalData']])
    expect(await rowsOf(world.database)).toEqual({})
  })
})
