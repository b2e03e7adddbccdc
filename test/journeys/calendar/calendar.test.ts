import nodeIcal from 'node-ical'
import type { When } from '#features/plan/plan-document.ts'
import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { aPlan, anActivity, publish } from '#test/support/plan.ts'
import type { World } from '#test/support/world.ts'

/** The last document sent by the bot, as text. */
const fileOf = ({ telegram }: World, chat: Chat): { name: string; text: string } => {
  const document = chat.messages().findLast((message) => message.document)?.document
  if (!document) throw new Error('no document in the chat')
  const file = telegram.file(document.file_id)
  return { name: document.file_name ?? '', text: Buffer.from(file?.bytes ?? []).toString() }
}

test('a visit and an activity are exported as files, without names unless requested', async () => {
  const { world, key, path, curatorId, member, another } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const made = await key.post(`${path}/visits`, {
    staffId: curatorId,
    startsAt: '2026-12-03T12:00:00Z',
    minutes: 60,
    purpose: 'regular',
    audience: 'family',
    place: 'Школа № 7',
  })
  const { id } = made.body as { id: string }
  const when: When = {
    kind: 'weekly',
    from: '2026-12-01',
    until: '2026-12-31',
    every: 1,
    days: ['wed'],
    at: '15:00',
  }
  const ids = await publish(key, path, aPlan([anActivity('one', { when })]))

  for (const news of [/Новая встреча/, /В плане есть новое/])
    await expect.poll(() => olga.allText()).toMatch(news)
  await olga.byHand(`-.visit-ics.${id}`)
  await olga.play([['Только время', /^Файл – выше/]])
  const plain = fileOf(world, olga)
  expect(plain.name).toBe('Встреча.ics')
  expect(plain.text).toContain('METHOD:PUBLISH')
  expect(plain.text).toContain('SUMMARY:Встреча\r\n')
  expect(plain.text).not.toMatch(/Ирина|Школа/)
  await olga.tap('С именем и местом')
  const named = fileOf(world, olga)
  expect(named.text).toContain('SUMMARY:Ирина: обычная встреча\r\nLOCATION:Школа № 7\r\n')

  await olga.byHand(`-.activity-ics.${ids.one}`)
  await olga.tap('Только время')
  const events = Object.values(nodeIcal.sync.parseICS(fileOf(world, olga).text))
  const event = events.find((one) => one?.type === 'VEVENT')
  expect(event?.type === 'VEVENT' && event.rrule?.all().map((day) => day.toISOString())).toEqual(
    ['02', '09', '16', '23', '30'].map((day) => `2026-12-${day}T12:00:00.000Z`),
  )

  const headers = { 'if-match': '*' }
  await key.call('PATCH', `${path}/visits/${id}`, { body: { place: 'Центр' }, headers })
  await key.call('POST', `${path}/visits/${id}/cancel`, { body: { reason: 'ill' }, headers })
  await expect.poll(() => olga.text()).toMatch(/^Встречи не будет/)
  await olga.byHand(`-.visit-ics.${id}`)
  await olga.tap('Только время')
  expect(fileOf(world, olga).text).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:2[\s\S]*STATUS:CANCELLED/)

  // Another family's id, a made-up one, or none: nothing is revealed.
  const stranger = await member('parent', 'Пётр', await another())
  const before = stranger.messages().filter((one) => one.document).length
  for (const data of [`-.visit-ics.${id}`, `-.activity-ics.${ids.one}`, '-.visit-ics.no'])
    await stranger.byHand(data)
  expect(stranger.allText()).not.toContain('Что написать в календаре')
  expect(stranger.messages().filter((one) => one.document)).toHaveLength(before)

  // Without a public URL there is no subscription, and the bot says so.
  await olga.byHand('-.calendar.')
  olga.sees('calendar')
  olga.sees(/Такой ссылки у центра пока нет/)
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Получить ссылку')
})
