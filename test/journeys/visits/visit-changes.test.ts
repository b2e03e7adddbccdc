import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { pngOf } from '#test/support/pictures.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { codeOn, planVisit, told, type VisitBody } from '#test/support/visits.ts'

const anyVersion = { 'if-match': '*' }

test('a change of visitor is named as such; former members learn nothing', async () => {
  const family = await openWithFamily()
  const { world, key, path, curatorId } = family
  const olga = await family.member('parent', 'Ольга')
  const pavel = await family.member('parent', 'Павел')
  const image = pngOf(300, 200).toString('base64')
  expect((await key.call('PUT', `/staff/${curatorId}/photo`, { body: { image } })).status).toBe(200)
  const visit = await planVisit(family)
  for (const chat of [olga, pavel]) await told(chat, /Новая встреча/)
  await olga.play([['Посмотреть', /Кто: Ирина, куратор/]])
  expect(olga.card().photo).toBeDefined()

  const anna = await world.staff('Анна', ['leninsky'], 'curator')
  const given = await key.patch(visit.path, { staffId: await staffIdOf(world, 'Анна') }, anyVersion)
  expect(given.body).toMatchObject({ version: 1, movedFrom: null })
  // In a push of its own, and in what was told before.
  await shown(olga, /^Встреча в среду, 2 декабря, в 15:00: придёт другой человек/)
  await told(pavel, /Встреча в среду, 2 декабря, в 15:00: придёт другой человек/)
  await expect.poll(() => pavel.allText()).not.toMatch(/Новая встреча|перенесен/i)
  await olga.play([['Посмотреть', /Придёт другой человек\. Начало прежнее[\s\S]*Кто: Анна/]])
  expect(olga.card().photo).toBeUndefined()
  const seen = codeOn(olga)

  // Whoever only comes sees this visit, and nothing else of the family.
  await anna.byHand(`-.f-visit.${visit.id}`)
  expect(codeOn(anna)).toBe(seen)
  expect(labelsOn(anna)).not.toContain('Визиты семьи')
  await anna.play([['‹ Назад', 'my-visits']])

  // Pavel has seen the code: it is another one for the same visit.
  expect((await key.delete(`${path}/members/${pavel.memberId}`)).status).toBe(204)
  await olga.byHand(`-.visit.${visit.id}`)
  expect(codeOn(olga)).toMatch(/^\d{4}$/)
  expect(codeOn(olga)).not.toBe(seen)
  await anna.byHand(`-.f-visit.${visit.id}`)
  expect(codeOn(anna)).toBe(codeOn(olga))
  await key.patch(visit.path, { startsAt: '2026-12-03T12:00:00Z' }, anyVersion)
  await told(olga, /Встреча перенесена[\s\S]*3 декабря/)
  await told(olga, /^Встреча изменилась\. Теперь так: в четверг, 3 декабря, в 15:00/m)
  expect(pavel.allText()).not.toContain('3 декабря')

  // Moved twice: somebody may come at any of the hours that were said.
  await olga.byHand(`-.visit.${visit.id}`)
  expect(labelsOn(olga)).toContain('Код не назвали')
  await key.patch(visit.path, { minutes: 30 }, anyVersion)
  await told(olga, /Встреча в четверг, 3 декабря, в 15:00 закончится в другое время/)
})

test('Back leads to the list; alarming words are answered at once; cancelled visits stay visible', async () => {
  const family = await openWithFamily()
  const { key, path, curator, supervisor, familyId } = family
  const put = await key.call('PUT', '/alarming-words', { body: { words: ['умереть'] } })
  expect(put.status).toBe(200)
  const olga = await family.member('parent', 'Ольга')
  const dasha = await family.member('minor', 'Даша')
  const visit = await planVisit(family)
  await told(olga, /Новая встреча/)
  await olga.play([
    ['/menu', 'home'],
    ['/visits', 'visits'],
    ['2 декабря, 15:00', 'visit'],
    ['‹ Назад', 'visits'],
    ['‹ Назад', 'home'],
  ])

  await told(dasha, /У тебя новое сообщение/)
  await dasha.play([
    ['/visits', 'visits'],
    ['2 декабря, 15:00', 'visit'],
    ['Другое время', 'visit-slots'],
    ['Написать словами', 'visit-words'],
    [{ words: 'Не надо. Хочу умереть' }, 'messages.alarmed'],
  ])
  for (const chat of [curator, supervisor])
    await told(chat, /Срочно\. Семья № \d+: в сообщении есть тревожное/)
  expect(((await key.get(visit.path)).body as VisitBody).answers).toMatchObject([{ kind: 'other-time' }])
  expect((await key.delete(`${path}/members/${dasha.memberId}`)).status).toBe(204)
  await supervisor.byHand(`-.f-visits.${familyId}`)
  await supervisor.play([
    ['2 декабря, 15:00', /^Бывший участник: просит другое время – «Не надо/m],
    ['‹ Назад', 'f-visits'],
  ])

  expect((await key.post(`${visit.path}/cancel`, {})).status).toBe(200)
  await shown(olga, /^Встречи не будет/)
  await olga.play([
    ['/visits', /В среду, 2 декабря, в 15:00\nОтменено: никто не придёт/],
    ['2 декабря, 15:00', 'visit'],
  ])

  // A closed family is visited no more, and hears of it once.
  const last = await planVisit(family, { startsAt: '2026-12-04T12:00:00Z' })
  await shown(olga, /^Новая встреча: в пятницу/)
  await olga.play([['Посмотреть', 'visit']])
  const [confirm, card] = [olga.dataOf('Подтверждаю'), olga.card().message_id]
  expect((await key.post(`${path}/transition`, { to: 'closed' })).status).toBe(200)
  expect((await key.get(last.path)).body).toMatchObject({ status: 'cancelled', answers: [] })
  await olga.byHand(confirm, card)
  expect(((await key.get(last.path)).body as VisitBody).answers).toEqual([])
  await told(olga, /^Отменено: в пятницу, 4 декабря, в 15:00 никто не придёт/m)
  expect(olga.allText()).not.toContain('Встречи не будет: в пятницу, 4 декабря')
  family.world.clock.set('2026-12-04T14:00:00Z')
  await olga.play([['/visits', /Впереди визитов нет/]])
})

test('forged visit buttons are answered kindly, and change nothing', async () => {
  const family = await openWithFamily()
  const { world, familyId, curator } = family
  const olga = await family.member('parent', 'Ольга')
  const other = await family.another()
  const neighbour = await family.member('parent', 'Пётр', other)
  const stranger = world.person()
  await stranger.start()
  const anna = await world.staff('Анна', ['oktyabrsky'], 'curator')
  const visit = await planVisit(family)
  const before = await world.database.prisma.visit.findMany()

  const ids = [visit.id, familyId, '018f0000-0000-7000-8000-000000000000', 'no']
  const ways = ['visit', 'visits', 'visit-ics', 'f-visit', 'f-visits', 'my-visits']
  for (const chat of [neighbour, stranger, anna])
    for (const way of ways)
      for (const id of ids) {
        expect(await chat.byHand(`-.${way}.${id}`), `${way} ${id}`).not.toBe('expired')
        expect(chat.text(), `${way} ${id}`).not.toMatch(/2 декабря|Ирина, куратор/)
      }

  const kinds = ['confirmed', 'other-time', 'late', 'call-me', 'code-refused', 'constructor']
  const answers = [
    ...kinds.map((kind) => `set.${kind}-99`),
    'set.confirmed',
    'set.late-',
    'set.code-refused-0',
  ]
  const steps = ['set.0-0', 'set.99999999999-0', 'set.1e9', 'yes.0', 'done.done', 'done.cancelled']
  const turns = ['page.999', 'page.-1', 'set.']
  const screens = [
    [olga, `-.visit.${visit.id}`, answers],
    [olga, '-.visits.', turns],
    [curator, `-.f-visit.${visit.id}`, steps],
    [curator, `-.f-visits.${familyId}`, turns],
  ] as const
  for (const [chat, screen, byHand] of screens)
    for (const data of byHand) {
      await chat.byHand(screen)
      const revision = chat.dataOf('‹ Назад').split('.')[0]
      expect(await chat.byHand(`${revision}.${data}`), `${screen} ${data}`).not.toBe('expired')
      expect(chat.buttons(chat.card()).length, `${screen} ${data}`).toBeGreaterThan(1)
    }
  expect(await world.database.prisma.visit.findMany()).toEqual(before)
  expect(await world.database.prisma.visitAnswer.count()).toBe(0)
})

/** Waits until words stand on the newest card. */
const shown = (chat: Chat, words: RegExp) => expect.poll(() => chat.text()).toMatch(words)

const labelsOn = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)
