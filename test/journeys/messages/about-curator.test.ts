import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { publishChange } from '#test/support/plan.ts'
import { beginsSurvey } from '#test/support/surveys.ts'
import { planVisit, told } from '#test/support/visits.ts'

const notIrina = /^[\s\S]*Ирина этого не видит\.[\s\S]*Прочитает другой человек из центра/

test('«боюсь Ирину» does not go to Irina: somebody else reads it, and the person is told so at once', async () => {
  const { world, member, curator, supervisor, familyId } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/menu', 'home'],
    [
      { words: 'боюсь Ирину, она на меня кричит' },
      /^✓ Отправлено\. Куратор этого не видит: прочитает другой/,
    ],
    ['Дальше', notIrina],
  ])
  await told(supervisor, /новое сообщение/)
  await curator.byHand(`-.f-thread.${familyId}`)
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.allText()).not.toMatch(/боюсь|кричит|новое сообщение|тревожное/)
  await supervisor.byHand(`-.thread.${olga.memberId}`)
  expect(supervisor.text()).toMatch(/Скрыто от куратора[\s\S]*боюсь Ирину/)
  world.clock.forward(60_000)
  // What follows is hidden as well; it is not said in full again.
  await olga.play([[{ words: 'и при детях' }, /^✓ Отправлено\.\s+Куратор этого не видит/]])
  expect(olga.text()).not.toMatch(/Похоже, это о кураторе/)
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.allText()).not.toMatch(/при детях/)
})

test('who was misunderstood lets the curator read it with two taps, and the curator is told', async () => {
  const { member, curator } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'хочу другого куратора' }, notIrina],
    ['Пусть читает и куратор', /Будет видно всё/],
    ['Да, пусть читает', /Теперь переписку видит и куратор/],
  ])
  await told(curator, /новое сообщение/)
  await curator.byHand(`-.thread.${olga.memberId}`)
  expect(curator.text()).toMatch(/хочу другого куратора/)
})

test('to somebody who is addressed by name nothing is hidden', async () => {
  const { member, curator } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Ирина, сын не хочет в школу' }, /Прочитает Ирина/],
  ])
  await told(curator, /новое сообщение/)
})

test('words that answer a visit, and words about the plan, are kept from her, too', async () => {
  const family = await openWithFamily()
  const { world, key, path, member, curator, supervisor } = family
  const olga = await member('parent', 'Ольга')
  const igor = await member('parent', 'Игорь')
  const visit = await planVisit(family)
  await olga.settle()
  await olga.play([
    ['/visits', 'visits'],
    ['2 декабря, 15:00', 'visit'],
    ['Другое время', 'visit-slots'],
    ['Написать словами', 'visit-words'],
    [{ words: 'не хочу с Ириной, пусть придёт другая' }, notIrina],
  ])
  const { answers } = (await key.get(visit.path)).body as { answers: object[] }
  expect(answers).toMatchObject([{ kind: 'other-time', text: null, slot: null }])
  await publishChange({ world, key, path })
  await igor.play([
    ['/plan', 'plan'],
    ['Что изменилось', /Бумаги/],
    ['Бумаги', /подходит/],
    ['Не подходит', /Что не подходит/],
    [{ words: 'куратор нас унижает' }, /Куратор этого не видит/],
    ['Дальше', notIrina],
  ])
  for (const { memberId } of [olga, igor]) await curator.byHand(`-.thread.${memberId}`)
  expect(curator.allText()).not.toMatch(/с Ириной|унижает/)
  for (const [{ memberId }, words] of [
    [olga, /с Ириной/],
    [igor, /унижает/],
  ] as const) {
    await supervisor.byHand(`-.thread.${memberId}`)
    expect(supervisor.text()).toMatch(words)
  }
})

test('a text of a survey offers somebody else', async () => {
  const family = await openWithFamily()
  const { olga } = await beginsSurvey(family)
  await olga.play([
    ['Не помогли', 'survey-rescue'],
    ['Нет, дальше', /Чего не хватило/],
    [{ words: 'хочу другого куратора' }, 'survey-rescue'],
    ['Да, пусть напишут', /Вам напишет не куратор/],
  ])
})

test('in English', async () => {
  const { member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/language', 'language'],
    ['English', 'language'],
    ['/messages', 'messages'],
    [{ words: 'the curator shouts at me' }, /does not see this[\s\S]*Somebody else at the centre will read/],
  ])
})
