import { expect, test } from 'vitest'
import { done, parentAnswers, upTo } from '#test/support/intake.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

const inEnglish = [
  ['/start', 'home'],
  ['Ask for help', 'question.applicant'],
  ['A parent', 'question.personalData'],
  ['I consent', 'question.ownWords'],
  ['Choose from a list', 'question.circumstances'],
  ['Housing, money, moving ›', 'question.circumstances'],
  ['‹ Other topics', 'question.circumstances'],
  ['Cannot put a name to it', 'question.danger'],
  ['Yes, now', 'danger'],
  ['Go on', 'question.territory'],
  ['Stavropol, Leninsky district', 'question.helpKinds'],
  ['Papers and rights', /Chosen: Papers and rights/],
  [done, 'question.children'],
  [{ words: '2014 and 2018' }, 'question.safeContact'],
  ['Write and call', 'question.name'],
  [{ words: 'Olga' }, 'question.phone'],
  [(chat: Chat) => chat.shareContact(), 'question.hours'],
  ['Any time', 'question.supportRequest'],
  ['Yes, please', 'question.dataSharing'],
  ['Full text', 'question.dataSharing'],
  ['Yes, you may', 'summary'],
  ['Change an answer', 'change'],
  ['Good time', 'question.hours'],
  ['‹ Back', 'summary'],
  ['Urgent help', 'crisis'],
  ['Go back', 'summary'],
  ['Send', 'status'],
] as const

test('a person with Telegram in English is addressed in English throughout', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Anna', ['leninsky'])
  const olga = world.person({ firstName: 'Olga', languageCode: 'en-GB' })
  for (const step of inEnglish) {
    await olga.play([step])
    const buttons = olga.buttons(olga.card()).map(({ text }) => text)
    // The centre's name is as it is registered.
    const said = `${olga.text()}\n${buttons}`.replace('Центр «Рядом»', '').replace('Language / Язык', '')
    expect(said).not.toMatch(/[а-яё]/i)
  }
  expect(olga.text()).toMatch(/Request 2026-000001, sent on 24 November/)
  expect(olga.text()).toMatch(/Tuesday, 1 December/)
  expect(olga.messages().find(({ document }) => document)?.document?.file_name).toBe('Passing on details.pdf')
  const consents = await world.database.prisma.consent.findMany()
  expect(consents.map(({ language }) => language)).toEqual(['en', 'en', 'en'])

  // The specialist reads it in their own language.
  await expect.poll(() => anna.text()).toMatch(/Заявление 2026-000001/)
  expect(anna.text()).toMatch(/Документы и права/)
  await anna.tap('Взять')
  await expect.poll(() => olga.allText()).toMatch(/You have a new message/)
  await olga.play([['Have a look', /Анна, intake specialist|Anna, intake specialist/]])
})

test('the language can be switched during a question, and survives a restart', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.helpKinds'),
    ['Помощь психолога', /Отмечено/],
    ['/language', 'language'],
    ['English', /Which language/],
    ['Menu', 'home'],
    // Ticks survive a visit to the menu.
    ['Go on', /What help[\s\S]*Chosen: Help of a psychologist/],
  ])
  await world.restart()
  await olga.play([
    ['/menu', /Hello/],
    ['/language', /Which language/],
    ['Русский', /На каком языке/],
    ['/menu', 'home'],
    ['Продолжить', 'question.helpKinds'],
  ])
  expect(await world.database.prisma.person.findFirst()).toMatchObject({ language: 'ru' })
})

test('a language chosen before the first consent is stored with it', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person({ languageCode: 'en' })
  await olga.play([
    ['/start', /Hello/],
    ['/language', /Which language/],
    ['Русский', /На каком языке/],
    ...upTo(parentAnswers(), 'question.ownWords'),
  ])
  expect(await world.database.prisma.person.findFirst()).toMatchObject({ language: 'ru' })
  expect(await world.database.prisma.consent.findFirst()).toMatchObject({ language: 'ru' })
})

test('any other language falls back to Russian', async () => {
  const world = await openWorld({ at: tuesday })
  await world.person({ languageCode: 'tt' }).play([['/start', /Здравствуйте/]])
})
