import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openDesk } from '#test/support/pushes.ts'
import { storedAccount } from '#test/support/accounts.ts'

test('a person who blocked the bot gets nothing, the curator learns of it once, and one summary follows on return', async () => {
  const family = await openWithFamily()
  const { world, key, path, curator } = family
  const olga = await family.member('parent', 'Ольга')
  const desk = await openDesk(family)
  const { prisma } = world.database
  world.telegram.block(olga.id)
  const moved = await desk.visit('2026-11-30T12:00:00Z')
  await desk.settled()
  await expect.poll(() => curator.allText()).toMatch(/Семья № \d+: сообщения не доходят/)
  const person = () => prisma.person.findUniqueOrThrow({ where: { account: storedAccount(olga) } })
  expect((await person()).unreachableSince).not.toBeNull()

  const cancelled = await desk.visit('2026-12-01T12:00:00Z')
  await desk.move(moved, '2026-12-02T12:00:00Z')
  await desk.cancel(cancelled)
  const past = await desk.visit('2026-11-25T09:00:00Z')
  for (const text of ['Возьмите паспорт', 'И полис'])
    expect(await key.post(`${path}/members/${olga.memberId}/messages`, { text })).toMatchObject({
      status: 201,
    })
  await desk.comes('2026-11-25T12:00:00Z')
  expect(past.status).toBe('planned')
  // A push decided after its visit moved again is irrelevant, and need not be held.
  expect(new Set([...(await desk.statuses()), 'dropped'])).toEqual(new Set(['held', 'dropped']))
  expect(curator.allText().match(/сообщения не доходят/g)).toHaveLength(1)
  expect(await prisma.webhookEvent.count({ where: { type: 'family.unreachable' } })).toBe(0)

  world.telegram.unblock(olga.id)
  const before = olga.messages().length
  await olga.start()
  await desk.settled()
  const told = olga
    .messages()
    .slice(before)
    .filter(({ text }) => text?.startsWith('Пока вас не было'))
  // The moved visit counts once, as it is now; the cancelled one as cancelled; the one that is over not at all.
  expect(told.map(({ text }) => text)).toEqual(['Пока вас не было:\n• 2 встречи\n• 2 сообщения'])
  expect(olga.buttons(olga.card()).map(({ text }) => text)).toEqual([
    'Кто и когда придёт',
    'Написать куратору',
  ])
  expect((await person()).unreachableSince).toBeNull()
  expect(await desk.statuses()).not.toContain('held')

  // Once: the next input tells nothing again, and what comes now comes as usual.
  await olga.say('/menu')
  await desk.visit('2026-12-03T12:00:00Z')
  await desk.settled()
  expect(olga.text()).toBe('Новая встреча: в четверг, 3 декабря, в 15:00.')
  expect(olga.allText().match(/Пока вас не было/g)).toHaveLength(1)
})

test('a minor who comes back learns that there is news, but not of what kind, or how much', async () => {
  const family = await openWithFamily()
  const { world } = family
  const dasha = await family.member('minor', 'Даша')
  const desk = await openDesk(family)
  world.telegram.block(dasha.id)
  await desk.visit('2026-11-30T12:00:00Z')
  await desk.settled()
  await desk.visit('2026-12-01T12:00:00Z')
  await desk.settled()
  world.telegram.unblock(dasha.id)
  await dasha.start()
  await desk.settled()
  expect(dasha.text()).toBe('У тебя новое сообщение.')
  await dasha.play([['Посмотреть', /^Привет/]])
})
