import { expect, test } from 'vitest'
import { storedAccount } from '#test/support/accounts.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openOffice } from '#test/support/office.ts'
import { timePasses } from '#test/support/waiting.ts'

// A member's message in their conversation is promised to be read by a time, too.

test('a message that nobody reads: we say so to the member and the supervisor, until somebody opens it', async () => {
  const { world, curator, supervisor, member } = await openWithFamily()
  const office = await openOffice(world)
  const comes = (at: string) => timePasses(world, office, at)
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/menu', 'home'],
    [{ words: 'Мне нужна справка' }, /Прочитает Ирина, сегодня до 18:00/],
  ])
  await comes('2026-11-25T15:01:00Z')
  expect(supervisor.text()).toMatch(/Мы опаздываем\. Семья № 1: сообщение не прочитано/)
  expect(olga.text()).toMatch(/новое сообщение/)
  await olga.play([
    [
      'Посмотреть',
      /Мы опаздываем, извините\. Обещали прочитать в среду, 25 ноября, до 18:00, и не прочитали/,
    ],
    ['/menu', /Мы опаздываем с ответом, извините\. Об этом знает старший специалист: Елена/],
  ])
  const told = olga.allText().match(/новое сообщение/g)?.length
  await curator.play([['Открыть', /Мне нужна справка/]])
  await comes('2026-11-26T15:01:00Z')
  await comes('2026-11-27T15:01:00Z')
  expect(olga.allText().match(/новое сообщение/g)).toHaveLength(told ?? 0)
  expect(supervisor.allText().match(/Мы опаздываем/g)).toHaveLength(1)
  await olga.play([['/messages', 'messages']])
  expect(olga.text()).not.toMatch(/опаздываем/)
})

test('quiet hours and «не писать» are obeyed; the supervisor learns of it all the same', async () => {
  const { world, supervisor, member, curatorId } = await openWithFamily()
  const office = await openOffice(world)
  await world.database.prisma.staffMember.update({
    where: { id: curatorId },
    data: { dutyHours: { wed: ['14:00', '22:30'] } },
  })
  const [olga, petr] = [await member('parent', 'Ольга'), await member('parent', 'Пётр')]
  for (const chat of [olga, petr])
    await chat.play([
      ['/messages', 'messages'],
      [{ words: 'Можно перенести встречу?' }, /Отправлено/],
    ])
  await world.database.prisma.person.update({
    where: { account: storedAccount(petr) },
    data: { pushMode: 'none' },
  })
  const before = [olga, petr].map((chat) => chat.messages().length)
  await timePasses(world, office, '2026-11-25T19:31:00Z')
  expect(supervisor.allText().match(/Мы опаздываем/g)).toHaveLength(2)
  expect([olga, petr].map((chat) => chat.messages().length)).toEqual(before)
  await timePasses(world, office, '2026-11-26T05:01:00Z')
  expect([olga, petr].map((chat) => chat.messages().length)).toEqual([(before[0] ?? 0) + 1, before[1]])
})

test('short messages in a row get one line each, and after a minute the whole card again', async () => {
  const { world, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/menu', 'home'],
    [{ words: 'я дома' }, /^✓ Отправлено\. Прочитает Ирина, сегодня до 18:00[\s\S]*Ирина/],
    [{ words: 'дети спят' }, /^✓ Отправлено, это тоже прочитают\.$/],
    [{ words: 'жду' }, /^✓ Отправлено, это тоже прочитают\.$/],
  ])
  expect(await world.database.prisma.message.count()).toBe(3)
  world.clock.forward(61_000)
  await olga.play([[{ words: 'и ещё' }, /Прочитает Ирина, сегодня до 18:00/]])
  // Danger is never an aside.
  await olga.play([[{ words: 'он меня бьёт' }, /112/]])
})
