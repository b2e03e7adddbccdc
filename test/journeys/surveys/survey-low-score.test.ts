import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openReceiver } from '#test/support/receiver.ts'
import { inviteTo, openSurveyDesk } from '#test/support/surveys.ts'
import { told } from '#test/support/visits.ts'

const asked = /Просят поговорить не с куратором/

test('a low answer offers another contact at once; supervisors and other systems are notified, the curator never', async () => {
  const receiver = await openReceiver()
  const family = await openWithFamily({ allowLoopback: true })
  const { world, key, member, supervisor, curator, familyId } = family
  expect(
    await key.post('/webhooks', { url: `${receiver.url}/events`, events: ['survey.low_score'] }),
  ).toMatchObject({ status: 201 })
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Не помогли', /Можно поговорить не с куратором[\s\S]*до конца следующего рабочего дня/],
  ])
  await olga.play([
    ['Да, пусть напишут', /Вам напишет не куратор.*до конца четверга, 26 ноября\.[\s\S]*Чего не хватило\?/],
    [{ words: 'Никто не слушал' }, /уважительно/],
    ['Нет', /Что помогло/],
    ['Пропустить', /Посоветуете/],
    ['0', 'survey-check'],
    ['Отправить', /ответы отправлены[\s\S]*до конца четверга, 26 ноября\./],
  ])
  await told(supervisor, asked)
  await told(nina, asked)
  expect(supervisor.text()).toMatch(/Семья № \d+, опрос «Как идёт помощь»: ответ был низким.*26 ноября/)
  for (const word of ['Ольга', 'Никто не слушал', 'Не помогли']) expect(supervisor.text()).not.toContain(word)
  expect(curator.allText()).not.toMatch(/поговорить не с куратором|опрос/i)

  const { id: rescueId } = await world.database.prisma.surveyRescue.findFirstOrThrow()
  await expect.poll(() => receiver.events(), { timeout: 30_000 }).toHaveLength(1)
  expect(receiver.events()[0]).toMatchObject({
    type: 'survey.low_score',
    data: { familyId, rescueId, memberId: olga.memberId, survey: 'how-is-it' },
  })
  expect(JSON.stringify(receiver.events())).not.toMatch(/Ольга|слушал/)

  // The curator or a member cannot mark it as answered.
  for (const chat of [curator, olga]) {
    await chat.byHand(`-.survey-answered.${rescueId}`)
    expect(await world.database.prisma.surveyRescue.findFirstOrThrow()).toMatchObject({ answeredAt: null })
  }
  const card = supervisor.card()
  await supervisor.play([
    ['Написать', 'thread'],
    ['Ответить', 'thread-write'],
    [{ words: 'Здравствуйте, Ольга. Когда вам удобно поговорить?' }, 'thread'],
  ])
  await supervisor.tap('Ответ дан', card)
  const shown = supervisor.messages().find(({ message_id: id }) => id === card.message_id)
  expect(shown?.text).toMatch(/^Ответ дан/)
  expect(await world.database.prisma.surveyRescue.findFirstOrThrow()).toMatchObject({
    answeredAt: expect.any(Date),
    remindAt: null,
  })
  // A later tap of the other supervisor is harmless.
  await nina.tap('Ответ дан')
  expect(nina.allText()).toMatch(/Ответ дан/)
  expect(nina.allText()).not.toMatch(asked)
})

test('after a no the survey continues without asking again; the check keeps the offer until the answer is changed', async () => {
  const family = await openWithFamily()
  const { world, member, supervisor } = family
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Почти не помогли', 'survey-rescue'],
    ['‹ Назад', /Мы вам помогли\?/],
    ['Почти не помогли', 'survey-rescue'],
    ['Нет, дальше', /Чего не хватило\?/],
    ['Пропустить', /уважительно/],
    ['Пропустить', /Что помогло/],
    ['Пропустить', /Посоветуете/],
    ['Пропустить', 'survey-check'],
    ['Поговорить с другим', 'survey-rescue'],
    ['Нет, дальше', 'survey-check'],
    ['Изменить 1', /Мы вам помогли\?/],
    ['Помогли', 'survey-check'],
  ])
  // The question that depended on the low answer is no longer answered.
  expect(olga.text()).not.toContain('Чего не хватило')
  const labels = olga.buttons(olga.card()).map(({ text }) => text)
  expect(labels).not.toContain('Поговорить с другим')
  await olga.play([['Отправить', 'survey-end']])
  expect(olga.text()).not.toContain('не куратор')
  expect(await world.database.prisma.surveyRescue.count()).toBe(0)
  expect(supervisor.allText()).not.toMatch(asked)
})

test('alarming words in an answer show the hotlines, a supervisor writes on request, and the survey continues', async () => {
  const family = await openWithFamily()
  const { key, member, supervisor, curator, world } = family
  await key.call('PUT', '/alarming-words', { body: { words: ['бьёт'] } })
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Немного помогли', /Чего не хватило\?/],
    [{ words: 'Он опять бьёт меня' }, /112[\s\S]*Опросы читают не сразу/],
    ['‹ Назад', /Сейчас записано: «Он опять бьёт меня»/],
    ['Дальше', /уважительно/],
    ['‹ Назад', /Сейчас записано/],
  ])
  // The member stays anonymous unless they agree.
  expect(await world.database.prisma.surveyRescue.count()).toBe(0)
  await olga.play([
    [{ words: 'Он опять бьёт меня, страшно' }, /112/],
    ['Пусть мне напишут', /Передано\. Вам напишет не куратор[\s\S]*уважительно/],
  ])
  const card = /В опросе написали о том, что не ждёт[\s\S]*слово из списка тревожных/
  await expect.poll(() => supervisor.allText()).toMatch(card)
  expect(supervisor.allText()).not.toContain('бьёт')
  expect(curator.allText()).not.toMatch(/не ждёт/)
})
