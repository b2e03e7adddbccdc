import { expect, test } from 'vitest'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import { openWithFamily } from '#test/support/family.ts'
import { tapsOf } from '#test/support/taps.ts'
import { planVisit, startsAt, told } from '#test/support/visits.ts'

const visitsIn = (world: Awaited<ReturnType<typeof openWithFamily>>['world']) =>
  world.database.prisma.visit.findMany({ orderBy: { startsAt: 'asc' } })

test('a curator plans a visit at any hour from the family’s card, and sees what speaks against it', async () => {
  const family = await openWithFamily()
  const { world, curator, familyId } = family
  const olga = await family.member('parent', 'Ольга')
  await planVisit(family)
  await told(olga, /./)
  await told(curator, /Вам назначен визит/)
  await curator.byHand(`-.f-card.${familyId}`)
  const taps = await tapsOf(curator, [
    ['Визиты', 'f-visits'],
    ['Новый визит', /Когда\?/],
    [{ words: 'как-нибудь' }, /не разобрать/],
    [{ words: 'ср 2.12 в 15:30' }, /В это же время[\s\S]*15:00–16:00, семья № 1[\s\S]*Уровень кризисный/],
    ['‹ Назад', /Когда\?/],
    [{ words: 'чт 21:15' }, /В четверг, 26 ноября, в 21:15/],
    ['Назначить визит', /Визит назначен: в четверг, 26 ноября, в 21:15/],
  ])
  expect(taps - 1).toBeLessThanOrEqual(5)
  expect((await visitsIn(world)).map((one) => one.startsAt.toISOString())).toEqual([
    '2026-11-26T18:15:00.000Z',
    new Date(startsAt).toISOString(),
  ])
  await expect.poll(() => olga.allText()).toMatch(/новое сообщение|визит/i)
})

test('four at once at the level’s frequency: the family is told once', async () => {
  const family = await openWithFamily()
  const { world, curator, familyId } = family
  await curator.byHand(`-.f-visit-new.${familyId}`)
  await curator.play([
    [{ words: 'чт 15:00' }, /Уровень кризисный/],
    ['Другая цель визита', /Какой это визит/],
    ['‹ Назад', /Уровень кризисный/],
    ['Назначить сразу четыре', /26 ноября[\s\S]*декабря/],
    ['Назначить визит', /Назначено 4 визита, первый в четверг, 26 ноября/],
  ])
  const all = await visitsIn(world)
  expect(all).toHaveLength(4)
  // What they did themselves is no news to them.
  const news = await world.database.prisma
    .$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'work-news' AND data->>'news' LIKE 'visit-%'`
  expect(news).toEqual([])
  expect(new Set(all.map(({ seriesId }) => seriesId)).size).toBe(1)
})

test('the family asks for another time in words: the curator reads it beside the hours, and moves the visit', async () => {
  const family = await openWithFamily()
  const { world, curator } = family
  const olga = await family.member('parent', 'Ольга')
  await planVisit(family)
  await told(olga, /2 декабря/)
  await olga.play([
    ['Посмотреть', 'visit'],
    ['Другое время', 'visit-slots'],
    ['Написать словами', 'visit-words'],
    [{ words: 'Лучше в пятницу после шести' }, 'visit'],
  ])
  await told(curator, /: ответ о визите/)
  const taps = await tapsOf(curator, [
    ['Открыть', 'f-visit'],
    ['Перенести', /Семья просит: «Лучше в пятницу после шести»/],
    [{ words: 'пт 4.12 18:30' }, /4 декабря, в 18:30/],
    ['Перенести', /Перенесено: в пятницу, 4 декабря, в 18:30/],
  ])
  expect(taps).toBe(3)
  expect(await visitsIn(world)).toMatchObject([{ version: 1, startsAt: new Date('2026-12-04T15:30:00Z') }])
  await curator.play([
    ['Повторить', /Когда\?/],
    [{ words: '11.12 18:30' }, /11 декабря/],
    ['Назначить визит', /Визит назначен/],
  ])
  expect(await visitsIn(world)).toHaveLength(2)
})

test('a visit that has moved meanwhile is not moved from what was seen before', async () => {
  const family = await openWithFamily()
  const { world, curator, key } = family
  const visit = await planVisit(family)
  await told(curator, /Вам назначен визит/)
  await curator.byHand(`-.f-visit-move.${visit.id}`)
  await curator.play([[{ words: 'пт 4.12 18:30' }, /18:30/]])
  const seen = curator.card()
  const to = { startsAt: '2026-12-03T12:00:00Z' }
  expect(await key.patch(visit.path, to, { 'if-match': '*' })).toMatchObject({ status: 200 })
  await told(curator, /Ваш визит изменился/)
  await curator.tap('Перенести', seen)
  expect(curator.allText()).toMatch(/Визит изменился\. Вот как сейчас/)
  expect(await visitsIn(world)).toMatchObject([{ startsAt: new Date(to.startsAt) }])
})

test('where a teenager is unsafe at home it is asked who will see the visit', async () => {
  const { world, curator, familyId, memberId } = await openWithDasha()
  await curator.byHand(`-.f-visit-new.${familyId}`)
  await curator.play([[{ words: 'чт 15:00' }, /С родителями не говорить[\s\S]*Кто увидит визит/]])
  expect(curator.buttons(curator.card()).map(({ text }) => text)).not.toContain('Назначить визит')
  await curator.play([
    ['Лично подростку', /Где встретитесь\?\s+Дома визит увидят взрослые/],
    ['‹ Назад', /Когда\?/],
    [{ words: 'чт 15:00' }, /Кто увидит визит/],
    ['Лично подростку', /Где встретитесь/],
    [{ words: 'школа, кабинет 12' }, /Где: школа, кабинет 12[\s\S]*взрослые из семьи о нём не знают/],
    [
      'Назначить визит',
      /Визит назначен: в четверг, 26 ноября, в 15:00\. Это увидит только подросток, в боте/,
    ],
  ])
  const [visit] = await world.database.prisma.visit.findMany()
  expect(visit).toMatchObject({ audience: 'confidential', memberIds: [memberId] })
  await curator.byHand(`-.f-visit.${visit?.id}`)
  await curator.play([
    ['Отменить', /Это увидит только подросток[\s\S]*С родителями не говорить/],
    ['Оставить', 'f-visit'],
    [(chat) => chat.byHand(`-.f-visit-again.${visit?.id}`), /Когда\?/],
    [{ words: '3.12 15:00' }, /Где встретитесь/],
    ['Всё же дома', /Где: у семьи дома/],
  ])
  expect(curator.allText()).not.toMatch(/позвонить|Семья увидит|Вам назначен визит/)
})

test('a curator sees how many visits the level asks for, and where there were too few', async () => {
  const { world, key, path, curator, familyId, curatorId } = await openWithFamily()
  const begins = { kind: 'ipss-began', on: '2026-11-25' }
  expect(await key.post(`${path}/events`, begins)).toMatchObject({ status: 201 })
  await curator.byHand(`-.f-visits.${familyId}`)
  curator.sees(/Уровень кризисный: до 29 ноября нужно визитов 1, состоялось 0\./)
  world.clock.set('2026-12-08T07:00:00Z')
  const visit = { startsAt: '2026-12-09T07:00:00Z', purpose: 'regular', staffId: curatorId }
  const made = await key.post(`${path}/visits`, visit)
  expect(made).toMatchObject({ status: 201 })
  const { id } = made.body as { id: string }
  world.clock.set('2026-12-09T12:00:00Z')
  expect(await key.post(`${path}/visits/${id}/outcome`, { status: 'done' })).toMatchObject({ status: 200 })
  await curator.byHand(`-.f-visits.${familyId}`)
  curator.sees(
    /до 13 декабря нужно визитов 1, состоялось 1\.\n⚠️ До этого, 30 ноября – 6 декабря: нужно 1, состоялось 0\.\n.*: 2 из 2\./,
  )
})

test('what a curator has made and moved themselves is no news to them', async () => {
  const family = await openWithFamily()
  const { world, curator, familyId } = family
  await curator.byHand(`-.f-visit-new.${familyId}`)
  await curator.play([
    [{ words: 'чт 15:00' }, /Уровень кризисный/],
    ['Назначить визит', /Визит назначен: .+ В боте этого никто из семьи не увидит/],
  ])
  const [visit] = await visitsIn(world)
  await curator.byHand(`-.f-visit.${visit?.id}`)
  expect(curator.text()).toMatch(/ответа здесь не будет/)
  await curator.tap('Отменить')
  expect(curator.text()).toMatch(/никто из семьи не увидит/)
  await family.member('parent', 'Ольга')
  await curator.byHand(`-.f-visit-move.${visit?.id}`)
  await curator.play([
    [{ words: 'пт 15:00' }, /27 ноября/],
    ['Перенести', /Перенесено: в пятницу, 27 ноября, в 15:00\. Семья увидит это в боте/],
  ])
  const told = await world.database.prisma.$queryRaw`
    SELECT data FROM pgboss.job WHERE name = 'work-news' AND data->>'news' LIKE 'visit-%'`
  expect(told).toEqual([])
})

test('another family’s curator makes, moves and repeats nothing', async () => {
  const family = await openWithFamily()
  const { world, familyId } = family
  const galina = await world.staff('Галина', ['leninsky'], 'curator')
  const visit = await planVisit(family)
  for (const door of [`f-visit-new.${familyId}`, `f-visit-move.${visit.id}`, `f-visit-again.${visit.id}`]) {
    await galina.byHand(`-.${door}`)
    galina.sees('home')
  }
})
