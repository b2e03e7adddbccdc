import { expect, test } from 'vitest'
import { storedAccount } from '#test/support/accounts.ts'
import { openWithFamily } from '#test/support/family.ts'
import { minorAnswers, minorSubmits, submitAsParent } from '#test/support/intake.ts'
import { openDesk } from '#test/support/pushes.ts'
import { openWithRequest } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

test('after Submit: who reads it by when, what comes next by when, and what one can do meanwhile', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  expect(olga.text()).toMatch(
    /Сейчас: обращение у нас\. Прочитает Анна, сегодня до 18:00\.\nДальше: комиссия .*\nСрок: до вторника, 1 декабря/,
  )
  expect(olga.text()).toMatch(/Никто из центра не придёт домой, пока не договорится с вами/)
  expect(olga.text()).not.toMatch(/возьм|умолчанию|консилиум/)
  const labels = olga.buttons(olga.card()).map(({ text }) => text)
  expect(labels).toEqual(expect.arrayContaining(['Что делать сегодня', 'Чего боятся чаще всего', 'Все шаги']))
  await olga.play([
    ['Все шаги', /○ специалисты обсуждают, чем помочь/],
    ['‹ Назад', 'status'],
    ['/menu', /Прочитает Анна, сегодня до 18:00\.\nКомиссия решит, чем помочь, до вторника, 1 декабря\./],
  ])
  // What the receipt offers is still there the next day, from the menu and from the state.
  world.clock.forward(24 * 60 * 60_000)
  for (const command of ['/menu', '/status']) {
    await olga.say(command)
    const later = olga.buttons(olga.card()).map(({ text }) => text)
    expect(later).toEqual(expect.arrayContaining(['Что делать сегодня', 'Чего боятся чаще всего']))
  }
})

test('a minor reads that nobody comes home without telling them; at night it is the next morning', async () => {
  const world = await openWorld({ at: '2026-11-27T20:00:00Z' })
  await world.staff('Анна', ['leninsky'], 'intake', { dutyHours: { mon: ['09:00', '18:00'] } })
  const dasha = world.person()
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  expect(dasha.text()).toMatch(/Прочитает Анна, в понедельник, 30 ноября, с 9:00/)
  expect(dasha.text()).toMatch(/Никто из центра не придёт домой, пока мы не скажем об этом тебе/)
  expect(dasha.text()).toMatch(/Первыми не напишем\. Заглядывай сюда: ответ будет в меню/)
})

test('unread words come first in the menu, also where pushes are off; once read they are gone', async () => {
  const { world, key, anna, olga, path } = await openWithRequest()
  await world.database.prisma.person.updateMany({
    where: { account: storedAccount(olga) },
    data: { pushMode: 'none' },
  })
  await anna.tap('Взять')
  await olga.play([['/menu', /Прочитает Анна|Вам помогает Анна/]])
  await key.post(`${path}/messages`, { text: 'Здравствуйте, Ольга.' })
  await olga.play([
    ['/menu', /Вам ответили\./],
    ['Прочитать', /Здравствуйте, Ольга/],
    ['/menu', /Вам помогает Анна, специалист/],
  ])
  expect(olga.text()).not.toMatch(/Вам ответили/)
  const refused = { outcome: 'refused', decision: { reason: 'Нет оснований', instead: 'Позвоните в школу' } }
  await key.post(`${path}/transition`, { to: 'closed', ...refused })
  await olga.play([
    ['/menu', /По вашему обращению есть решение/],
    ['Что решили', /Нет оснований/],
  ])
})

test('a family: the next meeting and the next step with its date', async () => {
  const opened = await openWithFamily()
  const olga = await opened.member('parent', 'Ольга')
  const desk = await openDesk(opened)
  await desk.visit('2026-12-03T12:00:00Z')
  await opened.key.post(`${opened.path}/transition`, { to: 'analysis' })
  await olga.play([['/menu', /Ближайшая встреча: в четверг, 3 декабря, в 15:00/]])
  await opened.key.post(`${opened.path}/members/${olga.memberId}/messages`, { text: 'Добрый день' })
  await olga.play([['/menu', /Вам ответили[\s\S]*\nБлижайшая встреча/]])
})

test('a call that was noted is a human word', async () => {
  const { world, anna, path } = await openWithRequest()
  await anna.play([
    ['Взять', /Взято вами/],
    ['Поговорили по телефону', /Взято вами/],
  ])
  const requestId = path.split('/').at(-1) ?? ''
  const promise = await world.database.prisma.readingPromise.findFirstOrThrow({ where: { requestId } })
  expect(promise.endedAt).not.toBeNull()
})

test('in English', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  await olga.play([
    ['/language', 'language'],
    ['English', 'language'],
    [
      '/status',
      /Now: we have the request\. Анна will read it today, by 18:00\.\nNext: a commission .*\nBy when: Tuesday, 1 December/,
    ],
    ['/menu', /A commission decides how to help by Tuesday, 1 December\./],
  ])
})
