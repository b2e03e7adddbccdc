import { describe, expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { adultSubmits, after, minorAnswers, parentAnswers, upTo } from '#test/support/intake.ts'
import { rowsOf } from '#test/support/rows.ts'
import { openWorld, type World } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

describe('without the consent to the processing of personal data nothing is stored', () => {
  test.each([
    { who: 'a parent', before: parentAnswers().slice(0, 3), refuse: 'Не даю' },
    { who: 'a minor', before: minorAnswers('Да, можно').slice(0, 4), refuse: 'Нет, не разрешаю' },
  ])('$who', async ({ before, refuse }) => {
    const world = await openWorld({ at: tuesday })
    const chat = world.person()
    await chat.play(before)
    expect(await rowsOf(world.database)).toEqual({})
    await chat.play([[refuse, 'refused']])
    expect(chat.text()).toMatch(/8-800-2000-122/)
    expect(chat.text()).toMatch(/8-8652-00-00-00/)
    expect(await rowsOf(world.database)).toEqual({})
    await chat.play([['Меню', 'home']])
    expect(chat.buttons(chat.card())[0]?.text).toBe('Попросить о помощи')
    expect(await rowsOf(world.database)).toEqual({})
  })

  test('browsing everything without starting', async () => {
    const world = await openWorld({ at: tuesday })
    const chat = world.person()
    await chat.play([
      ['/start', 'home'],
      ['Как это устроено', 'help'],
      ['Срочная помощь', 'crisis'],
      ['Вернуться', 'help'],
      ['/language', 'language'],
      ['English', 'language'],
      ['Русский', 'language'],
      ['/status', 'status'],
      ['/cancel', 'cancelled'],
      ['/queue', 'home'],
      [{ words: 'Мне страшно' }, 'heard'],
      [(one) => one.shareContact(), 'hand-over'],
      [(one) => one.telegram.sendVoice(one.id), 'hand-over'],
      [(one) => one.start('abcdef'), 'home'],
    ])
    expect(await rowsOf(world.database)).toEqual({})
  })
})

test('withdrawing a consent midway deletes the draft and the person', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...parentAnswers().slice(0, 4),
    ['‹ Назад', 'question.personalData'],
    ['Не даю', 'refused'],
  ])
  // Only update ids remain, for deduplication.
  expect(await rowsOf(world.database)).toEqual({ processed_updates: 2 })
})

test('refusing the support request keeps the draft, and nothing is submitted', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([...upTo(parentAnswers(), 'question.supportRequest'), ['Нет, не сейчас', 'not-now']])
  expect(olga.text()).toMatch(/Ничего не отправлено/)
  expect(await rowsOf(world.database)).toMatchObject({ drafts: 1 })
  expect(await world.database.prisma.request.count()).toBe(0)
  await olga.play([
    ['Вернуться к вопросу', 'question.supportRequest'],
    ['Нет, не сейчас', 'not-now'],
    ['Меню', 'home'],
    ['Продолжить', 'question.supportRequest'],
    ...after(parentAnswers(), 'question.supportRequest'),
    ...adultSubmits,
  ])
  expect(olga.text()).toMatch(/2026-000001/)
})

test('without consent to data sharing the request is still created, and the specialist sees the refusal', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.dataSharing'),
    ['Нет, не передавать', 'summary'],
    ['Отправить', 'status'],
  ])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ dataSharing: false })
  expect(await kindsOfConsents(world)).toEqual(['personal-data', 'support-request'])
  await expect.poll(() => anna.text()).toMatch(/Передача сведений другим: не разрешена/)
})

test('every consent has its full text as a document, and its row identifies the shown wording', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(parentAnswers().slice(0, 3))
  await readsDocument(world, olga, 'Согласие на обработку данных.pdf', 'question.personalData')
  expect(await rowsOf(world.database)).toEqual({})
  await olga.play(upTo(parentAnswers(), 'question.supportRequest').slice(3))
  await readsDocument(world, olga, 'Просьба о сопровождении.pdf', 'question.supportRequest')
  await olga.play([['Да, прошу о помощи', 'question.dataSharing']])
  await readsDocument(world, olga, 'Передача сведений.pdf', 'question.dataSharing')
  await olga.play([['Да, можно', 'summary'], ...adultSubmits])

  expect(await kindsOfConsents(world)).toEqual(['data-sharing', 'personal-data', 'support-request'])
  const rows = await world.database.prisma.consent.findMany({ include: { request: true } })
  expect(new Set(rows.map(({ textHash }) => textHash)).size).toBe(3)
  for (const row of rows) expect(row).toMatchObject({ language: 'ru', request: { number: '2026-000001' } })
})

const kindsOfConsents = async ({ database }: World) =>
  (await database.prisma.consent.findMany()).map(({ kind }) => kind).sort()

const readsDocument = async (world: World, chat: Chat, name: string, screen: string) => {
  await chat.tap('Полный текст')
  const sent = chat.messages().findLast(({ document }) => document)?.document
  expect(sent).toMatchObject({ file_name: name, mime_type: 'application/pdf' })
  const bytes = Buffer.from(world.telegram.file(sent?.file_id ?? '')?.bytes ?? '')
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  // The card with the answers comes again below the document.
  expect(chat.messages().at(-1)?.message_id).toBe(chat.card().message_id)
  chat.sees(screen)
}
