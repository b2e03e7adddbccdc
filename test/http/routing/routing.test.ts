import { expect, test } from 'vitest'
import { negotiateLanguage } from '#http/language.ts'
import { keyOf } from '#test/support/api.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T07:00:00Z'

test('names the assignee and the reason, as codes and text, and writes nothing', async () => {
  const world = await openWorld({ at: tuesday })
  const key = await keyOf(world)
  await world.staff('Анна', ['leninsky'])
  await world.staff('Борис', ['oktyabrsky'])
  await world.staff('Вера', ['leninsky'])
  const { prisma } = world.database
  const { id: vera } = await prisma.staffMember.findFirstOrThrow({ where: { name: 'Вера' } })
  await key.patch(`/staff/${vera}`, { languages: ['ru', 'en'] }, { 'if-match': '*' })

  const wish = { territory: 'leninsky', language: 'en' }
  const answer = await key.post('/routing/dry-run', wish, { 'accept-language': 'en-GB,ru;q=0.5' })
  expect(answer).toMatchObject({
    status: 200,
    body: {
      choice: { id: vera, name: 'Вера' },
      reason: {
        by: 'other-language',
        others: [
          { name: 'Анна', why: 'other-language' },
          { name: 'Борис', why: 'other-territory' },
        ],
        words: [
          'Chosen: Вера',
          "speaks the family's language",
          "Анна: does not speak the family's language",
          'Борис: another area',
        ],
      },
      next: [{ name: 'Анна' }],
      fallback: [],
    },
  })
  expect(await key.post('/routing/dry-run', wish)).toMatchObject({
    body: { reason: { words: ['Выбор: Вера', 'говорит на языке семьи', /Анна/, /Борис/].map(like) } },
  })
  expect(await prisma.routingDecision.count()).toBe(0)
  expect(await prisma.idempotentAnswer.count()).toBe(0)
})

test('explains who is at capacity, and who accepts no new requests', async () => {
  const world = await openWorld({ at: tuesday })
  const key = await keyOf(world)
  for (const [name, capacity] of [
    ['Анна', 0],
    ['Борис', 1],
    ['Вера', 2],
  ] as const)
    await world.staff(name, ['leninsky'], 'intake', { capacity })
  for (let count = 0; count < 3; count += 1) await submitAsParent(world.person())
  const words = async (language: string) => {
    const answer = await key.post(
      '/routing/dry-run',
      { territory: 'leninsky' },
      { 'accept-language': language },
    )
    return (answer.body as { reason: { words: string[] } }).reason.words.slice(2)
  }
  expect(await words('ru')).toEqual([
    'Анна: новых дел не берёт',
    'Борис: больше 1 дела нельзя',
    'Вера: больше 2 дел нельзя',
  ])
  expect(await words('en')).toEqual([
    'Анна: takes no new cases',
    'Борис: no more than 1 case',
    'Вера: no more than 2 cases',
  ])
})

test('names the fallback group if nobody is eligible', async () => {
  const world = await openWorld({ at: tuesday })
  const key = await keyOf(world)
  await world.staff('Галина', ['leninsky'], 'supervisor')
  expect(await key.post('/routing/dry-run', { territory: 'leninsky', urgent: true })).toMatchObject({
    status: 200,
    body: {
      choice: null,
      reason: { by: 'nobody', others: [] },
      next: [],
      fallback: [{ name: 'Галина' }],
    },
  })
})

test('gives the times: an ordinary card waits for duty hours, an urgent one does not', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const key = await keyOf(world)
  await world.staff('Анна', ['leninsky'], 'intake', { dutyHours: { wed: ['09:00', '18:00'] } })
  const ask = async (urgent: boolean) =>
    (await key.post('/routing/dry-run', { territory: 'leninsky', urgent })).body
  // Tuesday, 22:00 in Moscow: four working hours end on Wednesday at 13:00.
  expect(await ask(false)).toMatchObject({
    cardAt: '2026-11-25T06:00:00.000Z',
    escalateAt: '2026-11-25T10:00:00.000Z',
  })
  const urgent = expect.stringMatching(/^2026-11-24T19:/)
  expect(await ask(true)).toMatchObject({ cardAt: urgent, escalateAt: urgent })
})

test('a key of one territory can ask for that one only, and gets no names that it may not see', async () => {
  const world = await openWorld({ at: tuesday })
  const own = await keyOf(world, { territories: ['leninsky'], scopes: ['routing:read'] })
  await world.staff('Анна', ['leninsky'])
  await world.staff('Борис', ['oktyabrsky'])
  const answer = await own.post('/routing/dry-run', { territory: 'leninsky' })
  expect(answer).toMatchObject({ body: { choice: { name: 'Анна' }, reason: { by: 'only', others: [] } } })
  expect(JSON.stringify(answer.body)).not.toMatch('Борис')
  for (const territory of ['oktyabrsky', 'atlantis']) {
    expect(await own.post('/routing/dry-run', { territory })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/territory', detail: 'is not a territory of this key' }] },
    })
  }
})

test.each([
  [undefined, 'ru'],
  ['', 'ru'],
  ['en', 'en'],
  ['EN-us', 'en'],
  ['de, en;q=0.3', 'en'],
  ['ru;q=0.4, en;q=0.9', 'en'],
  ['en;q=0', 'ru'],
  ['en;q=no, ru', 'ru'],
  ['de', 'ru'],
  ['*', 'ru'],
])('Accept-Language %s: %s', (header, language) => {
  expect(negotiateLanguage(header)).toBe(language)
})

const like = (expected: string | RegExp) =>
  typeof expected === 'string' ? expected : expect.stringMatching(expected)
