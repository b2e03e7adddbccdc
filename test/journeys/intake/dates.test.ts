import { describe, expect, test } from 'vitest'
import { minorAnswers, minorSubmits, submitAsParent, upTo } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

describe('a deadline after the New Year holidays', () => {
  test('follows the production calendar, and includes the year', async () => {
    // Monday: 29 and 30 December, then 11, 12 and 13 January are working days.
    const world = await openWorld({ at: '2026-12-28T09:00:00Z' })
    const anna = await world.staff('Анна', ['leninsky'])
    const olga = world.person()
    await submitAsParent(olga)
    expect(olga.text()).toMatch(/от 28 декабря\n/)
    expect(olga.text()).toMatch(/до среды, 13 января 2027/)
    expect(olga.text()).not.toMatch(/\.\./)
    expect(await world.database.prisma.request.findFirst()).toMatchObject({
      dueAt: new Date('2027-01-13T20:59:59.999Z'),
    })
    await expect.poll(() => anna.text()).toMatch(/Решение комиссии: до среды, 13 января 2027/)
    // In January the same day needs no year.
    world.clock.set('2027-01-04T09:00:00Z')
    await olga.play([['/status', /до среды, 13 января,/]])
    expect(olga.text()).toMatch(/от 28 декабря 2026/)
  })

  test('of a draft includes the year, too', async () => {
    const world = await openWorld({ at: '2026-12-28T09:00:00Z' })
    const olga = world.person()
    await olga.play([...upTo(minorAnswers('Да, можно'), 'question.ownWords'), ['/menu', 'home']])
    expect(olga.text()).toMatch(/до 27 января 2027/)
    expect(olga.text()).not.toMatch(/\.\./)
  })
})

describe('the year in a request number is that of the time zone of the family', () => {
  test.each([
    { region: 'stavropol', place: 'Ставрополь, Ленинский район', number: '2026-000001' },
    { region: 'nyagan', place: 'Нягань', number: '2027-000001' },
  ] as const)('$region at 22:30 of 31 December in Moscow: $number', async ({ region, place, number }) => {
    const world = await openWorld({ at: '2026-12-31T19:30:00Z', region })
    const dasha = world.person()
    await dasha.play([...minorAnswers('Да, можно', { place }), ...minorSubmits])
    expect(dasha.text()).toContain(number)
    // The first five working days of 2027 in both.
    expect(dasha.text()).toMatch(/до пятницы, 15 января/)
  })
})
