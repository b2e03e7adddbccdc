import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { openSurveyDesk, sentAnswers } from '#test/support/surveys.ts'
import { told } from '#test/support/visits.ts'

const labelsOf = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)
const isPicture = (chat: Chat) => chat.card().photo !== undefined

test('a minor finds it in the menu with their wording under five faces, and nobody at home sees it', async () => {
  const family = await openWithFamily()
  const { world, member, curator } = family
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const desk = await openSurveyDesk(family)
  await desk.invite('how-is-it', [dasha.memberId])
  await desk.looks()
  // A minor's pushes reveal no content unless they choose otherwise.
  await told(dasha, /У тебя новое сообщение/)
  expect(labelsOf(dasha)).toEqual(['Посмотреть'])
  expect(dasha.allText()).not.toMatch(/опрос/i)
  await dasha.play([
    ['/start', 'home'],
    [
      'Опрос · 1 минута',
      /Как тебе наша помощь[\s\S]*Твои ответы читает только руководитель центра, без имени/,
    ],
    ['Начать', /Мы тебе помогли\?/],
  ])
  expect(isPicture(dasha)).toBe(true)
  expect(labelsOf(dasha).slice(0, 6)).toEqual([
    ...['Совсем нет', 'Почти нет', 'Чуть-чуть', 'Да', 'Да, очень'],
    'Пропустить',
  ])
  await dasha.play([['Да, очень', /С вами говорили уважительно\?/]])
  expect(isPicture(dasha)).toBe(false)
  await dasha.play([['‹ Назад', /Мы тебе помогли\?/]])
  expect(isPicture(dasha)).toBe(true)
  expect(labelsOf(dasha)).toContain('✓ Да, очень')
  await dasha.play([
    ['Чуть-чуть', /Что было не так\?[\s\S]*Ответь одним сообщением/],
    [{ words: 'Мало времени' }, /С вами говорили уважительно\?/],
    ['Пропустить', /Что помогло\?/],
    ['Пропустить', /Посоветуете нас\?/],
    ['10', 'survey-check'],
    ['Можно мне написать', /Всё верно/],
    ['Отправить', 'survey-end'],
  ])
  expect(dasha.text()).toMatch(/Тебе можно написать/)
  expect(await sentAnswers(world)).toEqual({
    ...{ helped: 3, missing: 'words', respect: null, kinds: null, advise: 10 },
  })
  expect(await world.database.prisma.surveyResponse.findFirstOrThrow()).toMatchObject({
    contactAllowed: true,
  })
  for (const chat of [olga, curator]) {
    expect(chat.allText()).not.toContain('Мало времени')
    expect(chat.allText()).not.toContain('Как тебе наша помощь')
  }
  await olga.play([['/start', 'home']])
  expect(labelsOf(olga)).not.toContain('Опрос · 1 минута')
})
