import { describe, expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { draftOf } from '#test/support/drafts.ts'
import { done, minorAnswers, parentAnswers, ticks, upTo } from '#test/support/intake.ts'
import { openWorld, useWorld } from '#test/support/world.ts'

const shared = useWorld()

const labels = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)
const topics = [
  'Ребёнок: чувства и поведение ›',
  'Ссоры, развод, насилие ›',
  'Родителям трудно ›',
  'Опека и состав семьи ›',
  'Жильё, деньги, переезд ›',
  'Здоровье и уход ›',
]

test('right after the consent people tell; a human sentence follows, then the question about danger', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play(upTo(parentAnswers(), 'question.ownWords'))
  expect(olga.text()).toMatch(/словами, голосом или выбирая из списка/)
  await olga.play([
    [
      { words: 'муж умер весной, денег нет, с дочкой не справляюсь' },
      /^Спасибо, что рассказали\. Это непросто/,
    ],
    [() => {}, 'question.danger'],
    ['Нет', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.circumstances'],
  ])
  // Offered from the words, and nothing is ticked.
  const offered = labels(olga).slice(0, -12)
  expect(offered).toEqual([
    'Не справиться с ребёнком',
    'Ребёнок тяжело переживает утрату',
    'Не хватает денег на жизнь',
  ])
  expect(labels(olga).slice(offered.length, offered.length + 6)).toEqual(topics)
  expect(olga.text()).not.toMatch(/Отмечено/)
  expect((await draftOf(world.database, olga))?.circumstances).toBeUndefined()
  await olga.play([
    ['Не хватает денег на жизнь', /Отмечено: Не хватает денег на жизнь/],
    [done, 'question.helpKinds'],
  ])
  expect(await draftOf(world.database, olga)).toMatchObject({ circumstances: ['low-income'] })
})

test('the list is six topics, then what is in one; Back is back to the topics, ticks stay', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.ownWords'),
    ['Выбрать из списка', 'question.circumstances'],
  ])
  expect(labels(olga).slice(0, 6)).toEqual(topics)
  expect(olga.text()).toMatch(/Шаг 3 из 8/)
  await olga.play([
    ['Родителям трудно ›', /Родителям трудно/],
    ['Есть мысли отказаться от ребёнка', /Отмечено: Есть мысли отказаться/],
    ['‹ Назад', /Отмечено: Есть мысли отказаться/],
    ['Жильё, деньги, переезд ›', /Жильё/],
    ['Негде жить', /Отмечено: Негде жить; Есть мысли/],
    ['‹ Другие темы', /Отмечено/],
  ])
  expect(labels(olga)).toContain('✓ Родителям трудно ›')
  // Heavy, though not dangerous: one human sentence.
  await olga.play([[done, /^Спасибо, что сказали об этом\. Это непросто\.\n\nШаг 4 из 8/]])
  await olga.play([
    ['‹ Назад', 'question.ownWords'],
    ['Выбрать из списка', /Отмечено: Негде жить; Есть мысли/],
  ])
})

test('in Nyagan the categories of families stand on the same list, and are kept apart', async () => {
  const world = await openWorld({ region: 'nyagan' })
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.ownWords'),
    ['Выбрать из списка', 'question.circumstances'],
    [ticks('Ссоры, развод, насилие', 'Детям дома плохо или небезопасно'), /Отмечено/],
    ['‹ Другие темы', 'question.circumstances'],
    [ticks('Здоровье и уход', 'Не попасть к врачу'), /Отмечено: Детям дома .*; Ребёнку не/],
    [done, 'danger'],
    ['Продолжить', 'question.danger'],
    ['Нет', 'question.territory'],
    ['Нягань', 'question.helpKinds'],
  ])
  expect(await draftOf(world.database, olga)).toMatchObject({
    categories: ['family-in-danger'],
    circumstances: ['medical-care-unmet'],
  })
})

test('steps are counted, not cards', async () => {
  const world = await shared()
  const olga = world.person()
  const shown: string[] = []
  for (const step of parentAnswers()) {
    await olga.play([step])
    const [, count] = /Шаг (\d из \d)/.exec(olga.text()) ?? []
    if (count && shown.at(-1) !== count) shown.push(count)
    // The second card of a step does not say it again.
    if (step[1] === 'question.dataSharing') expect(count).toBeUndefined()
  }
  expect(shown).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((step) => `${step} из 8`))
})

test('what the specialist can ask later is skipped, can be added from the summary, and is no gap', async () => {
  const world = await openWorld()
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.territory'),
    ['Другое место', 'question.territoryWords'],
    ['Пропустить', 'question.circumstances'],
    ['Не знаю, как назвать', 'question.helpKinds'],
    ['Пока не знаю', 'question.children'],
    ['Пропустить', 'question.safeContact'],
    ['Писать и звонить', 'question.name'],
    ['Без имени', 'question.phone'],
    ['Только здесь, в Telegram', 'question.supportRequest'],
    ['Да, прошу о помощи', 'question.dataSharing'],
    ['Да, можно', 'summary'],
  ])
  expect(olga.text()).not.toMatch(/Дети|Место словами/)
  await olga.play([
    ['Изменить ответ', 'change'],
    ['Дети', 'question.children'],
    [{ words: '2014' }, /1 ребёнок \(2014\)/],
    ['Отправить', 'status'],
  ])
})

test('a tick on the list is not lost by «the rest later»', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.ownWords'),
    ['Выбрать из списка', 'question.circumstances'],
    [ticks('Здоровье и уход', 'Не попасть к врачу'), /Отмечено/],
    ['Остальное потом', 'question.danger'],
    ['Нет', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeContact'],
  ])
  expect(await draftOf(world.database, olga)).toMatchObject({ circumstances: ['medical-care-unmet'] })
})

describe('a teenager', () => {
  test('reads «ты» and who can see the chat before the first question', async () => {
    const world = await shared()
    const dasha = world.person()
    await dasha.play(upTo(minorAnswers('Да, можно'), 'question.birthDate'))
    expect(dasha.text()).toMatch(
      /Родителям мы этот чат не показываем[\s\S]*возьмёт твой телефон[\s\S]*обязан сообщить[\s\S]*дату рождения/,
    )
    expect(dasha.text()).not.toMatch(/(^|[^а-яё])(вы|вас|вам|ваш[аиу]?)([^а-яё]|$)/i)
  })

  test('who says «мне 13» on the menu is «ты» from there on, is not asked who they are, and may put it right', async () => {
    const world = await shared()
    const dasha = world.person()
    await dasha.play([
      ['/start', 'home'],
      [{ words: 'мне 13, в школе одни двойки' }, 'hand-over'],
    ])
    expect(dasha.text()).toMatch(/твоё разрешение/)
    await dasha.play([
      ['Да, передать', 'question.birthDate'],
      ['‹ Назад', /Кто пишет/],
      ['Родитель', 'question.personalData'],
    ])
    expect(labels(dasha)).toContain('Даю согласие')
  })

  test('«мама меня бьёт» is no age: the card is nobody’s in particular', async () => {
    const world = await shared()
    const someone = world.person()
    await someone.play([
      ['/start', 'home'],
      [{ words: 'мама меня бьёт' }, 'heard'],
      ['Дальше', 'hand-over'],
      ['Да, передать', 'question.applicant'],
    ])
    expect(someone.text()).not.toMatch(/(^|[^а-яё])(вы|вас|вам|ты|тебе|тебя)([^а-яё]|$)/i)
  })
})

test('what a legal representative is stands behind a tap', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ['/start', 'home'],
    ['Попросить о помощи', 'question.applicant'],
  ])
  expect(olga.text()).not.toMatch(/опекун/)
  await olga.play([['Что это значит?', /опекун, попечитель/]])
  olga.sees('question.applicant')
})
