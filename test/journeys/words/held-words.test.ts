import { describe, expect, test } from 'vitest'
import { after, minorAnswers, minorSubmits, parentAnswers, upTo } from '#test/support/intake.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { rowsOf } from '#test/support/rows.ts'
import { openWorld, useWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

const shared = useWorld({ at: tuesday })

test('«мне страшно дома, папа бьёт» on the menu: one tap leads to the application with these words in it', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([
    ['/start', 'home'],
    [
      { words: 'мне страшно дома, папа бьёт' },
      /^Спасибо, что пишешь[\s\S]*112[\s\S]*Пока эти слова только здесь/,
    ],
    ['Дальше', 'hand-over'],
    [{ words: 'и маму тоже' }, 'hand-over'],
  ])
  const { processed_updates: _, persons, ...rows } = await rowsOf(world.database)
  // Anna alone is known.
  expect({ persons, drafts: rows.drafts, requests: rows.requests }).toEqual({ persons: 1 })
  const steps = minorAnswers('Да, можно').slice(2)
  await dasha.play([
    ['Да, передать', 'question.applicant'],
    ...upTo(steps, 'question.personalData'),
    // The story is there, so it is not asked for.
    ['Да, разрешаю', 'question.danger'],
    ...after(steps, 'question.danger'),
    ...minorSubmits,
  ])
  await expect.poll(() => anna.text()).toMatch(/2026-000001/)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await anna.byHand(`-.story.${id}`)
  expect(anna.text()).toMatch(/мне страшно дома, папа бьёт\nи маму тоже/)
})

test('what was written before a family was joined waits, and goes to its curator with one tap', async () => {
  const { world, key, path, curator } = await openWithFamily()
  const added = await key.post(`${path}/members`, { role: 'parent', name: 'Ольга' })
  const { member, link } = added.body as { member: { id: string }; link: string }
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'сын не хочет в школу' }, 'hand-over'],
  ])
  await openLink(olga, link)
  await olga.tap('Даю согласие')
  expect(olga.text()).toMatch(/Передать – одно нажатие/)
  await olga.play([['Да, передать', /Отправлено/]])
  await curator.byHand(`-.thread.${member.id}`)
  expect(curator.text()).toMatch(/сын не хочет в школу/)
})

test('words on the invitation itself are kept, its buttons stay, and no application is offered', async () => {
  const { world, key, path, curator } = await openWithFamily()
  const added = await key.post(`${path}/members`, { role: 'minor', name: 'Даша' })
  const { member, link } = added.body as { member: { id: string }; link: string }
  const dasha = world.person()
  await openLink(dasha, link)
  await dasha.say('а мама это увидит?')
  expect(dasha.text()).toMatch(/^✓ Записано, пока только здесь\. Передать центру можно, когда ты войдёшь/)
  dasha.sees('join')
  await dasha.say('я стесняюсь')
  const offered = dasha.buttons(dasha.card()).map(({ text }) => text)
  expect(offered).toContain('Да, разрешаю')
  expect(offered).not.toContain('Да, передать')
  await dasha.tap('Да, разрешаю')
  await dasha.play([['Да, передать', /Отправлено/]])
  await curator.byHand(`-.thread.${member.id}`)
  expect(curator.text()).toMatch(/а мама это увидит\?[\s\S]*я стесняюсь/)
})

test('«Нет, стереть» leaves nothing', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ['/help', 'help'],
    [{ words: 'муж пропил всё' }, 'hand-over'],
    ['Нет, стереть', 'home'],
    ['/start', 'home'],
    ['Попросить о помощи', 'question.applicant'],
  ])
  expect(await rowsOf(world.database)).toEqual({})
})

test('/cancel asks about the words, too, and deletes them', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'муж пропил всё' }, 'hand-over'],
    ['/cancel', 'cancel'],
    ['Нет, оставить', 'hand-over'],
    ['/cancel', 'cancel'],
    ['Да, удалить', /^✓ Стёрто\. Люди этого не видели\.\s+Начатых ответов нет/],
    ['/cancel', /^Начатых ответов нет/],
  ])
})

test('who begins the application from the menu instead does not lose the words', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    [{ words: 'деньги пропали' }, 'hand-over'],
    ...upTo(parentAnswers(), 'question.personalData'),
    ['Даю согласие', 'question.danger'],
  ])
})

test('words under the crisis card are taken, and the numbers stay', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    ['Срочная помощь', 'crisis'],
    [{ words: 'помогите' }, 'crisis'],
    // Under these numbers, too, what to do at a door says more.
    [{ words: 'он ломает дверь' }, /Не открывайте[\s\S]*112/],
    ['Дальше', 'hand-over'],
  ])
})

describe('politeness alone is answered like a human would', () => {
  test.each([
    ['спасибо', /^Пожалуйста/],
    ['Спасибо большое!!', /^Пожалуйста/],
    ['ок, спасибо 🙏', /^Пожалуйста/],
    ['Привет', /^Можно просто написать, что случилось\.\s+Здравствуйте/],
    ['ок', /^Хорошо/],
    ['👍🏽', /^Хорошо/],
    ['thank you', /^Пожалуйста/],
  ])('%s', async (words, answer) => {
    const world = await shared()
    const olga = world.person()
    await olga.play([
      ['/start', 'home'],
      [{ words }, answer],
    ])
    olga.sees('home')
  })

  test.each(['привет, мне страшно', '🆘'])('%s is a call for help', async (words) => {
    const world = await shared()
    await world.person().play([
      ['/start', 'home'],
      [{ words }, 'heard'],
      ['Дальше', 'hand-over'],
    ])
  })

  test.each([
    'спасибо что живая',
    'ок?',
    'ладно...',
    '😭',
    'да пошли вы',
    'хорошо бы умереть',
    'пока не убил',
  ])('%s is more than that', async (words) => {
    const world = await shared()
    await world.person().play([
      ['/start', 'home'],
      // Words of danger bring the numbers first.
      [{ words }, /Передать это специалистам|112/],
    ])
  })

  test('a sticker', async () => {
    const world = await shared()
    const olga = world.person()
    await olga.play([
      ['/start', 'home'],
      [(chat) => chat.telegram.sendSticker(chat.id), /^Хорошо/],
      [(chat) => chat.telegram.sendSticker(chat.id, '😭'), 'hand-over'],
    ])
  })
})

test('what is said under the question whether to pass words on fits whoever says it', async () => {
  const world = await shared()
  const labels = (chat: ReturnType<typeof world.person>) => chat.buttons(chat.card()).map(({ text }) => text)
  const petya = world.person()
  await petya.play([
    ['/start', 'home'],
    // A child of eight is asked for no consent: an adult is called.
    [{ words: 'мне 8 мама ушла и я боюсь' }, /Позвать взрослого из центра/],
    ['Дальше', /^(?![\s\S]*разрешение)[\s\S]*Позвать взрослого из центра/],
  ])
  const dasha = world.person()
  await dasha.play([
    ['/start', 'home'],
    [{ words: 'папка апять пьяный я баюсь домой' }, /доверяешь, где ты/],
    ['Дальше', 'hand-over'],
    [{ words: 'сижу в падике холодно' }, /Побудь там, где свет и люди/],
    ['Дальше', 'hand-over'],
    // Two hours have not passed: the short way is still one tap away.
    [{ words: 'а что вы сделаете' }, 'hand-over'],
  ])
  expect(labels(dasha)[0]).toBe('Передать центру сейчас')
  const aziz = world.person()
  await aziz.play([
    ['/start', 'home'],
    [{ words: 'i do not speak russian, i need documents for my school' }, /You can write in English/],
  ])
  expect(labels(aziz)).not.toContain('Передать центру сейчас')
})
