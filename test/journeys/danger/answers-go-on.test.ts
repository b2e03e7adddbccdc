import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { publishChange } from '#test/support/plan.ts'
import { inviteTo, openSurveyDesk } from '#test/support/surveys.ts'
import { planVisit, told } from '#test/support/visits.ts'

// «Он стучит в дверь» is a postman's, unless the talk is about danger: then it is, whatever question the words answer.
const words = 'он стучит в дверь'
const cry = { words: 'муж избил меня' }

test('an answer in words to a visit', async () => {
  const family = await openWithFamily()
  const { member, supervisor } = family
  const olga = await member('parent', 'Ольга')
  await planVisit(family)
  await olga.settle()
  await olga.play([
    [cry, 'messages.alarmed'],
    ['/visits', 'visits'],
    ['2 декабря, 15:00', 'visit'],
    ['Другое время', 'visit-slots'],
    ['Написать словами', 'visit-words'],
    [{ words }, 'messages.alarmed'],
  ])
  await told(supervisor, /Срочно\. Семья № \d+: в сообщении есть тревожное/)
  expect(await family.world.database.prisma.message.count({ where: { alarming: true } })).toBe(2)
})

test('words about the plan', async () => {
  const { world, key, path, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await publishChange({ world, key, path })
  await olga.play([
    [cry, 'messages.alarmed'],
    ['/plan', 'plan'],
    ['Что изменилось', /Бумаги/],
    ['Бумаги', /подходит/],
    ['Есть вопрос', /Какой вопрос/],
    [{ words }, 'messages.alarmed'],
  ])
  expect(await world.database.prisma.message.count({ where: { alarming: true } })).toBe(2)
})

test('a text of a survey', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([[cry, 'messages.alarmed']])
  await olga.byHand('-.survey.')
  await olga.play([
    ['Начать', /Мы вам помогли\?/],
    ['Не помогли', 'survey-rescue'],
    ['Нет, дальше', /Чего не хватило/],
    [{ words }, 'survey-heavy'],
    ['Пусть мне напишут', /Вам напишет не куратор/],
  ])
})
