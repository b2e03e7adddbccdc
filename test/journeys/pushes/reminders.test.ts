import { expect, test } from 'vitest'
import { openDoorCode } from '#features/visits/visit-content.ts'
import { createSealer } from '#storage/seal.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openDesk, secret } from '#test/support/pushes.ts'
import { testKeys } from '#test/support/world.ts'

const countOf = (text: string, part: string): number => text.split(part).length - 1

test('a family is reminded a day and two hours before, once each, and never of outdated facts', async () => {
  const family = await openWithFamily()
  const { world } = family
  const olga = await family.member('parent', 'Ольга')
  const dasha = await family.member('minor', 'Даша')
  const desk = await openDesk(family)
  const visit = await desk.visit('2026-11-26T12:00:00Z')
  await desk.settled()
  expect(olga.text()).toBe('Новая встреча: завтра, в четверг, 26 ноября, в 15:00.')
  // A minor's phone says nothing until they wish it.
  expect(dasha.text()).toBe('У тебя новое сообщение.')

  const dayBefore = 'Напоминание: завтра, в четверг, 26 ноября, в 15:00 – встреча.'
  await desk.comes('2026-11-25T11:58:00Z')
  expect(olga.allText()).not.toContain('Напоминание')
  await desk.comes('2026-11-25T12:00:01Z')
  expect(olga.text()).toBe(dayBefore)
  await desk.comes('2026-11-26T10:00:01Z')
  expect(olga.text()).toBe('Напоминание: сегодня в 15:00 – встреча.')
  // Looked for again and again, each was sent once.
  await desk.comes('2026-11-26T10:05:00Z')
  expect(countOf(olga.allText(), 'Напоминание')).toBe(2)
  expect(countOf(dasha.allText(), 'У тебя новое сообщение')).toBe(3)
  expect(await desk.statuses('visit-day')).toEqual(['sent', 'sent'])
  expect(await desk.statuses('visit-hours')).toEqual(['sent', 'sent'])

  // Each of them can be found again, to say that the visit was moved.
  const cards = await world.database.prisma.visitCard.findMany({ where: { visitId: visit.id } })
  expect(cards.map(({ version }) => version)).toEqual([0, 0, 0, 0, 0, 0])

  const code = openDoorCode(createSealer(testKeys), visit)
  for (const chat of [olga, dasha])
    for (const given of [code, secret.place, secret.note, 'Ирина', 'обследование'])
      expect(
        chat.messages().filter(({ text }) => /встреч|новое сообщение/i.test(text ?? '')),
      ).not.toContainEqual(expect.objectContaining({ text: expect.stringContaining(given) }))
})

test('a moved visit is reminded of only at its new time, a cancelled or past one never, also after an outage', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const dasha = await family.member('minor', 'Даша')
  const desk = await openDesk(family)
  const first = await desk.visit('2026-11-27T12:00:00Z')
  const cancelled = await desk.visit('2026-11-27T14:00:00Z')
  const adults = await desk.visit('2026-11-27T16:00:00Z', { audience: 'adults' })
  await desk.settled()
  await desk.move(first, '2026-11-30T12:00:00Z')
  await desk.cancel(cancelled)
  await desk.settled()
  expect(olga.allText()).toContain('Встреча перенесена. Новое время: в понедельник, 30 ноября, в 15:00.')
  expect(olga.allText()).toContain('Встречи не будет: в пятницу, 27 ноября, в 17:00.')

  // The day before went by while nothing ran: what is left to say is said, and of what is past nothing.
  const before = dasha.messages().length
  await desk.comes('2026-11-27T13:00:00Z')
  expect(await desk.statuses('visit-day')).toEqual(['sent'])
  expect(olga.text()).toBe('Напоминание: сегодня в 19:00 – встреча.')
  await desk.comes('2026-11-27T16:30:00Z')
  expect(await desk.statuses('visit-hours')).toEqual([])
  expect(dasha.messages()).toHaveLength(before)
  const left = await family.world.database.prisma.visitReminder.count({ where: { dispatchedAt: null } })
  expect(left).toBe(2)

  await desk.comes('2026-11-29T12:00:05Z')
  expect(olga.text()).toBe('Напоминание: завтра, в понедельник, 30 ноября, в 15:00 – встреча.')

  // Former members get no reminders, even if one was enqueued long before.
  const member = `/families/${family.familyId}/members/${olga.memberId}`
  expect(await family.key.delete(member)).toMatchObject({ status: 204 })
  await desk.comes('2026-11-30T10:00:05Z')
  expect(olga.allText()).not.toContain('сегодня в 15:00')
  expect(dasha.text()).toBe('У тебя новое сообщение.')
  expect(adults.audience).toBe('adults')
})

test('no push comes in the middle of a question; it waits ten minutes at most', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openDesk(family)
  await desk.visit('2026-11-26T12:00:00Z')
  await desk.settled()
  await olga.play([
    ['/settings', 'settings'],
    ['Тихие часы', 'quiet-hours'],
  ])
  const { clock } = family.world
  clock.set('2026-11-25T11:59:50Z')
  await olga.say('ночью')
  await desk.comes('2026-11-25T12:00:10Z')
  expect(await desk.statuses('visit-day')).toEqual(['waiting'])
  clock.set('2026-11-25T12:05:00Z')
  await olga.say('не знаю')
  await desk.settled()
  expect(await desk.statuses('visit-day')).toEqual(['waiting'])
  // They write on; ten minutes are over, and it is told.
  clock.set('2026-11-25T12:10:30Z')
  await olga.say('опять не так')
  await desk.settled()
  expect(await desk.statuses('visit-day')).toEqual(['sent'])

  // The next one finds the question answered.
  clock.set('2026-11-26T09:59:50Z')
  await olga.play([
    ['/settings', 'settings'],
    ['Тихие часы', 'quiet-hours'],
  ])
  await desk.comes('2026-11-26T10:00:10Z')
  expect(await desk.statuses('visit-hours')).toEqual(['waiting'])
  // The push that waited may come at once, below the card.
  await olga.tap('С 22:00 до 7:00')
  expect(olga.allText()).toMatch(/Настройки[\s\S]*22:00/)
  await desk.settled()
  expect(await desk.statuses('visit-hours')).toEqual(['sent'])
})
