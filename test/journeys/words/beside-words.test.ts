import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

test('remarks of Telegram about the chat get no answer', async () => {
  const { member, world } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const shown = olga.messages().length
  const remarks = [
    { message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } },
    { chat_background_set: { type: { type: 'wallpaper' } } },
    { pinned_message: { message_id: 1, date: 0, chat: { id: olga.id, type: 'private' } } },
    { boost_added: { boost_count: 1 } },
  ]
  for (const remark of remarks) olga.telegram.sendAny(olga.id, remark)
  await olga.settle()
  expect(olga.messages().length).toBe(shown + remarks.length)
  expect(await world.database.prisma.message.count()).toBe(0)
})

test('a shared position: the first place is sent, later ones follow quietly, every five minutes', async () => {
  const { member, world, curator } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const place = { latitude: 45.04, longitude: 41.97, live_period: 900 }
  const { message_id } = olga.telegram.sendAny(olga.id, { location: place })
  await olga.settle()
  expect(olga.text()).toMatch(/^✓ Отправлено\. Прочитает Ирина/)
  await expect.poll(() => curator.allText()).toMatch(/новое сообщение/)
  const shown = olga.messages().length
  const told = curator.messages().length
  for (let step = 1; step <= 12; step += 1) {
    world.clock.forward(30_000)
    olga.telegram.move(olga.id, message_id, 45.04 + step / 1000, 41.97)
    await olga.settle()
  }
  expect(olga.messages().length).toBe(shown)
  expect(curator.messages().length).toBe(told)
  expect(await world.database.prisma.message.count()).toBe(2)
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.text()).toMatch(
    /Место на карте:\n.*pt=41\.970000,45\.040000[\s\S]*обновлено в 10:05:\n.*pt=41\.970000,45\.050000/,
  )
})

test('the place of somebody with a request moves, too', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await submitAsParent(olga)
  const { message_id } = olga.telegram.sendAny(olga.id, {
    location: { latitude: 45.04, longitude: 41.97, live_period: 900 },
  })
  await olga.settle()
  world.clock.forward(300_000)
  olga.telegram.move(olga.id, message_id, 46, 42)
  await olga.settle()
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.text()).toMatch(/обновлено в 12:05:\n.*pt=42\.000000,46\.000000/)
})

test('a position that moves on when nobody reads it any more changes nothing on the screen', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const olga = world.person()
  await submitAsParent(olga)
  const { message_id } = olga.telegram.sendAny(olga.id, {
    location: { latitude: 45.04, longitude: 41.97, live_period: 3600 },
  })
  await olga.settle()
  await olga.play([
    ['/status', 'status'],
    ['Отозвать', 'withdraw'],
    ['Да, отозвать', 'status'],
    ['Попросить о помощи', 'question.applicant'],
  ])
  const shown = olga.messages().length
  world.clock.forward(300_000)
  olga.telegram.move(olga.id, message_id, 46, 42)
  await olga.settle()
  olga.sees('question.applicant')
  expect(olga.messages().length).toBe(shown)
})

test('a position that moves on under the crisis card leaves it: the next words are still a cry for help', async () => {
  const { member, world } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const place = { latitude: 45.04, longitude: 41.97, live_period: 900 }
  const { message_id } = olga.telegram.sendAny(olga.id, { location: place })
  await olga.settle()
  await olga.play([
    ['/start', 'home'],
    ['Срочная помощь', 'crisis'],
  ])
  olga.telegram.move(olga.id, message_id, 45.05, 41.97)
  await olga.settle()
  await olga.play([[{ words: 'он ломает дверь' }, /Не открывайте\. Заприте дверь/]])
  expect(await world.database.prisma.message.count({ where: { author: 'member' } })).toBe(2)
})

test('an edited message is a new line «Исправлено», and the former words stay', async () => {
  const { member, curator } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.say('буду в пять')
  const own = olga.messages().findLast(({ by }) => by === 'person')
  olga.telegram.edit(olga.id, own?.message_id ?? 0, 'буду в шесть')
  await olga.settle()
  expect(olga.text()).toMatch(/^✓ Отправлено/)
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.text()).toMatch(/буду в пять[\s\S]*Исправлено:\nбуду в шесть/)
})
