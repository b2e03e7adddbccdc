import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { jsonWithoutIds } from '#test/support/texts.ts'

const mark = /МЕТКА|Человек со стороны|не подтвердилось|Негде жить|Враждебное/i

test('a parent and a teenager see at none of their doors what others told, nor categories, nor signs', async () => {
  const { world, key, path, familyId, curator, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const made = await key.post('/incoming', {
    source: 'other-person',
    receivedOn: '2026-11-24',
    from: 'МЕТКА соседка',
    words: 'МЕТКА отчим бьёт девочку',
    territory: 'leninsky',
    familyId,
  })
  expect(made).toMatchObject({ status: 201, body: { urgent: true } })
  const { id } = made.body as { id: string }
  await expect.poll(() => curator.allText(), { timeout: 30_000 }).toMatch(/сообщение о вашей семье/)
  await key.post(`/incoming/${id}/outcome`, { outcome: 'unconfirmed', reason: 'МЕТКА не подтвердилось' })
  await key.post(`${path}/needs`, { kind: 'circumstance', code: 'no-home' })
  await key.post(`${path}/level`, { signs: ['emergency-2'], level: 'emergency' })
  await key.post(`${path}/visits`, { startsAt: '2026-12-03T07:00:00Z', place: 'Дом', purpose: 'regular' })

  for (const chat of [olga, dasha]) {
    for (const door of ['/menu', '/status', '/visits', '/messages', '/settings', '/families', '/help'])
      await chat.play([[door, /./]])
    for (const tap of [
      ...['in-new.', 'in-list.', `in-one.${id}`, `f-incoming.${familyId}`, `f-needs.${familyId}`],
      ...[`f-signs.${familyId}`, `f-card.${familyId}`, 'plan.', 'status.'],
    ])
      await chat.byHand(`-.${tap}`)
    expect(chat.allText()).not.toMatch(mark)
  }
  // Nor is it sent to them, or to other systems, or stored in the clear.
  const { prisma } = world.database
  expect(jsonWithoutIds(await prisma.push.findMany())).not.toMatch(mark)
  expect(jsonWithoutIds(await prisma.webhookEvent.findMany())).not.toMatch(
    /МЕТКА|other-person|no-home|incoming/,
  )
  expect(jsonWithoutIds((await key.get(path)).body)).not.toMatch(/МЕТКА|no-home|incoming|emergency-2/)
  expect(jsonWithoutIds((await key.get('/events')).body)).not.toMatch(/МЕТКА|no-home|incoming/)
  expect(world.telegram.refused).toEqual([])
})
