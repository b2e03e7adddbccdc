import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { inviteTo, openSurveyDesk, sentAnswers } from '#test/support/surveys.ts'

const labelsOf = (chat: Chat) => chat.buttons(chat.card()).map(({ text }) => text)

test('an interrupted survey continues at the same question: after the menu, after help, after a restart', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Немного помогли', /Чего не хватило\?/],
    [{ words: 'Врача' }, /уважительно/],
    ['Да', /Что помогло/],
    ['Разговоры', /Что помогло/],
    ['/help', /Как это устроено/],
    ['‹ Назад', /Что помогло/],
  ])
  expect(labelsOf(olga)).toContain('✓ Разговоры')
  await olga.play([['Готово: 1', /Посоветуете/]])
  await world.restart()
  await olga.play([
    ['/start', 'home'],
    ['Опрос · продолжить', /вопрос 5 из 5[\s\S]*Посоветуете/],
  ])
  // Back to look, away, and back at the same question.
  await olga.play([
    ['‹ Назад', /Что помогло/],
    ['‹ Назад', /уважительно/],
    ['Меню', 'home'],
    ['Опрос · продолжить', /уважительно/],
    ['Дальше', /Что помогло/],
    ['Дальше', /Посоветуете/],
    ['8', 'survey-check'],
  ])
  await world.restart()
  await olga.play([
    ['/start', 'home'],
    ['Опрос · продолжить', 'survey-check'],
    ['Отправить', 'survey-end'],
  ])
  expect(await sentAnswers(world)).toEqual({
    ...{ helped: 3, missing: 'words', respect: 1, kinds: ['talks'], advise: 8 },
  })
  expect(await world.database.prisma.surveyResponse.count()).toBe(1)
  expect(await desk.statuses()).toEqual(['finished'])
})

test('every answer can be changed and removed until submission; back loses none', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Немного помогли', /Чего не хватило\?/],
    [{ words: 'а'.repeat(501) }, /длиннее 500 знаков/],
    [{ words: 'Няни' }, /уважительно/],
    ['‹ Назад', /Сейчас записано: «Няни»/],
    [{ words: 'Няни & <няньки>' }, /уважительно/],
    [{ words: 'да' }, /^✓ Отправлено\./],
    ['Да', /Что помогло/],
    ['Готово', /Ничего не отмечено/],
    ['Разговоры', /Что помогло/],
    ['Готово: 1', /Посоветуете/],
    ['0', 'survey-check'],
    ['‹ Назад', /Посоветуете/],
    ['10', 'survey-check'],
    ['Изменить 4', /Что помогло/],
    ['Убрать ответ', 'survey-check'],
    ['Изменить 3', /уважительно/],
    ['‹ Назад', 'survey-check'],
    ['Изменить 1', /Мы вам помогли\?/],
    ['Очень помогли', 'survey-check'],
  ])
  expect(olga.text()).toMatch(/3\. Что помогло\?\nбез ответа/)
  // Low again: the free text returns, because it was not deleted.
  await olga.play([
    ['Изменить 1', /✓|Мы вам помогли/],
    ['Немного помогли', 'survey-check'],
  ])
  expect(olga.text()).toContain('Няни & <няньки>')
  await olga.play([
    ['Можно со мной связаться', 'survey-check'],
    ['✓ Можно со мной связаться', 'survey-check'],
    ['Отправить', 'survey-end'],
  ])
  expect(olga.text()).not.toContain('Вы разрешили связаться')
  expect(await sentAnswers(world)).toEqual({
    ...{ helped: 3, missing: 'words', respect: 1, kinds: null, advise: 10 },
  })
})

test('an unfinished survey is kept after its expiry, marked, and no longer offered', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Помогли', /уважительно/],
  ])
  await desk.looks('2026-12-09T07:01:00Z')
  expect(await desk.statuses()).toEqual(['expired'])
  await olga.play([['Да', /Этот опрос закончился[\s\S]*с пометкой, что опрос не закончен/]])
  await olga.play([['/start', 'home']])
  expect(labelsOf(olga)).not.toContain('Опрос · продолжить')
  expect(await world.database.prisma.surveyResponse.findFirstOrThrow()).toMatchObject({ finishedAt: null })
  expect(await sentAnswers(world)).toEqual({ helped: 4 })
})
