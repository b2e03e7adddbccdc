import { expect, test } from 'vitest'
import { adultSubmits, done, parentAnswers, upTo } from '#test/support/intake.ts'
import { openWorld, useWorld } from '#test/support/world.ts'

// A Tuesday; five working days later is Tuesday, 1 December.
const tuesday = '2026-11-24T09:00:00Z'

const shared = useWorld({ at: tuesday })

test('a parent asks for support, a specialist claims it, and the parent learns who', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()

  await olga.play([...parentAnswers(), ...adultSubmits])
  expect(olga.text()).toMatch(/2026-000001/)
  expect(olga.text()).toMatch(/до вторника, 1 декабря/)
  expect(olga.text()).toMatch(/отозвать/i)

  await expect.poll(() => anna.text()).toMatch(/Заявление 2026-000001/)
  expect(anna.text()).toMatch(/Ленинский/)
  expect(anna.text()).toMatch(/психолога/)
  expect(anna.text()).not.toMatch(/Ольга|900|комнаты/)

  await anna.tap('Взять')
  anna.sees(/Взято вами/)
  await expect.poll(() => olga.allText()).toMatch(/У вас новое сообщение/)
  await olga.play([['Посмотреть', /занимается Анна, специалист по приёму/]])
})

test('every answer can be changed from the summary, and the change leads back to it', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...parentAnswers(),
    ['Изменить ответ', 'change'],
    ['Опасность', 'question.danger'],
    ['Не знаю', 'summary'],
    ['Изменить ответ', 'change'],
    ['Где живёт семья', 'question.territory'],
    ['Другое место', 'question.territoryWords'],
    [{ words: 'село Донское' }, 'summary'],
    ['Изменить ответ', 'change'],
    ['Что происходит', 'question.circumstances'],
    ['Ребёнку трудно среди людей', 'question.circumstances'],
    // Nothing is ticked: there is nothing to finish, and «I do not know» answers at once.
    ['Не знаю, как назвать', 'summary'],
    ['Изменить ответ', 'change'],
    ['Какая помощь', 'question.helpKinds'],
    ['Документы и права', /Отмечено: Помощь психолога; Документы/],
    [done, 'summary'],
    ['Изменить ответ', 'change'],
    ['Дети', 'question.children'],
    ['Ждём ребёнка', 'summary'],
    ['Изменить ответ', 'change'],
    ['Рассказ', 'question.ownWords'],
    ['Пропустить', 'summary'],
    ['Изменить ответ', 'change'],
    ['Имя', 'question.name'],
    [{ words: 'Ольга Ивановна' }, 'summary'],
    ['Изменить ответ', 'change'],
    ['Телефон', 'question.phone'],
    [{ words: '8 (912) 345-67-89' }, 'summary'],
    ['Изменить ответ', 'change'],
    ['Удобное время', 'question.hours'],
    ['В любое время', 'summary'],
    ['Изменить ответ', 'change'],
    ['Как связаться', 'question.safeContact'],
    ['Только звонить', 'summary'],
  ])
  for (const said of [
    'село Донское',
    'Не знаю',
    'Документы',
    'Ждём ребёнка',
    'Ольга Ивановна',
    '+79123456789',
    'Только звонить',
  ]) {
    expect(olga.text()).toContain(said)
  }
  await olga.play(adultSubmits)
  expect(olga.text()).toMatch(/2026-000001/)
})

test('a change that opens a gap asks what is missing before the summary', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ...parentAnswers(),
    ['Изменить ответ', 'change'],
    ['Кто обращается', 'question.applicant'],
    ['Законный представитель', 'question.representative'],
    ['Приёмная семья', 'summary'],
  ])
  expect(olga.text()).toMatch(/Приёмная семья/)
})

test('Back leads to the question before, and the answer stands', async () => {
  const world = await shared()
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.circumstances'),
    ['‹ Назад', 'question.territory'],
    ['‹ Назад', 'question.danger'],
    ['Нет', 'question.circumstances'],
  ])
})

test('after a restart the app continues at the same question', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([...upTo(parentAnswers(), 'question.helpKinds'), ['Помощь психолога', /Отмечено/]])
  await world.restart()
  await olga.play([
    ['/menu', 'home'],
    ['Продолжить', 'question.helpKinds'],
    // The tick stood on the card only: it is there still where Redis has kept the card.
    [(chat) => /Отмечено/.test(chat.text()) || chat.tap('Помощь психолога'), /Отмечено/],
    [done, 'question.children'],
  ])
})
