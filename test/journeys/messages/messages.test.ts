import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { makeDue } from '#test/support/rows.ts'
import { callsTo } from '#test/support/telegram-calls.ts'

const cards = (chat: Chat, pattern = /новое сообщение\./g) => chat.allText().match(pattern)?.length ?? 0

test('a parent and the curator exchange messages, with delivery and read status', async () => {
  const { world, member, curator, supervisor, path, familyId } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    ['Написать', 'messages-write'],
    ['‹ Назад', 'messages'],
    [{ words: 'Можно перенести встречу?' }, /^✓ Отправлено\.\n\nПрочитает Ирина, сегодня до 18:00/],
  ])
  await expect.poll(() => curator.text()).toMatch(/^Семья № \d+: новое сообщение\.$/)
  expect(curator.allText()).not.toMatch(/перенести|Ольга/)
  await olga.play([['/messages', /Вы, 25 ноября, 10:00 ✓\n.*перенести/]])
  expect(olga.text()).not.toContain('✓✓\n')

  await curator.play([
    ['Открыть', /Семья № \d+: Ольга, родитель\n\nОльга, 25 ноября, 10:00\nМожно перенести/],
    ['Ответить', 'thread-write'],
    [{ words: 'Да, на пятницу.' }, /Отправлено[\s\S]*Ирина, 25 ноября, 10:00\nДа, на пятницу/],
  ])
  await expect.poll(() => olga.text()).toBe('Вам написали.')
  expect(olga.text()).not.toMatch(/пятницу|Ирина/)
  await olga.play([['Посмотреть', /10:00 ✓✓\n.*перенести[\s\S]*Ирина, 25 ноября, 10:00\nДа, на пятницу/]])
  await curator.play([['Вся семья', 'f-thread']])
  await curator.tap('Ольга')
  expect(curator.text()).toMatch(/Ирина, 25 ноября, 10:00 ✓✓\nДа, на пятницу/)

  // The curator's accesses are audited; a supervisor may read, too, and no other staff.
  const audited = await world.database.prisma.auditEntry.count({
    where: { action: 'family.messages', familyId },
  })
  expect(audited).toBeGreaterThanOrEqual(4)
  await supervisor.byHand(`-.f-thread.${familyId}`)
  supervisor.sees('f-thread')
  const stranger = await world.staff('Пётр', ['oktyabrsky'], 'curator')
  const intake = await world.staff('Анна', ['leninsky'], 'intake')
  for (const other of [stranger, intake]) {
    await other.byHand(`-.f-thread.${familyId}`)
    await other.byHand(`-.thread.${olga.memberId}`)
    expect(other.allText()).not.toMatch(/пятницу|Ольга/)
  }
  expect(path).toContain(familyId)
})

test('each member has a separate conversation, whose existence is hidden from the rest of the family', async () => {
  const { world, member, curator, another, key, path } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const petr = await member('representative', 'Пётр')
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    ['/messages', /Родителям не показываем, но в телефоне это видно/],
    [{ words: 'Мне грустно дома.' }, /^✓ Отправлено/],
  ])
  await expect.poll(() => cards(curator)).toBe(1)
  await curator.play([
    ['Открыть', /Даша, подросток/],
    ['Ответить', 'thread-write'],
    [{ words: 'Давай поговорим завтра.' }, 'thread'],
  ])
  await expect.poll(() => dasha.text()).toBe('У тебя новое сообщение.')
  const { id } = await world.database.prisma.message.findFirstOrThrow({ where: { author: 'member' } })
  for (const adult of [olga, petr]) {
    await adult.play([['/messages', /Здесь пока пусто/]])
    await adult.byHand(`-.thread.${dasha.memberId}`)
    await adult.say('/messages')
    const [revision] = adult.dataOf('Написать').split('.')
    await adult.byHand(`${revision}.file.${id}`)
    expect(adult.allText()).not.toMatch(/грустно|поговорим|Даша|новое сообщение|написали/)
  }
  await dasha.play([['Посмотреть', /грустно[\s\S]*поговорим/]])

  // Another family of the same parent is another conversation.
  const second = await another()
  const added = await key.post(`${second}/members`, { role: 'parent', name: 'Ольга' })
  await olga.start(new URL((added.body as { link: string }).link).searchParams.get('start') ?? '')
  await olga.tap('Войти')
  await olga.play([
    ['/messages', /Здесь пока пусто/],
    [{ words: 'Вопрос о второй семье' }, /Отправлено/],
  ])
  await olga.byHand(`-.messages.${path.slice('/families/'.length)}`)
  expect(olga.text()).toMatch(/Здесь пока пусто/)
  // Words that were meant for a family that the person was removed from reach nobody.
  await world.database.prisma.familyMember.update({
    where: { id: olga.memberId },
    data: { removedAt: world.clock.now() },
  })
  await olga.say('Это уже никому')
  expect(olga.text()).toMatch(/Такого здесь нет/)
  expect(await world.database.prisma.message.count({ where: { author: 'member' } })).toBe(2)
})

test('outside of duty hours the family learns when the curator is back, and one card waits per night', async () => {
  const { world, member, curator, key, curatorId, path } = await openWithFamily()
  const hours = { wed: ['09:00', '18:00'], thu: ['09:00', '18:00'] }
  const { headers } = await key.get(`/staff/${curatorId}`)
  const revision = headers.get('etag') ?? '*'
  expect(
    await key.patch(`/staff/${curatorId}`, { dutyHours: hours }, { 'if-match': revision }),
  ).toMatchObject({
    status: 200,
  })
  const olga = await member('parent', 'Ольга')
  await olga.play([['/messages', /Прочитает Ирина, сегодня до 18:00/]])
  world.clock.forward(11 * 3_600_000)
  await olga.play([
    [{ words: 'Ночью' }, /Прочитает Ирина, в четверг, 26 ноября, с 9:00/],
    [{ words: 'И ещё' }, /Отправлено/],
  ])
  expect(cards(curator)).toBe(0)
  expect(olga.text()).not.toContain('✓\n')
  world.clock.forward(12 * 3_600_000)
  expect(await makeDue(world.database, 'family-card')).toBe(1)
  await expect.poll(() => cards(curator)).toBe(1)
  await olga.play([['/messages', /✓\nНочью[\s\S]*✓\nИ ещё/]])

  // Away, or not named yet: intake reads, and it is said.
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const now = world.clock.now()
  const until = new Date(now.getTime() + 86_400_000)
  await world.database.prisma.staffAbsence.create({ data: { staffId: curatorId, from: now, until } })
  world.clock.forward(120_000)
  await olga.play([
    [{ words: 'Кто-нибудь есть?' }, /Куратора сейчас нет\. Прочитает специалист по приёму, сегодня до 18:00/],
  ])
  await expect.poll(() => cards(anna)).toBe(1)
  await anna.play([['Открыть', /Кто-нибудь есть/]])
  await world.database.prisma.family.update({
    where: { id: path.slice('/families/'.length) },
    data: { curatorId: null },
  })
  world.clock.forward(120_000)
  await olga.play([
    [{ words: 'И теперь?' }, /^✓ Отправлено\.\n\nПрочитает специалист по приёму, сегодня до 18:00/],
  ])
  await expect.poll(() => cards(anna)).toBe(2)
})

test('an alarming word: helplines at once, an urgent card for curator and supervisors, and never a block', async () => {
  const { world, key, member, curator, supervisor, curatorId } = await openWithFamily()
  const put = await key.call('PUT', '/alarming-words', { body: { words: ['умереть', 'суицид*'] } })
  expect(put).toMatchObject({ status: 200 })
  await world.database.prisma.staffMember.update({
    where: { id: curatorId },
    data: { dutyHours: { fri: ['09:00', '18:00'] } },
  })
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Я хочу уmереть' }, /Хорошо, что ты пишешь об этом[\s\S]*8-800-2000-122[\s\S]*отправлено/],
    [{ words: 'Правда' }, /^✓ Отправлено/],
    ['/messages', /уmереть[\s\S]*Правда/],
  ])
  for (const chat of [curator, supervisor]) {
    await expect.poll(() => chat.allText()).toMatch(/Срочно\. Семья № \d+: в сообщении есть тревожное слово/)
    expect(chat.allText()).not.toMatch(/уmереть/)
  }
  await supervisor.play([['Открыть', /Даша, 25 ноября, 10:00\nТревожное слово\nЯ хочу уmереть/]])
  expect(dasha.text()).not.toMatch(/Тревожное слово/)
})

test('long conversations span pages, without gaps', async () => {
  const { member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.say('/messages')
  const signs = ['а', '<', '😀', ...Array.from({ length: 14 }, (_, index) => `№${index + 10}`)]
  for (const sign of signs) await olga.say([...sign].length === 1 ? sign.repeat(2000) : sign)
  await olga.say('д'.repeat(4096))
  let seen = olga.text()
  while (olga.buttons(olga.card()).some(({ text }) => text === '‹ Предыдущие')) {
    await olga.tap('‹ Предыдущие')
    seen += olga.text()
  }
  expect(seen.split('д').length).toBeGreaterThan(4096)
  for (const sign of ['а', '<', '😀']) expect(seen.split(sign).length).toBeGreaterThanOrEqual(2001)
  for (const sign of signs.slice(3)) expect(seen).toContain(sign)
  expect(callsTo(olga.telegram, olga.id, 'sendMessage').length).toBeGreaterThan(1)
})
