import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openOffice } from '#test/support/office.ts'
import { tapsOf } from '#test/support/taps.ts'
import { workPasses } from '#test/support/waiting.ts'

test('a curator records what happened in four taps, or writes the day; terms and the family follow', async () => {
  const { world, key, curator, member, familyId } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await curator.byHand(`-.f-card.${familyId}`)
  const taps = [
    ['Дело', 'family-file'],
    [
      'Что случилось',
      /4\. помощь по плану началась\n5\. промежуточная диагностика проведена\n6\. план закончился/,
    ],
    ['4', /В какой день это было/],
    ['Сегодня', /Записано: помощь по плану началась, 25 ноября/],
  ] as const
  expect(await tapsOf(curator, taps)).toBe(4)
  const { terms } = (await key.get(`/families/${familyId}/case`)).body as {
    terms: { code: string; dueOn: string }[]
  }
  expect(terms.map(({ code, dueOn }) => [code, dueOn])).toEqual([
    ['interim-diagnosis', '2027-02-25'],
    ['support', '2027-05-25'],
  ])
  await olga.play([['/status', /Вместе посмотрим, что получилось: до четверга, 25 февраля/]])
  // A day that is not there, one ahead, one before its cause; then the right one.
  world.clock.set('2027-02-20T07:00:00Z')
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.play([
    ['Дело', 'family-file'],
    ['Что случилось', 'family-event'],
    ['4', /промежуточная диагностика/],
    [{ words: 'как-нибудь' }, /Не получилось понять дату/],
    [{ words: '21.02' }, /Этот день ещё не наступил/],
    [{ words: '1.11.2026' }, /раньше него должно было случиться другое/],
    [{ words: '19 февраля' }, /Записано: промежуточная диагностика проведена, 19 февраля/],
  ])
  await curator.play([
    ['Дело', 'family-file'],
    ['Что случилось', 'family-event'],
    ['5', /Семья прочитает: «Сейчас: смотрим вместе, что изменилось»/],
    ['Сегодня', /Записано: план закончился[\s\S]*Этап: Итоги/],
  ])
})

test('stages are left out with a reason only; the end has the grounds of the region, and may keep in touch', async () => {
  const { world, key, curator, supervisor } = await openWithFamily()
  const office = await openOffice(world)
  const curatorId = (await world.database.prisma.staffMember.findFirstOrThrow({ where: { name: 'Ирина' } }))
    .id
  const made = await key.post('/families', {
    territory: 'leninsky',
    level: 'crisis',
    stage: 'ipss',
    curatorId,
  })
  const { id } = made.body as { id: string }
  await expect.poll(() => curator.allText(), { timeout: 30_000 }).toMatch(/семью № 2/)
  await curator.byHand(`-.f-card.${id}`)
  await curator.play([
    ['Дело', 'family-file'],
    ['Этап и уровень', 'family-stage'],
    ['3', /Пропускаются этапы:[\s\S]*Руководитель об этом узнает/],
    // Nobody of it is in the bot.
    ['Сделано раньше', /здесь этого никто не прочитает/],
    ['Перевести', /Этап записан/],
  ])
  await workPasses(world, office, '2026-11-25T09:00:00Z')
  expect(supervisor.allText()).toMatch(/Семья № 2: пропущен этап «/)
  await curator.byHand(`-.f-card.${id}`)
  await curator.play([
    ['Дело', 'family-file'],
    ['Этап и уровень', 'family-stage'],
    ['Закончить сопровождение', /Основания – по регламенту региона/],
    ['Семья переехала', /Остаётесь на связи с семьёй/],
    ['Закончить, быть на связи', /Сопровождение закончено/],
  ])
  expect(await world.database.prisma.episode.findFirst({ where: { familyId: id } })).toMatchObject({
    closing: 'moved-away',
    contactAfter: true,
  })
})

test('a term is told to the curator, then to the supervisor; one that was missed each working day until it is explained', async () => {
  const { world, key, curator, supervisor, curatorId } = await openWithFamily()
  const office = await openOffice(world)
  const body = {
    territory: 'leninsky',
    level: 'crisis',
    stage: 'ipss',
    curatorId,
    appliedAt: '2026-11-24T09:00:00Z',
  }
  const { id } = (await key.post('/families', body)).body as { id: string }
  await expect.poll(() => curator.allText(), { timeout: 30_000 }).toMatch(/семью № 2/)
  const told = (words: RegExp) =>
    [curator, supervisor].map((chat) => chat.allText().match(words)?.length ?? 0)
  const near = /Семья № 2: план помощи \(ИПСС\) – до вторника, 8 декабря/g
  // Two thirds of the fortnight; after the hours in which an agenda would say the same.
  await workPasses(world, office, '2026-12-03T11:30:00Z')
  expect(told(near)).toEqual([0, 0])
  await workPasses(world, office, '2026-12-04T11:30:00Z')
  await workPasses(world, office, '2026-12-04T12:30:00Z')
  expect(told(near)).toEqual([1, 0])
  await workPasses(world, office, '2026-12-07T11:30:00Z')
  await workPasses(world, office, '2026-12-08T11:30:00Z')
  expect(told(near)).toEqual([1, 1])
  const past = /Семья № 2: срок прошёл – план помощи/g
  await workPasses(world, office, '2026-12-09T11:30:00Z')
  expect(told(past)).toEqual([1, 1])
  await workPasses(world, office, '2026-12-10T11:30:00Z')
  await workPasses(world, office, '2026-12-10T12:30:00Z')
  expect(told(past)).toEqual([1, 2])
  await supervisor.byHand('-.f-list.')
  await supervisor.play([
    ['Сроки', /⚠️ № 2 · план помощи \(ИПСС\) – срок прошёл, до вторника, 8 декабря/],
    ['Все сроки', /№ 1 · промежуточная диагностика – до/],
    ['Только прошедшие', /Сроки: прошедшие/],
  ])
  const { terms } = (await key.get(`/families/${id}/case`)).body as { terms: { id: string; code: string }[] }
  for (const term of terms)
    await key.post(`/families/${id}/deadlines/${term.id}/explanation`, { words: 'Семья в больнице' })
  await workPasses(world, office, '2026-12-11T11:30:00Z')
  expect(told(past)).toEqual([1, 2])
})
