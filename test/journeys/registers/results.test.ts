import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'

test('a curator records what came of help and what happened to a family, in five taps', async () => {
  const { world, key, path, familyId, curator } = await openWithFamily()
  const once = { kind: 'once', on: '2026-11-24' } as const
  const ids = await publish(
    key,
    path,
    aPlan([
      anActivity('talk', { plain: 'Встреча с психологом', when: once }),
      anActivity('flat', { plain: 'Помощь с жильём' }),
    ]),
  )
  await curator.play([
    ['/start', 'home'],
    ['/families', 'caseload'],
    ['Семья № 1', 'family-case'],
    ['Дело', 'family-file'],
    ['Итоги помощи', /○ Встреча с психологом\n○ Помощь с жильём/],
    ['Помощь с жильём', /Что вышло\?[\s\S]*значат, что вы сказали об этом семье[\s\S]*Запишем на 25 ноября/],
    [
      'Сейчас невозможно',
      /Записано: сейчас невозможно, 25 ноября[\s\S]*✓ сейчас невозможно: Помощь с жильём/,
    ],
    ['Встреча с психологом', /Что вышло\?/],
  ])
  await curator.say('28.11')
  expect(curator.text()).toMatch(/Этот день ещё не наступил/)
  await curator.say('24.11')
  await curator.play([['Получена', /Записано: помощь получена, 24 ноября/]])
  const done = { familyId, action: 'family.changed', staffId: { not: null } }
  expect(await world.database.prisma.auditEntry.count({ where: done })).toBe(2)
  expect((await key.get(`${path}/help-results`)).body).toMatchObject({
    items: [
      { activityId: ids.flat, result: 'not-possible', on: '2026-11-25', toldOn: '2026-11-25' },
      { activityId: ids.talk, result: 'received', on: '2026-11-24', toldOn: null },
    ],
  })
  // A slip: what really came of it, or nothing. Each is a row.
  await curator.play([
    ['Встреча с психологом', /Сейчас записано: помощь получена, 24 ноября[\s\S]*уберите запись/],
    ['Нет права', /Записано: права на помощь нет, 25 ноября/],
    ['Встреча с психологом', /Сейчас записано: права на помощь нет/],
  ])
  const gone = curator.dataOf('Убрать запись')
  await curator.play([['Убрать запись', /Запись убрали[\s\S]*○ Встреча с психологом/]])
  // A second tap, and one by hand.
  for (const _ of [1, 2]) await curator.byHand(gone)
  const resultsOf = () =>
    world.database.prisma.helpResult.findMany({
      where: { activityId: String(ids.talk) },
      orderBy: { id: 'asc' },
    })
  expect((await resultsOf()).map(({ result }) => result)).toEqual(['received', 'no-right', null])
  await curator.play([
    ['/families', 'caseload'],
    ['Семья № 1', 'family-case'],
    ['Дело', 'family-file'],
    ['Итоги помощи', /○ Встреча с психологом/],
    ['Встреча с психологом', /Что вышло\?/],
  ])
  expect(curator.text()).not.toMatch(/уберите запись/)
  await curator.say('24.11')
  await curator.play([['Получена', /Записано: помощь получена, 24 ноября/]])
  expect((await resultsOf()).map(({ result }) => result)).toEqual(['received', 'no-right', null, 'received'])
  await curator.play([
    ['Событие в семье', /1\. Семья отказалась от ребёнка\n2\. Родителя лишили[\s\S]*зашифрованной/],
    ['2', /Записано: Родителя лишили родительских прав, 25 ноября/],
    ['Событие в семье', /Уже записано:\nЗапись 1: Родителя лишили родительских прав, 25 ноября/],
    ['2', /На этот день это уже записано/],
    // A slip of the thumb, which ministries would count.
    ['1', /Записано: Семья отказалась от ребёнка/],
    ['Событие в семье', /Запись 2: Семья отказалась от ребёнка, 25 ноября/],
  ])
  const slip = curator.dataOf('Убрать запись 2')
  await curator.play([['Убрать запись 2', /Запись убрали[\s\S]*Запись 1: Родителя/]])
  expect(curator.text()).not.toMatch(/Запись 2/)
  await curator.byHand(slip)
  await curator.play([
    ['4', /Записано: Итог/],
    ['Событие в семье', /Запись 2: Итог: семья преодолела/],
    ['Убрать запись 2', /Запись убрали/],
  ])
  expect((await key.get(`${path}/outcomes`)).body).toMatchObject({
    items: [{ answer: true }, { answer: false }],
  })
  // What the final diagnosis found is asked beside it; the results of 8.2 (8) count it.
  await curator.play([
    ['Меню', 'home'],
    ['/families', 'caseload'],
    ['Семья № 1', 'family-case'],
    ['Дело', 'family-file'],
    ['Итоги помощи', 'help-results'],
    ['Событие в семье', /4\. Итог: семья преодолела/],
    ['4', /Записано: Итог: семья преодолела трудную ситуацию, 25 ноября/],
  ])
  expect((await key.get(`${path}/outcomes`)).body).toMatchObject({
    items: [{}, {}, { kind: 'overcame', answer: true, on: '2026-11-25' }],
  })
  const facts = (await key.get(`${path}/facts`)).body as { items: { id: string; fact: string }[] }
  expect(facts).toMatchObject({ items: [{ fact: 'rights-lost', on: '2026-11-25' }] })
  // A correction is another row, of this fact only.
  const corrects = facts.items[0]?.id
  for (const bad of [
    { fact: 'child-given-up', on: null, corrects },
    { fact: 'newborn-given-up', on: '2026-11-25' },
    { fact: 'rights-lost', on: '2026-11-26' },
    { fact: 'rights-lost', on: null },
  ])
    expect(await key.post(`${path}/facts`, bad)).toMatchObject({ status: 422 })
  expect(await key.post(`${path}/facts`, { fact: 'rights-lost', on: null, corrects })).toMatchObject({
    status: 201,
    body: { items: [] },
  })
  for (const [bad, status] of [
    [{ result: 'received', on: '2026-11-26' }, 422],
    [{ result: 'received', on: '2026-11-25', toldOn: '2026-11-25' }, 422],
    [{ result: 'no-right', on: '2026-11-25', toldOn: '2026-11-24' }, 409],
  ] as const)
    expect(await key.post(`${path}/activities/${ids.talk}/results`, bad)).toMatchObject({ status })
  await key.post(`${path}/activities/${ids.talk}/results`, { result: null, on: '2026-11-25' })
  expect((await key.get(`${path}/help-results`)).body).toMatchObject({ items: [{ activityId: ids.flat }] })
  // The code of a fact lies sealed; whoever is not in charge finds no family.
  const rows = await world.database.prisma.caseEvent.findMany({ where: { kind: 'fact' } })
  expect(rows.map(({ detail, words }) => [detail, words?.startsWith('v2.')])).toEqual([
    [null, true],
    [null, true],
    [null, true],
    [null, true],
  ])
  const stranger = await world.staff('Мария', ['leninsky'], 'curator')
  for (const link of ['f-results', 'f-facts']) {
    await stranger.byHand(`-.${link}.${familyId}`)
    expect(stranger.text()).toMatch(/^Здравствуйте/)
  }
})
