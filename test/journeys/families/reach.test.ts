import { expect, test } from 'vitest'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { minorAnswers, minorAnswersShortly, minorSubmits } from '#test/support/intake.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { tapsOf } from '#test/support/taps.ts'
import { openWorld, type World } from '#test/support/world.ts'

const labels = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)

const audits = ({ database }: World, action: string, by: object) =>
  database.prisma.auditEntry.count({ where: { action, ...by } })

/** The message with the contact, which is not the live card. */
const contactOf = (chat: Chat) => chat.messages().findLast(({ text }) => /: связь/.test(text ?? ''))

test('from an alarming message: warnings first, phone and hours, and whom to write to, in one tap', async () => {
  const { world, curator, curatorId, dasha, familyId } = await openWithDasha()
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Отчим опять бьёт' }, /./],
  ])
  for (const chat of [curator, elena]) {
    await expect.poll(() => chat.allText()).toMatch(/Семья № 1/)
    expect(await tapsOf(chat, [['Связаться', /./]])).toBe(1)
    const contact = contactOf(chat)
    expect(contact).toMatchObject({ has_protected_content: true })
    expect(contact?.text).toMatch(/С родителями не говорить: небезопасно\. Со слов: подросток/)
    expect(contact?.text).toMatch(/Имя: |Телефон: /)
    expect(chat.buttons(contact ?? chat.card()).map(({ text }) => text)).toContain('Переписка: Даша')
  }
  for (const action of ['request.contact', 'family.details', 'family.safety'])
    expect(await audits(world, action, { staffId: curatorId, familyId }), action).toBeGreaterThan(0)
  await curator.tap('Переписка: Даша', contactOf(curator))
  expect(curator.text()).toMatch(/Отчим опять бьёт/)
})

test('the curator reads what the family told at first; others do not', async () => {
  const { world, curator, curatorId, familyId } = await openWithDasha()
  await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  const anna = world.person({ firstName: 'Никто' })
  await curator.byHand(`-.f-card.${familyId}`)
  await curator.play([
    ['Дело', 'family-file'],
    ['Обращение', 'case.details'],
    ['Своими словами', 'case.story'],
    ['Ответы', 'case.details'],
    ['‹ К семье', 'family-case'],
  ])
  expect(await audits(world, 'request.details', { staffId: curatorId, familyId })).toBe(3)
  await anna.start()
  for (const action of ['f-intake', 'f-story', 'f-reach']) {
    const before = anna.messages().length
    await anna.byHand(`-.${action}.${familyId}`)
    expect(anna.allText()).not.toMatch(/: связь|ответы|своими словами/)
    expect(anna.messages().length).toBeLessThanOrEqual(before + 1)
  }
})

test('a family without a request says so instead of a number', async () => {
  const { curator, familyId, member } = await openWithFamily()
  await member('parent', 'Ольга')
  await curator.byHand(`-.f-card.${familyId}`)
  expect(labels(curator)).not.toContain('Обращение')
  await curator.tap('Связаться')
  expect(contactOf(curator)?.text).toMatch(/телефона в боте нет/)
})

test('whoever makes the visit reaches the family from its card, until a day after it', async () => {
  const { world, curatorId, key, path } = await openWithDasha()
  const petr = await world.staff('Пётр', ['oktyabrsky'], 'curator')
  const staffId = await staffIdOf(world, 'Пётр')
  const visit = { startsAt: '2026-12-01T12:00:00Z', purpose: 'regular', audience: 'family', staffId }
  const { id } = (await key.post(`${path}/visits`, visit)).body as { id: string }
  await petr.byHand(`-.f-visit.${id}`)
  await petr.tap('Связаться')
  expect(contactOf(petr)?.text).toMatch(/С родителями не говорить/)
  // The curator's conversations are not the visitor's.
  expect(petr.buttons(contactOf(petr) ?? petr.card())).toEqual([])
  expect(await audits(world, 'request.contact', { staffId })).toBe(1)
  world.clock.set('2026-12-03T07:00:00Z')
  await petr.byHand(`-.v-reach.${id}`)
  expect(await audits(world, 'request.contact', { staffId })).toBe(1)
  expect(curatorId).not.toBe(staffId)
})

test('buttons say who will read: a teenager’s message does not go to the family', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  await expect.poll(() => anna.text()).toMatch(/подросток/)
  await anna.tap('Взять')
  expect(labels(anna)).not.toContain('Написать семье')
  await anna.play([
    ['Написать: без сигнала', /Прочитает только подросток/],
    [{ words: 'Здравствуй, это Анна' }, /уведомления не будет|Подросток получит/],
  ])
  const { id } = await world.database.prisma.request.update({
    where: { id: (await world.database.prisma.request.findFirstOrThrow()).id },
    data: { applicant: 'other-person', kind: 'message' },
  })
  await anna.byHand(`-.card.${id}`)
  await anna.play([['Написать: без сигнала', /а не семья/]])
})

test('a teenager who gave no name is found, read, answered and invited by their role', async () => {
  const { curator, dasha, familyId } = await openWithDasha(minorAnswersShortly)
  await curator.byHand('-.f-list.')
  await curator.play([
    ['Семья № 1', 'family-case'],
    ['Кто в семье', 'family-people'],
    ['Имена', /без имени, подросток/],
    ['‹ К семье', 'family-case'],
    ['Кто в семье', 'family-people'],
    ['Пригласить', 'family-invite'],
  ])
  expect(labels(curator)).toContain('подросток')
  await curator.play([
    ['‹ К семье', 'family-case'],
    ['Связаться', /./],
  ])
  await curator.tap('Написать: подросток', contactOf(curator))
  await curator.byHand(`-.f-thread.${familyId}`)
  expect(labels(curator)).not.toContain('')
  await curator.play([
    ['подросток', /без имени, подросток/],
    [{ words: 'Здравствуй, это Ирина.' }, /без имени, подросток/],
    ['Отправить', /./],
  ])
  await expect.poll(() => dasha.allText()).toMatch(/новое сообщение|Здравствуй, это Ирина/)
})
