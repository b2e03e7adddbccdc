import { describe, expect, test } from 'vitest'
import { openWithFamily } from '../support/family.ts'
import { adultSubmits, parentAnswers, submitAsParent } from '../support/intake.ts'
import { openWorld } from '../support/world.ts'

const modes = ['webhook', 'polling'] as const

test('a message delivered twice is stored once', async () => {
  const { world, member, curator } = await openWithFamily({ telegram: { duplicate: true } })
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Можно перенести встречу?' }, /^✓ Отправлено/],
  ])
  await expect.poll(() => curator.text()).toMatch(/новое сообщение/)
  await curator.play([
    ['Открыть', 'thread'],
    ['Ответить', 'thread-write'],
    [{ words: 'Да, на пятницу.' }, /на пятницу/],
  ])
  await expect.poll(() => olga.text()).toBe('Вам написали.')
  expect(olga.allText().match(/Вам написали/g)).toHaveLength(1)
  const lines = await world.database.prisma.message.findMany({ orderBy: { at: 'asc' } })
  expect(lines.map(({ author }) => author)).toEqual(['member', 'staff'])
  expect(await world.database.prisma.push.count({ where: { kind: 'message' } })).toBe(1)
})

describe.each(modes)('(%s) every update is delivered twice', (mode) => {
  test('one request, one card, one claim, one note, one look at the contact; the same screens as after one delivery', async () => {
    const world = await openWorld({ mode, telegram: { duplicate: true } })
    const anna = await world.staff('Анна', ['leninsky'])
    const olga = world.person()
    const number = await submitAsParent(olga)
    await expect.poll(() => anna.text()).toContain(number)
    await anna.tap('Взять')
    await expect.poll(() => olga.allText()).toMatch(/У вас новое сообщение/)
    await olga.play([
      ['/status', 'status'],
      ['Дописать', 'note'],
      [{ words: 'Теперь ещё и школа звонит.' }, /Дописано/],
    ])
    await expect.poll(() => anna.allText()).toMatch(/дописали/)

    const { prisma } = world.database
    expect(await prisma.request.count()).toBe(1)
    expect(await prisma.draft.count()).toBe(0)
    expect((await prisma.consent.findMany()).map(({ kind }) => kind).sort()).toEqual([
      'data-sharing',
      'personal-data',
      'support-request',
    ])
    const events = await prisma.requestEvent.findMany({ orderBy: { id: 'asc' } })
    expect(events.map(({ kind }) => kind)).toEqual(['submitted', 'assigned', 'claimed', 'note'])
    expect(anna.messages().filter(({ text }) => text?.includes(`Заявление ${number}`))).toHaveLength(1)
    expect(anna.messages().filter(({ text }) => text?.includes('дописали'))).toHaveLength(1)
    expect(olga.messages().filter(({ text }) => text?.includes('У вас новое сообщение'))).toHaveLength(1)

    // Somebody’s contact is shown, and audited, once.
    const before = await prisma.auditEntry.count()
    await anna.tap(
      'Контакты',
      anna.messages().find(({ text }) => text?.includes(number)),
    )
    expect(anna.messages().filter(({ text }) => text?.includes('+7900'))).toHaveLength(1)
    expect(await prisma.auditEntry.count()).toBe(before + 1)
  })
})

describe('update ids', () => {
  test('(webhook) out of order', async () => {
    let count = 0
    const step = () => (count++ % 2 === 0 ? 1_000_003 * count : -999_983 * count)
    const world = await openWorld({ mode: 'webhook', telegram: { updateIdStep: step } })
    const olga = world.person()
    await olga.play([...parentAnswers(), ...adultSubmits])
    expect(await world.database.prisma.request.count()).toBe(1)
  })

  test('(polling) restarting at a lower number after an idle week', async () => {
    let step = 7
    const world = await openWorld({ mode: 'polling', telegram: { updateIdStep: () => step } })
    const olga = world.person()
    await olga.play(parentAnswers().slice(0, 5))
    step = -500_000
    await olga.play(parentAnswers().slice(5, 6))
    step = 1
    await olga.play([...parentAnswers().slice(6), ...adultSubmits])
    expect(await world.database.prisma.request.count()).toBe(1)
  })

  test('(polling) a malformed update is not redelivered forever and does not block others', async () => {
    const world = await openWorld({ mode: 'polling', noise: ['polling.malformed'] })
    const strange = world.person({ languageCode: 'x'.repeat(60) })
    await strange.say('/start')
    expect(strange.messages().filter(({ by }) => by === 'bot')).toEqual([])
    expect(world.lines.filter((line) => line.includes('polling.malformed'))).toHaveLength(1)
    await world.person().play([['/start', 'home']])
  })
})
