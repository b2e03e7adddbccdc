import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openOffice } from '#test/support/office.ts'
import { codeOn, planVisit, told, type VisitBody } from '#test/support/visits.ts'

test('a parent asks for another time, the curator moves the visit, and it takes place', async () => {
  const family = await openWithFamily()
  const { world, key, curator } = family
  const olga = await family.member('parent', 'Ольга')
  const pavel = await family.member('parent', 'Павел')
  const visit = await planVisit(family, { place: 'ул. Мира, 1', note: 'Полис <b>' })
  await told(olga, /Новая встреча: в среду, 2 декабря, в 15:00/)
  await told(pavel, /Новая встреча/)

  await olga.play([
    ['Посмотреть', /В среду, 2 декабря, в 15:00, примерно до 16:00[\s\S]*ул\. Мира, 1[\s\S]*Полис <b>/],
  ])
  expect(olga.text()).toContain('Кто: Ирина, куратор')
  const first = codeOn(olga)
  await olga.play([
    ['Другое время', 'visit-slots'],
    ['чт, 26 ноября, 12:00', /Передано[\s\S]*в четверг, 26 ноября, в 12:00/],
  ])
  await told(curator, /Семья № \d+: ответ о визите в среду, 2 декабря, в 15:00/)
  expect(curator.allText()).not.toContain('Ольга')

  await curator.play([['Открыть', /Ольга, родитель: просит другое время, в четверг, 26 ноября, в 12:00/]])
  expect(codeOn(curator)).toBe(first)
  await curator.play([['На 26 ноября, 12:00', /^Перенесено: в четверг, 26 ноября, в 12:00/]])
  const second = codeOn(curator)
  expect(second).toMatch(/^\d{4}$/)
  expect(second).not.toBe(first)

  // Earlier notices say that it was moved, and open the current visit.
  await told(pavel, /^Перенесено на другое время: в четверг, 26 ноября, в 12:00/m)
  expect(pavel.allText()).not.toContain('2 декабря')
  await told(olga, /Встреча перенесена/)
  await olga.play([
    ['Посмотреть', /Раньше было в среду, 2 декабря, в 15:00/],
    ['Подтверждаю', /Спасибо[\s\S]*Время подтверждено/],
  ])
  expect(codeOn(olga)).toBe(second)

  // The other parent sees that it is confirmed, and no wish of the first one's.
  const link = pavel.messages().find(({ text }) => text?.startsWith('Перенесено'))
  await pavel.tap('Посмотреть', link)
  pavel.sees(/Время подтверждено/)
  expect(pavel.text()).not.toMatch(/Ольга|просите/)
  expect(pavel.buttons(pavel.card()).map(({ text }) => text)).not.toContain('Подтверждаю')

  // Late, on the day; the same twice is said once. Reminders have journeys of their own, and come when a minute begins.
  const remindedOf = { data: { dispatchedAt: world.clock.now() } }
  await world.database.prisma.visitReminder.updateMany(remindedOf)
  world.clock.set('2026-11-26T08:30:00Z')
  await olga.play([
    ['/visits', 'visits'],
    ['26 ноября, 12:00', 'visit'],
    ['Опаздываю', 'visit-late'],
    ['На 30 минут', /О задержке передано/],
    ['Опаздываю', 'visit-late'],
    ['На 30 минут', /Это уже передано/],
    ['Позвоните мне', /вы ждёте звонка/],
  ])
  await curator.play([
    ['/visits', /Мои визиты[\s\S]*Семья № \d+/],
    ['26 ноября, 12:00', /Ольга, родитель: задержка, будут к 12:30[\s\S]*просит позвонить/],
  ])
  const kinds = async () => ((await key.get(visit.path)).body as VisitBody).answers.map(({ kind }) => kind)
  expect(await kinds()).toEqual(['other-time', 'confirmed', 'late', 'call-me'])

  world.clock.set('2026-11-26T09:30:00Z')
  await curator.play([
    ['/visits', 'my-visits'],
    ['26 ноября, 12:00', 'f-visit'],
    ['Состоялся', /^Записано[\s\S]*Состоялся\./],
  ])
  await olga.play([['/visits', /Впереди визитов нет/]])
})

test('a minor sees only what is for them, and each family only its own visits', async () => {
  const family = await openWithFamily()
  const { world, key, path, curator } = family
  const olga = await family.member('parent', 'Ольга')
  const dasha = await family.member('minor', 'Даша')
  const misha = await family.member('minor', 'Миша')
  const other = await family.another()
  const stranger = await family.member('parent', 'Пётр', other)
  const adults = await planVisit(family, { audience: 'adults', startsAt: '2026-12-01T12:00:00Z' })
  const hers = await planVisit(family, { audience: 'minors', memberIds: [dasha.memberId] })
  await told(dasha, /У тебя новое сообщение/)
  expect(misha.allText()).not.toContain('новое сообщение')
  await dasha.play([
    ['/visits', /В среду, 2 декабря, в 15:00/],
    ['2 декабря, 15:00', 'visit'],
    ['Другое время', /Когда тебе удобно/],
    ['Написать словами', 'visit-words'],
    [{ words: 'я'.repeat(501) }, /Хватит 500 знаков/],
    [{ words: 'После школы' }, /Просьба о другом времени передана/],
  ])
  await misha.play([['/visits', /Впереди визитов нет/]])
  // A parent sees that there is the visit, and never the minor's words.
  await olga.play([
    ['/visits', /Во вторник, 1 декабря[\s\S]*В среду, 2 декабря/],
    ['2 декабря, 15:00', 'visit'],
  ])
  expect(olga.text()).not.toMatch(/другом времени|После школы/)
  await told(curator, /: ответ о визите/)
  await curator.play([['Открыть', /Даша, подросток: просит другое время – «После школы»/]])

  for (const chat of [misha, stranger, world.person()]) {
    if (chat !== misha && chat !== stranger) await chat.start()
    for (const way of ['visit', 'f-visit']) {
      await chat.byHand(`-.${way}.${hers.id}`)
      expect(chat.allText()).not.toContain('После школы')
      chat.sees('home')
    }
  }
  await dasha.byHand(`-.visit.${adults.id}`)
  dasha.sees('home')
  await stranger.byHand(`-.visits.${path.slice('/families/'.length)}`)
  stranger.sees('home')
  await stranger.byHand(`-.f-visits.${path.slice('/families/'.length)}`)
  stranger.sees('home')
  // Somebody of the staff who has nothing to do with the family.
  const anna = await world.staff('Анна', ['oktyabrsky'], 'curator')
  for (const button of [
    `-.f-visit.${hers.id}`,
    `-.f-visits.${path.slice('/families/'.length)}`,
    `-.visit.${hers.id}`,
  ]) {
    await anna.byHand(button)
    anna.sees('home')
  }
  await anna.play([['/visits', /Впереди визитов нет/]])
  const narrow = await keyOf(world, { territories: ['oktyabrsky'] })
  expect((await narrow.get(hers.path)).status).toBe(404)
  expect((await key.get(`${other}/visits/${hers.id}`)).status).toBe(404)
})

test('cards of a moved or cancelled visit have no effect, and say so', async () => {
  const family = await openWithFamily()
  const { key, curator, supervisor, path } = family
  const olga = await family.member('parent', 'Ольга')
  const visit = await planVisit(family)
  await told(olga, /Новая встреча/)
  await olga.play([['Посмотреть', 'visit']])
  const seen = olga.card()
  const confirm = olga.dataOf('Подтверждаю')

  const moved = await key.patch(visit.path, { startsAt: '2026-12-03T12:00:00Z' }, { 'if-match': '"0"' })
  expect(moved).toMatchObject({ status: 200, body: { version: 1, movedFrom: '2026-12-02T12:00:00.000Z' } })
  await told(olga, /Встреча перенесена/)
  // The card was drawn before: its tap confirms nothing, and the visit of now is shown.
  await olga.byHand(confirm, seen.message_id)
  olga.sees(/Здесь что-то изменилось[\s\S]*В четверг, 3 декабря/)
  expect(((await key.get(visit.path)).body as VisitBody).answers).toEqual([])

  // Two taps at once are one answer.
  const again = olga.dataOf('Подтверждаю')
  const card = olga.card().message_id
  await Promise.all([olga.byHand(again, card), olga.byHand(again, card)])
  await olga.settle()
  expect(((await key.get(visit.path)).body as VisitBody).answers).toHaveLength(1)

  const id = path.slice('/families/'.length)
  await supervisor.byHand(`-.f-visits.${id}`)
  await supervisor.play([
    ['3 декабря, 15:00', /Ольга, родитель: время подтверждено/],
    ['Отменить', 'f-visit-cancel'],
    ['Оставить', 'f-visit'],
    ['Отменить', 'f-visit-cancel'],
    ['Да, отменить', /^Визит отменён/],
  ])
  // Only the visitor sees the code.
  expect(codeFree(supervisor.allText())).toBe(true)
  await told(olga, /^Отменено: в четверг, 3 декабря, в 15:00 никто не придёт/m)
  await told(olga, /Встречи не будет: в четверг, 3 декабря/)
  // The update of older notices may come after the news itself, or once more: the news stays as it was sent.
  const office = await openOffice(family.world)
  await office.does((tx, { enqueue }) => enqueue(tx, 'visit-cards-refresh', { visitId: visit.id }))
  await olga.settle()
  expect(olga.allText()).toMatch(/Встречи не будет: в четверг, 3 декабря/)
  await olga.byHand(`-.visit.${visit.id}`)
  olga.sees(/Отменено: никто не придёт/)
  expect(olga.text()).not.toContain('Код у двери')
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Другое время')

  // By the API with a reason, which stands on the family's card alone.
  const second = await planVisit(family)
  // Of a visit that they never heard of they would not be told that it is cancelled.
  await olga.settle()
  const cancelled = await key.post(`${second.path}/cancel`, { reason: 'Ирина заболела' })
  expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled' } })
  expect(JSON.stringify(cancelled.body)).not.toContain('заболела')
  await told(olga, /Встречи не будет: в среду, 2 декабря/)
  await olga.byHand(`-.visit.${second.id}`)
  olga.sees(/Ирина заболела/)
  await curator.byHand(`-.f-visit.${second.id}`)
  curator.sees(/Отменён\./)
  expect(curator.text()).not.toContain('заболела')
})

test('«the code was not said»: the card says what to do, and supervisors are notified at once', async () => {
  const family = await openWithFamily()
  const { world, curator, supervisor } = family
  const olga = await family.member('parent', 'Ольга')
  const visit = await planVisit(family)
  await told(olga, /Новая встреча/)
  await olga.play([['Посмотреть', 'visit']])
  const buttons = () => olga.buttons(olga.card()).map(({ text }) => text)
  expect(buttons()).not.toContain('Код не назвали')
  world.clock.set('2026-12-02T12:05:00Z')
  await olga.byHand(`-.visit.${visit.id}`)
  expect(buttons()[0]).toBe('Код не назвали')
  await olga.play([['Код не назвали', /Не открывайте дверь[\s\S]*8-8652-00-00-00[\s\S]*112/]])
  await told(supervisor, /Срочно\. Семья № \d+: код у двери не назвали[\s\S]*приходит Ирина/)
  expect(curator.allText()).not.toContain('код у двери не назвали')
  await olga.play([
    ['К визиту', /Руководителю передано: код не назвали/],
    ['Код не назвали', 'visit-door'],
  ])
  await supervisor.play([['Открыть', /Ольга, родитель: код у двери не назвали/]])
  expect(codeFree(supervisor.allText())).toBe(true)
  expect(await world.database.prisma.visitAnswer.count()).toBe(1)
})

/** Whether no door code stands in these words. */
const codeFree = (words: string): boolean => !/Код у двери: \d{4}/.test(words)
