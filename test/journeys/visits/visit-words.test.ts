import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { planVisit, told } from '#test/support/visits.ts'

// People type where a button would do: as a reply to the push, or on the visit's card.

const open = async () => {
  const family = await openWithFamily()
  const { world } = family
  const olga = await family.member('parent', 'Ольга')
  const visit = await planVisit(family)
  await told(olga, /Новая встреча/)
  const push = olga.messages().findLast(({ text }) => text?.startsWith('Новая встреча'))
  // The message is recorded once it is sent.
  await expect.poll(() => world.database.prisma.push.count({ where: { status: 'sent' } })).toBe(1)
  const replies = async (text: string, to = push) => {
    olga.telegram.reply(olga.id, to?.message_id ?? 0, text)
    await olga.settle()
  }
  const answers = async () =>
    (await world.database.prisma.visitAnswer.findMany({ orderBy: { at: 'asc' } })).map(({ kind }) => kind)
  const messages = () => world.database.prisma.message.count()
  return { ...family, olga, visit, push, replies, answers, messages }
}

const times = (chat: Chat) =>
  chat.buttons(chat.card()).filter(({ text }) => /^(пн|вт|ср|чт|пт), /.test(text)).length

test('«не смогу в четверг» as a reply: the words reach the curator, and the free hours are there', async () => {
  const { olga, curator, visit, replies, answers } = await open()
  await olga.say('/menu')
  await replies('не смогу в среду, работаю')
  olga.sees(/Передано куратору вашими словами[\s\S]*Пока назначено так: в среду, 2 декабря, в 15:00/)
  expect(times(olga)).toBeGreaterThan(2)
  await told(curator, /: ответ о визите в среду, 2 декабря, в 15:00/)
  await curator.play([['Открыть', /Ольга, родитель: просит другое время[\s\S]*не смогу в среду, работаю/]])
  await olga.play([
    ['чт, 26 ноября, 12:00', /Передано[\s\S]*просите другое время: в четверг, 26 ноября, в 12:00/],
  ])
  expect(await answers()).toEqual(['other-time', 'other-time'])
  await curator.byHand(`-.f-visit.${visit.id}`)
  curator.sees(/в четверг, 26 ноября, в 12:00/)
})

test.each(['другое время', 'можно в другой день', 'перенесите на вечер'])(
  '«%s» on the visit’s card opens the times; a time in words there is the answer to them',
  async (text) => {
    const { olga, push, curator, visit, answers, messages } = await open()
    await olga.tap('Посмотреть', push)
    await olga.play([
      [{ words: text }, 'visit-slots'],
      [{ words: 'в пятницу после обеда' }, /Передано куратору[\s\S]*Просьба о другом времени передана/],
    ])
    olga.sees('visit')
    expect(await answers()).toEqual(['other-time', 'other-time'])
    expect(await messages()).toBe(0)
    await curator.byHand(`-.f-visit.${visit.id}`)
    curator.sees(/в пятницу после обеда/)
  },
)

test.each(['приду', 'да', 'ок', 'Да, ждём!'])('«%s» confirms, as a reply and on the card', async (text) => {
  const { olga, replies, answers, messages } = await open()
  await replies(text)
  olga.sees(/Спасибо\. Куратору передано, что вы ждёте[\s\S]*Время подтверждено/)
  await olga.play([[{ words: text }, /Это уже передано/]])
  expect(await answers()).toEqual(['confirmed'])
  expect(await messages()).toBe(0)
})

test('«да» to the push of a time that was moved since confirms nothing, and is not lost', async () => {
  const { olga, push, replies, answers, messages, world, visit } = await open()
  await world.database.prisma.visit.update({ where: { id: visit.id }, data: { version: 2 } })
  await olga.say('/menu')
  await replies('приду', push)
  olga.sees(/^✓ Отправлено\. Прочитает Ирина/)
  expect([await answers(), await messages()]).toEqual([[], 1])
})

test('«опоздаю на 15 минут» says the minutes and keeps the words; without a number it asks for it', async () => {
  const { world, olga, push, curator, answers, messages } = await open()
  world.clock.set('2026-12-02T11:00:00Z')
  await olga.tap('Посмотреть', push)
  await olga.play([[{ words: 'опоздаю на 15 минут, пробка' }, /О задержке передано/]])
  expect([await answers(), await messages()]).toEqual([['late'], 1])
  await olga.play([
    [{ words: 'опаздываю' }, /На сколько задержка/],
    ['На 30 минут', /О задержке передано/],
  ])
  await curator.byHand(`-.thread.${olga.memberId}`)
  curator.sees(/опоздаю на 15 минут, пробка[\s\S]*опаздываю/)
})

test('danger is no answer to a visit, a question is none, and a teenager and English read it in their words', async () => {
  const family = await open()
  const { olga, replies, answers } = family
  await replies('не могу больше, он меня бьёт')
  olga.sees(/112/)
  // In a talk about danger «да» is no consent to a visit.
  await replies('да')
  expect(await answers()).toEqual([])
  const dasha = await family.member('minor', 'Даша')
  await planVisit(family, { startsAt: '2026-12-03T12:00:00Z' })
  await told(dasha, /новое сообщение/)
  await dasha.play([
    ['/visits', 'visits'],
    ['3 декабря, 15:00', 'visit'],
    [{ words: 'а кто придёт?' }, /^✓ Отправлено\. Прочитает Ирина/],
    [{ words: 'можно в другой день' }, /твоими словами[\s\S]*Когда тебе удобно/],
    ['/language', /Which language/],
    ['English', /Which language/],
  ])
})
