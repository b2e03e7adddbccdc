import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { tapsOf } from '#test/support/taps.ts'

test('a wrong day is corrected by a further row, what did not happen is taken back, and a term is explained in words', async () => {
  const { world, key, path, curator, supervisor, familyId } = await openWithFamily()
  const { prisma } = world.database
  world.clock.set('2026-12-02T07:00:00Z')
  const began = await key.post(`${path}/events`, { kind: 'ipss-began', on: '2026-12-01' })
  expect(began.status).toBe(201)
  const dueOn = async () => {
    const { terms } = (await key.get(`${path}/case`)).body as { terms: { code: string; dueOn: string }[] }
    return terms.find(({ code }) => code === 'interim-diagnosis')?.dueOn
  }
  expect(await dueOn()).toBe('2027-03-01')
  await curator.byHand(`-.f-event.${familyId}`)
  await curator.play([
    ['Что записано', /Семья № 1: что записано[\s\S]*помощь по плану началась, 1 декабря/],
    [(chat) => chat.tap(numberOf(chat.text(), 'помощь по плану началась')), /Какой день правильный\?/],
    [{ words: 'давно' }, /Не получилось понять дату/],
    [{ words: '3.12' }, /Этот день ещё не наступил/],
    [{ words: `26.11 ${'я'.repeat(500)}` }, /Столько не поместится/],
    [
      { words: '26.11, перепутали <день>' },
      /Исправлено\. Сроки посчитаны заново[\s\S]*помощь по плану началась, 26 ноября \(исправлено: «перепутали <день>»\)/,
    ],
  ])
  expect(await dueOn()).toBe('2027-02-26')
  // The same row cannot be corrected twice: an old card shows what holds now.
  const rows = await prisma.caseEvent.findMany({ where: { kind: 'ipss-began' }, orderBy: { id: 'asc' } })
  expect(rows.at(-1)).toMatchObject({
    ...{ correctsId: rows.at(-2)?.id, staffId: expect.any(String) },
    // Sealed.
    words: expect.stringMatching(/^v2\./),
  })

  await curator.play([
    [(chat) => chat.tap(numberOf(chat.text(), 'помощь по плану началась')), 'case-history'],
    ['Этого не было', /Запишем, что этого не было/],
    ['Оставить', /Какой день правильный/],
    ['Этого не было', 'case-history'],
    // Words take it back as the tap does.
    [{ words: 'Договор ещё не подписан' }, /Записано: этого не было/],
  ])
  expect(await dueOn()).toBeUndefined()
  expect(await prisma.caseEvent.findFirst({ where: { void: true } })).toMatchObject({
    words: expect.stringMatching(/^v2\./),
  })

  await key.post(`${path}/events`, { kind: 'ipss-began', on: '2026-11-26' })
  world.clock.set('2027-03-02T07:00:00Z')
  await curator.byHand(`-.f-event.${familyId}`)
  const taps = [
    ['Объяснить срок', /1\. ⚠️ промежуточная диагностика – срок прошёл, до пятницы, 26 февраля/],
    ['1', /Почему так вышло\?/],
  ] as const
  expect(await tapsOf(curator, taps)).toBe(2)
  await curator.play([
    [{ words: 'я'.repeat(501) }, /Столько не поместится/],
    [{ words: 'Мама лежит в <больнице>' }, /больше не напоминаем/],
  ])
  const sealed = await prisma.caseEvent.findFirstOrThrow({ where: { kind: 'explained' } })
  expect(sealed.words).toMatch(/^v2\./)
  await supervisor.byHand(`-.f-history.${familyId}`)
  expect(supervisor.text()).toMatch(
    /промежуточная диагностика\. Объяснили 2 марта: «Мама лежит в <больнице>»/,
  )
  const galina = await world.staff('Галина', ['leninsky'], 'curator')
  for (const door of ['f-history', 'f-terms']) {
    await galina.byHand(`-.${door}.${familyId}`)
    galina.sees('home')
  }
})

const numberOf = (text: string, what: string): string => new RegExp(`(\\d+)\\. ${what}`).exec(text)?.[1] ?? ''
