import { expect, test } from 'vitest'
import type { Survey } from '#surveys/schema.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { howIsIt, keepSurveys, openSurveyDesk, sentAnswers } from '#test/support/surveys.ts'
import { told } from '#test/support/visits.ts'

const labelsOf = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)
const said = (ru: string, en: string) => ({ ru: { adult: ru }, en: { adult: en } })
const long = (word: string) => `${word}: здесь больше двадцати двух знаков`

const wordy: Survey = {
  ...howIsIt,
  code: 'wordy',
  title: said('О словах & знаках', 'On words'),
  questions: [
    {
      code: 'steps',
      since: 1,
      kind: 'scale',
      required: true,
      words: said('Сколько < знаков?', 'How many letters?'),
      scale: ['Один', 'Два', 'Три', 'Четыре', 'Пять'].map((word) => said(long(word), `Step ${word.length}`)),
    },
    {
      code: 'which',
      since: 1,
      kind: 'one',
      words: said('Какой из шести?', 'Which one?'),
      options: ['a', 'b', 'c', 'd', 'e', 'f'].map((code) => ({ code, words: said(long(code), code) })),
    },
  ],
}

test('long options are listed by number above the buttons; a required question cannot be skipped', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await keepSurveys(family.world, wordy)
  await desk.invite('wordy')
  await desk.looks()
  await told(olga, /Есть короткий опрос/)
  await olga.play([
    ['Посмотреть', /О словах & знаках/],
    ['Начать', /Сколько < знаков\?\n\n1 – Один: здесь[\s\S]*5 – Пять: здесь/],
  ])
  expect(labelsOf(olga)).toEqual(['1', '2', '3', '4', '5', '‹ Назад', 'Меню', 'Спрятать', 'Срочная помощь'])
  const revision = olga.dataOf('1').split('.')[0] ?? ''
  await olga.byHand(`${revision}.skip.`)
  await olga.play([
    [{ words: 'пять' }, /^✓ Отправлено\. Прочитает Ирина[\s\S]*Сколько/],
    ['5', /Какой из шести\?/],
  ])
  expect(labelsOf(olga).slice(0, 7)).toEqual(['1', '2', '3', '4', '5', '6', 'Пропустить'])
  await olga.play([['6', 'survey-check']])
  expect(olga.text()).toMatch(/1\. Сколько < знаков\?\nПять: здесь[\s\S]*f: здесь/)
  await olga.play([
    ['Изменить 2', /Какой из шести/],
    ['/language', 'language'],
    ['English', 'language'],
    ['‹ Back', /On words · question 2 of 2[\s\S]*Which one\?/],
  ])
  expect(labelsOf(olga)).toContain('✓ f')
  await olga.play([
    ['Next', /Is everything right\?[\s\S]*Step 4[\s\S]*You may contact me/],
    ['Send', /Thank you, the answers are sent/],
  ])
  expect(await sentAnswers(family.world)).toEqual({ steps: 5, which: ['f'] })
})

test('many long answers are reviewed on several pages, none of them cut', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  const questions = Array.from({ length: 4 }, (_, index) => ({
    code: `words-${index}`,
    since: 1,
    kind: 'text' as const,
    words: said(`Вопрос ${index} ${'длинный '.repeat(30)}`.trim(), 'Long'),
  }))
  const options = Array.from({ length: 8 }, (_, index) => ({
    code: `o-${index}`,
    words: said(`${index} ${'выбор '.repeat(45)}`.trim(), 'Choice'),
  }))
  const many = { code: 'many', since: 1, kind: 'many' as const, words: said('Что?', 'What?'), options }
  await keepSurveys(family.world, { ...wordy, code: 'long', questions: [...questions, many] })
  await desk.invite('long')
  await desk.looks()
  await told(olga, /Есть короткий опрос/)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Вопрос 0/],
  ])
  for (const letter of ['а', 'б', 'в', 'г']) await olga.say(letter.repeat(500))
  for (let number = 1; number <= 8; number += 1) await olga.tap(String(number))
  await olga.play([
    ['Готово: 8', /Всё верно/],
    ['Следующие ›', /7 выбор/],
    ['‹ Предыдущие', /а{500}/],
    ['Отправить', 'survey-end'],
  ])
})

test('the built-in survey follows two hours after a visit that took place', async () => {
  const family = await openWithFamily()
  const { world, key, path, curatorId, member, curator } = family
  const dasha = await member('minor', 'Даша')
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  const visit = { staffId: curatorId, startsAt: '2026-11-25T07:10:00Z', minutes: 60, purpose: 'regular' }
  const planned = await key.post(`${path}/visits`, { ...visit, audience: 'family' })
  const { id } = planned.body as { id: string }
  world.clock.set('2026-11-25T08:15:00Z')
  expect((await key.post(`${path}/visits/${id}/outcome`, { status: 'done' })).status).toBe(200)
  await desk.looks('2026-11-25T10:10:00Z')
  expect(olga.allText()).not.toContain('опрос')
  await desk.looks('2026-11-25T10:15:30Z')
  await told(olga, /Есть короткий опрос/)
  await olga.play([
    ['Посмотреть', /Как прошёл визит/],
    ['Начать', /В этот визит мы вам помогли\?/],
    ['Очень помогли', /С вами говорили уважительно\?/],
  ])
  await dasha.play([
    ['/start', 'home'],
    ['Опрос · 1 минута', /Как прошла встреча/],
    ['Начать', /Эта встреча тебе помогла\?/],
  ])
  expect(curator.allText()).not.toMatch(/опрос/i)
  // No other survey within a week.
  await desk.invite()
  await desk.looks('2026-11-26T10:00:00Z')
  expect((await desk.statuses()).sort()).toEqual(['invited', 'invited', 'waiting', 'waiting'])
})
