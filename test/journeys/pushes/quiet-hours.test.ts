import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openDesk } from '#test/support/pushes.ts'

// 21:00 to 08:00 by the region's clock (Moscow time: 18:00 to 05:00 UTC), over midnight.
test('only urgent pushes arrive in the quiet hours; the rest arrive in the morning', async () => {
  const family = await openWithFamily({ at: '2026-11-25T18:30:00Z' })
  const { world } = family
  const olga = await family.member('parent', 'Ольга')
  const pavel = await family.member('representative', 'Павел')
  await pavel.play([
    ['/settings', 'settings'],
    ['Тихие часы', 'quiet-hours'],
    ['Без тихих часов', /Тихих часов нет/],
  ])
  const desk = await openDesk(family)
  const later = await desk.visit('2026-11-30T12:00:00Z')
  await desk.settled()
  expect(pavel.text()).toMatch(/^Новая встреча/)
  expect(olga.allText()).not.toContain('Новая встреча')

  // Moved before the morning: one message of how it is now, not two.
  world.clock.set('2026-11-25T22:00:00Z')
  await desk.move(later, '2026-11-30T14:00:00Z')
  // In the morning it would be too late to learn of this one.
  const early = await desk.visit('2026-11-26T04:30:00Z')
  await desk.settled()
  expect(olga.text()).toBe('Новая встреча: сегодня в 7:30.')
  await desk.cancel(early)
  await desk.settled()
  expect(olga.text()).toBe('Встречи не будет: сегодня в 7:30.')

  await desk.comes('2026-11-26T04:59:00Z')
  expect(olga.allText()).not.toContain('30 ноября')
  await desk.comes('2026-11-26T05:00:05Z')
  expect(olga.text()).toBe('Встреча перенесена. Новое время: в понедельник, 30 ноября, в 17:00.')
  expect(olga.allText()).not.toContain('Новая встреча: в понедельник')
})

test('changed quiet hours apply at once, also to waiting pushes; each push is sent once', async () => {
  const family = await openWithFamily({ at: '2026-11-25T18:30:00Z', noise: ['push.swept'] })
  const { prisma } = family.world.database
  const olga = await family.member('parent', 'Ольга')
  const desk = await openDesk(family)
  await desk.visit('2026-11-30T12:00:00Z')
  await desk.settled()
  expect(await desk.statuses()).toEqual(['waiting'])
  // Each change of the hours enqueues another decision: more jobs than one worker takes at once.
  const { id: pushId } = await prisma.push.findFirstOrThrow()
  await desk.does(async (tx, { enqueue }) => {
    for (let n = 0; n < 25; n += 1) await enqueue(tx, 'push', { pushId })
  })
  await olga.play([
    ['/settings', /Тихие часы: с 21:00 до 8:00/],
    ['Тихие часы', 'quiet-hours'],
  ])
  // The pushes that waited follow the answer at once, so the answer need not be the newest card.
  await olga.say('с 23 до 7:30')
  await desk.settled()
  expect(olga.allText()).toMatch(/Тихие часы: с 23:00 до 7:30/)
  expect(await desk.statuses()).toEqual(['sent'])
  expect(olga.text()).toMatch(/^Новая встреча/)
  expect(olga.allText().match(/Новая встреча/g)).toHaveLength(1)

  // A push whose job was given up, as after an outage of days, is found and decided again.
  family.world.clock.set('2026-11-25T20:30:00Z')
  await desk.visit('2026-12-01T12:00:00Z')
  await desk.settled()
  await prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'push'`
  family.world.clock.set('2026-11-26T05:00:00Z')
  await desk.does((tx, { enqueue }) => enqueue(tx, 'push-sweep', {}))
  await expect.poll(() => desk.statuses()).toEqual(['sent', 'sent'])
  expect(olga.text()).toBe('Новая встреча: во вторник, 1 декабря, в 15:00.')
})

test('a person who has just written gets an answer at once; hours later it waits for the morning', async () => {
  const family = await openWithFamily({ at: '2026-11-25T18:30:00Z' })
  const olga = await family.member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Завтра не получится, можно в пятницу?' }, /Отправлено/],
    ['Меню', 'home'],
  ])
  const answer = () => family.key.post(`${family.path}/members/${olga.memberId}/messages`, { text: 'Да.' })
  const told = () => olga.allText().match(/Вам написали/g)?.length ?? 0
  expect(await answer()).toMatchObject({ status: 201 })
  await expect.poll(told).toBe(1)
  family.world.clock.forward(3 * 60 * 60_000)
  expect(await answer()).toMatchObject({ status: 201 })
  const desk = await openDesk(family)
  await desk.settled()
  expect(told()).toBe(1)
})
