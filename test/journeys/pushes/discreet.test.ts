import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openDesk } from '#test/support/pushes.ts'

test('a discreet push says only that there is news, and a person without pushes gets none', async () => {
  const family = await openWithFamily()
  const { key, path } = family
  const olga = await family.member('parent', 'Ольга')
  const pavel = await family.member('representative', 'Павел')
  await olga.play([
    ['/settings', 'settings'],
    ['Какие уведомления', 'push-mode'],
    ['Скрытые', /Уведомления скрытые/],
  ])
  await pavel.play([
    ['/settings', 'settings'],
    ['Какие уведомления', 'push-mode'],
    ['Никаких', /Уведомлений нет/],
  ])
  const before = pavel.messages().length
  const from = olga.messages().length
  const desk = await openDesk(family)
  const visit = await desk.visit('2026-11-30T12:00:00Z')
  await desk.settled()
  await desk.move(visit, '2026-12-01T12:00:00Z')
  expect(
    await key.post(`${path}/members/${olga.memberId}/messages`, { text: 'Возьмите паспорт' }),
  ).toMatchObject({
    status: 201,
  })
  await desk.settled()
  await desk.cancel(visit)
  await desk.comes('2026-11-30T12:00:05Z')

  const told = olga.messages().slice(from)
  expect(told.length).toBeGreaterThanOrEqual(4)
  // The same words and the same button, whatever it is about.
  for (const message of told) {
    expect(message.text).toBe('У вас новое сообщение.')
    expect(olga.buttons(message).map(({ text }) => text)).toEqual(['Посмотреть'])
  }
  expect(pavel.messages()).toHaveLength(before)
  expect(new Set(await desk.statuses())).toEqual(new Set(['sent', 'dropped']))
})
