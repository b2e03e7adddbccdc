import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { inviteTo, openSurveyDesk, sentAnswers } from '#test/support/surveys.ts'

test('an adult is asked first, answers one question per card, checks and submits', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', /Как идёт помощь[\s\S]*не больше 5 вопросов, до 1 минуты/],
    ['Начать', /вопрос 1 из 4[\s\S]*Мы вам помогли\?/],
    ['Помогли', /вопрос 2 из 4[\s\S]*С вами говорили уважительно\?/],
    ['Да', /вопрос 3 из 4[\s\S]*Что помогло\?/],
    ['Разговоры', /Что помогло\?/],
    ['Документы', /Что помогло\?/],
    ['Готово: 2', /0 – Точно нет, 10 – Точно да/],
    ['9', 'survey-check'],
  ])
  expect(olga.text()).toMatch(/1\. Мы вам помогли\?\nПомогли\n\n2\. [\s\S]*Разговоры; Документы[\s\S]*9/)
  await olga.play([['Отправить', 'survey-end']])
  expect(await sentAnswers(world)).toEqual({ helped: 4, respect: 1, kinds: ['talks', 'papers'], advise: 9 })
  expect(await desk.statuses()).toEqual(['finished'])
  expect(await world.database.prisma.surveyResponse.findFirstOrThrow()).toMatchObject({
    contactAllowed: false,
    finishedAt: expect.any(Date),
  })
})
