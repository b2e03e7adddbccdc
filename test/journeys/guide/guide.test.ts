import { expect, inject, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { adultSubmits, minorAnswers, parentAnswers, submitAsParent, upTo } from '#test/support/intake.ts'
import { takeDown } from '#test/support/outage.ts'
import { openWorld } from '#test/support/world.ts'

// «What people fear most» and «what to do tonight»: from the menu, from the crisis card and before a request is sent.
const tuesday = '2026-11-24T09:00:00Z'

test('an adult reads what to do tonight from the menu, with what it is based on, in one message', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.start()
  const { message_id } = olga.card()
  await olga.play([
    ['Что делать сегодня', 'tonight'],
    ['Негде ночевать', /тепло, светло[\s\S]*8-8652-00-00-00[\s\S]*112/],
    ['На чём это основано', /442-ФЗ, статья 21[\s\S]*ещё не подтвердил/],
    ['‹ Назад', /тепло, светло/],
    ['‹ Назад', 'tonight'],
    ['‹ Назад', 'home'],
    ['Чего боятся чаще всего', 'fears'],
    ['Заберут ли детей?', /прямой угрозе[\s\S]*«никогда» мы не можем[\s\S]*ещё не проверил/],
    ['На чём это основано', /Семейный кодекс, статья 77/],
    ['Срочная помощь', 'crisis'],
    ['Вернуться', 'home'],
    ['Чего боятся чаще всего', 'fears'],
    ['Ещё вопросы ›', 'fears'],
    ['Это анонимно?', /124 с мобильного/],
    ['‹ Назад', 'fears'],
  ])
  expect(olga.dataOf('А если передумаю?')).toMatch(/change-of-mind/)
  expect(olga.card().message_id).toBe(message_id)
  await olga.play([['‹ Назад', 'fears']])
  await olga.play([['Меню', 'home']])
  // Nothing about what was read is stored.
  expect(await world.database.prisma.person.count()).toBe(0)
})

test('whoever has not said their age finds the topics for minors, in «ты»', async () => {
  const world = await openWorld({ at: tuesday })
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.start()
  await dasha.play([
    ['Что делать сегодня', /Выберите то, что похоже/],
    ['Мне меньше 18', /Выбери то, что похоже/],
    ['Меня трогают', /Это не твоя вина/],
    ['‹ Назад', 'tonight'],
    ['Не хочу жить', /Скажи одному человеку/],
    ['Попросить о помощи', 'question.applicant'],
    ['Срочная помощь', 'crisis'],
    ['Чего боятся чаще всего', 'fears'],
    ['Мне меньше 18', 'fears'],
    ['Меня заберут?', /твоё мнение должны учесть/],
  ])
  expect(dasha.text()).not.toMatch(/(^|[^а-яё])(вы|вас|вам|ваш[аиу]?)([^а-яё]|$)/i)
})

test('from the crisis card over a question: back to its ticks, and words below answer nothing by mistake', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.helpKinds'),
    ['Помощь психолога', /Отмечено: Помощь психолога/],
    ['Срочная помощь', 'crisis'],
    ['Что делать сегодня', 'tonight'],
    ['Нас бьют дома', /Возьмите детей/],
    ['‹ Назад', 'tonight'],
    ['‹ Назад', /Отмечено: Помощь психолога/],
  ])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([
    ...upTo(minorAnswers('Да, можно'), 'question.ownWords'),
    ['Срочная помощь', 'crisis'],
    ['Что делать сегодня', /Выбери/],
    ['Страшно быть дома', /Иди туда, где люди/],
    [{ words: 'он ломает дверь' }, /Не открывай\. Запри дверь/],
    ['/menu', 'home'],
    // The words are in the story, so it is not asked for again.
    ['Продолжить', 'question.danger'],
  ])
})

test('before Submit: the draft waits, and is sent as it was', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play([
    ...parentAnswers(),
    ['Чего боятся чаще всего', 'fears'],
    ['Поставят на учёт?', /Центр ведёт список семей/],
    ['‹ Назад', 'fears'],
    ['‹ Назад', 'summary'],
    ['Что делать сегодня', 'tonight'],
    ['Нечего есть', /Горячую еду/],
    ['‹ Назад', 'tonight'],
    ['‹ Назад', 'summary'],
    ...adultSubmits,
  ])
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([
    ...minorAnswers('Да, можно'),
    ['Чего боятся чаще всего', 'fears'],
    ['Родители узнают?', /не показывает им этот чат[\s\S]*обязан сообщить/],
    ['Меню', 'home'],
    ['Продолжить', /./],
  ])
  expect(await world.database.prisma.request.count()).toBe(1)
  expect(await world.database.prisma.draft.count()).toBe(1)
})

test('people with a request and members of a family have it in their menu; staff do not', async () => {
  const { world, member, curator } = await openWithFamily()
  const olga = world.person()
  await submitAsParent(olga)
  await olga.play([
    ['Меню', /Прочитает специалист по приёму/],
    ['Чего боятся чаще всего', 'fears'],
    ['Кто об этом узнает?', /межведомственная комиссия/],
    ['Меню', /Прочитает специалист по приёму/],
  ])
  const parent = await member('parent', 'Ирина')
  await parent.play([
    ['/menu', 'home'],
    ['Что делать сегодня', /Выберите/],
    ['‹ Назад', 'home'],
  ])
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    ['/menu', 'home'],
    ['Чего боятся чаще всего', 'fears'],
    ['К нам придут домой?', /Это не наказание/],
  ])
  await curator.say('/menu')
  expect(curator.buttons(curator.card()).map(({ text }) => text)).not.toContain('Что делать сегодня')
})

test('in English, adult and minor', async () => {
  const world = await openWorld({ at: tuesday })
  const mary = world.person({ firstName: 'Mary', languageCode: 'en' })
  await mary.start()
  await mary.play([
    ['What people fear most', 'fears'],
    ['Must I let them in?', /Without your consent/],
    ['What this is based on', /Constitution, article 25/],
    ['‹ Back', /Without your consent/],
    ['‹ Back', 'fears'],
    ["I'm under 18", 'fears'],
    ['Trouble for my parents?', /not your fault/],
    ['Urgent help', 'crisis'],
    ['What to do tonight', 'tonight'],
    ['They drink at home', /not your job/],
  ])
  expect(mary.text()).not.toMatch(/[а-яё]/i)
})

// The embedded database is in the process itself, and cannot go away.
test.runIf(inject('database') === 'postgres')('in an outage it comes as the crisis card does', async () => {
  const noise = ['jobs.due-poll-failed', 'update.failed', 'jobs.error', 'jobs.warning']
  const lost = ['database.connection-lost', 'leader-lock.connection-lost', 'leader-lock.not-taken']
  const world = await openWorld({ at: tuesday, noise: [...noise, ...lost] })
  const olga = world.person()
  await olga.play([
    ...upTo(parentAnswers(), 'question.helpKinds'),
    ['Помощь психолога', /Отмечено: Помощь психолога/],
  ])
  const database = await takeDown(world.database)
  await olga.play([
    ['Срочная помощь', 'crisis'],
    ['Что делать сегодня', 'tonight'],
    ['Ребёнок ушёл из дома', /112 или 102/],
    ['На чём это основано', /трёх дней нет/],
    ['‹ Назад', /112 или 102/],
    ['‹ Назад', 'tonight'],
  ])
  await database.bringBack()
  await olga.settle()
  await olga.play([['‹ Назад', /Отмечено: Помощь психолога/]])
})
