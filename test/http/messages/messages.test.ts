import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { missing, problem } from '#test/support/submitted.ts'

type Page = { items: { id: string; text: string | null; file: unknown }[]; nextCursor: string | null }

test('a system reads the messages of a family and its curator by pages, and writes as the curator', async () => {
  const { world, key, path, member, curatorId, familyId } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  for (const [chat, text] of [
    [olga, 'Первое'],
    [dasha, 'Моё'],
    [olga, 'Второе'],
  ] as const) {
    await chat.say('/messages')
    await chat.say(text)
  }
  const to = `${path}/members/${olga.memberId}/messages`
  const sent = await key.post(to, { text: 'Жду вас в среду.' }, { 'idempotency-key': 'one' })
  expect(sent).toMatchObject({ status: 201, body: { silent: false } })
  expect((await key.post(to, { text: 'Жду вас в среду.' }, { 'idempotency-key': 'one' })).body).toEqual(
    sent.body,
  )
  await expect.poll(() => olga.text()).toBe('Вам написали.')
  await olga.play([['Посмотреть', /Ирина, 25 ноября, 10:00\nЖду вас в среду/]])

  const first = (await key.get(`${path}/messages?limit=3`)).body as Page
  const { nextCursor } = first
  const second = (await key.get(`${path}/messages?limit=3&cursor=${nextCursor}`)).body as Page
  const texts = [...first.items, ...second.items].map(({ text }) => text)
  expect(texts).toEqual(['Жду вас в среду.', 'Второе', 'Моё', 'Первое'])
  expect(second.nextCursor).toBeNull()
  const [answer] = first.items
  expect(answer).toMatchObject({
    ...{ author: 'staff', staffId: curatorId, apiKeyId: key.keyId, memberId: olga.memberId, file: null },
    readAt: expect.any(String),
  })
  const own = (await key.get(`${path}/messages?memberId=${dasha.memberId}`)).body as Page
  expect(own.items.map(({ text }) => text)).toEqual(['Моё'])
  // A cursor for one member's conversation does not fit all conversations.
  expect(await key.get(`${path}/messages?memberId=${dasha.memberId}&cursor=${nextCursor}`)).toMatchObject(
    problem('invalid-input', 422),
  )
  const audited = { action: 'family.messages', familyId, apiKeyId: key.keyId }
  expect(await world.database.prisma.auditEntry.count({ where: audited })).toBe(3)

  expect(await key.post(`${path}/members/${missing}/messages`, { text: 'а' })).toMatchObject(
    problem('not-found', 404),
  )
  for (const text of ['', ' \u202E', 'а'.repeat(4097)])
    expect(await key.post(to, { text })).toMatchObject(problem('invalid-input', 422))
  await world.database.prisma.family.update({ where: { id: familyId }, data: { curatorId: null } })
  expect(await key.post(to, { text: 'Никто' })).toMatchObject(problem('not-allowed', 409))
  await world.database.prisma.person.updateMany({ data: { pushMode: 'none' } })
  await world.database.prisma.family.update({ where: { id: familyId }, data: { curatorId } })
  expect(await key.post(to, { text: 'Тихо' })).toMatchObject({ status: 201, body: { silent: true } })
})

test('the list of alarming words is replaced as a whole, in normalized form, by a key for all territories only', async () => {
  const { world, key, member } = await openWithFamily()
  expect((await key.get('/alarming-words')).body).toEqual({ words: [] })
  const put = (words: unknown, by = key) => by.call('PUT', '/alarming-words', { body: { words } })
  expect(await put(['Убьёт', 'СУИЦИД*', 'не хочу  жить', 'убьет'])).toMatchObject({
    status: 200,
    body: { words: ['не хочу жить', 'суицид*', 'убьет'] },
  })
  expect(await put(['совёнок'])).toMatchObject({ body: { words: ['совенок'] } })
  for (const wrong of [['a'], ['*'], ['сло*во'], ['а'.repeat(41)], ['12'], [7], Array(501).fill('слово')])
    expect(await put(wrong)).toMatchObject(problem('invalid-input', 422))
  const near = await keyOf(world, { territories: ['leninsky'] })
  expect(await put([], near)).toMatchObject(problem('not-allowed', 409))
  expect((await near.get('/alarming-words')).body).toEqual({ words: ['совенок'] })
  const changed = { action: 'words.changed', apiKeyId: key.keyId }
  expect(await world.database.prisma.auditEntry.count({ where: changed })).toBeGreaterThan(0)

  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Прилетел СОВЁНОК' }, 'messages.alarmed'],
  ])
  expect(await put([])).toMatchObject({ status: 200 })
  await olga.play([[{ words: 'Прилетел совёнок' }, 'messages']])
})
