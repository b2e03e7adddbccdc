import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { type ActivityBody, activities, anActivity, aPlan, publish, told } from '#test/support/plan.ts'

test('a parent sees the plan summary, browses it and asks a question', async () => {
  const { world, key, path, familyId, curator, supervisor, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([['/plan', /Плана пока нет/]])
  const ids = await publish(key, path, aPlan(activities))
  await told(world)
  // The push reveals nothing, and opens the plan.
  expect(olga.text()).not.toMatch(/руководител|Школа|Даша/)
  await olga.play([['Посмотреть', 'plan']])
  olga.sees(
    /Цель: Дома спокойно[\s\S]*С 23 ноября по 20 мая 2027[\s\S]*кризисный[\s\S]*▱{10}\nСделано 0 из 3/,
  )
  await olga.play([
    ['На этой неделе', /Встретиться с классным руководителем\nВ пятницу, 27 ноября, в 15:00/],
    [
      'Встретиться с классным…',
      /Когда: в пятницу, 27 ноября, в 15:00[\s\S]*Школа № 5[\s\S]*Прийти вместе с Дашей[\s\S]*В документах: Содействие/,
    ],
    ['Что это значит?', /Вопрос передан куратору[\s\S]*Прочитает Ирина, сегодня до 18:00/],
    // Said twice, it is one question.
    ['Что это значит?', /Вопрос передан куратору/],
    ['‹ Назад', /На этой неделе/],
    ['‹ Назад', 'plan'],
    ['Дальше', /Группа для родителей\nВо вторник, 1 декабря, в 18:00[\s\S]*В любой день до 20 декабря/],
    ['‹ Назад', 'plan'],
    ['Сделано', /Пока ничего не отмечено/],
    ['‹ Назад', 'plan'],
    ['По видам помощи', /▱{10} Учёба, кружки, воспитание: 0 из 1\n▱{10} Помощь психолога: 0 из 2/],
    ['Помощь психолога', /Группа для родителей[\s\S]*Поговорить с психологом/],
    ['Группа для родителей', /каждую неделю[\s\S]*Ближайшие дни: во вторник, 1 декабря/],
  ])
  await told(world)
  const asked = curator.messages().filter(({ text }) => text?.includes('Вопрос по плану'))
  expect(asked).toHaveLength(1)
  expect(asked[0]?.text).not.toMatch(/классным|Ольга/)
  curator.sees(/Семья № \d+/)
  await curator.play([
    ['Что говорят', /Встретиться с классным руководителем[\s\S]*Родитель, 25 ноября: непонятно/],
    ['План семьи', /План семьи № \d+, версия 1[\s\S]*Цель: Дома спокойно/],
    ['Дальше', /Группа для родителей[\s\S]*Поговорить с психологом/],
    ['‹ Назад', /версия 1/],
  ])
  const audited = await world.database.prisma.auditEntry.count({
    where: { familyId, action: 'family.plan', staffId: { not: null } },
  })
  expect(audited).toBe(4)
  // Another curator's hands find nothing, nor does anybody who is no staff.
  const stranger = await world.staff('Мария', ['leninsky'], 'curator')
  for (const chat of [stranger, olga]) {
    await chat.byHand(`-.f-plan.${familyId}`)
    chat.sees(/^Здравствуйте/)
    await chat.byHand(`-.f-said.${ids.school}`)
    chat.sees(/^Здравствуйте/)
  }
  await supervisor.byHand(`-.f-plan.${familyId}`)
  supervisor.sees(/версия 1/)
})

test('a minor sees and is notified only of what is for them, and cannot reach the rest', async () => {
  const { world, key, path, member, another } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  const olga = await member('parent', 'Ольга')
  const ids = await publish(key, path, aPlan(activities))
  await told(world)
  await dasha.play([
    ['/plan', /План помощи\n\nЗдесь то, что касается тебя[\s\S]*Сделано 0 из 2/],
    ['Дальше', /Поговорить с психологом/],
  ])
  expect(dasha.allText()).not.toMatch(/Цель|кризисный|Группа для родителей/)
  await dasha.play([
    ['Поговорить с психологом', /Поговорить с психологом/],
    ['Подходит или нет', /Тебе это подходит\?/],
    ['Есть вопрос', /Напиши одним сообщением/],
    [{ words: 'А мама узнает?' }, /Вопрос передан куратору[\s\S]*Твоё мнение: есть вопрос/],
  ])
  // Neither what is for adults, nor what is of another family, is there.
  const other = await publish(key, await another(), aPlan([anActivity('theirs')]))
  for (const id of [ids.group, other.theirs, 'no-id']) {
    await dasha.byHand(`-.activity.${id}`)
    dasha.sees(/^(Такого здесь нет|Привет)/)
  }
  expect(olga.allText()).not.toContain('А мама узнает?')

  // A version in which only adults' matters change is no news to a minor.
  const pushed = () => world.database.prisma.push.count({ where: { kind: 'plan' } })
  expect(await pushed()).toBe(2)
  const [school, group, talk] = activities as [ActivityBody, ActivityBody, ActivityBody]
  await publish(key, path, aPlan([school, { ...group, place: 'Центр, каб. 3' }, talk]))
  expect(await pushed()).toBe(3)
  // What was theirs and is for adults now was taken out, to them.
  await publish(key, path, aPlan([school, group, { ...talk, audience: 'adults' }]))
  await told(world)
  await dasha.play([
    ['/plan', 'plan'],
    ['Что изменилось', /Убрано: Поговорить с психологом/],
  ])
})

test('the longest texts fit on cards, over as many pages as needed', async () => {
  const { world, key, path, curator, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const long = (sign: string): Partial<ActivityBody> => ({
    title: `${sign.repeat(199)}я`,
    plain: `${sign.repeat(399)}я`,
    place: `${sign.repeat(199)}я`,
    responsible: `${sign.repeat(99)}я`,
    familyPart: `${sign.repeat(499)}я`,
    centrePart: `${sign.repeat(499)}я`,
    when: { kind: 'weekly', from: '2026-11-24', until: '2027-01-31', days: ['tue'], at: '18:00' },
  })
  const plan = (sign: string) =>
    aPlan(
      Array.from({ length: 14 }, (_, index) => anActivity(`a${index}`, long(sign))),
      { goal: `${'<'.repeat(999)}я` },
    )
  await publish(key, path, plan('я'))
  await told(world)
  await publish(key, path, plan('&'))
  await told(world)
  await olga.play([
    ['/plan', 'plan'],
    ['Дальше', /Дальше/],
    ['Следующие ›', /Дальше/],
    ['Следующие ›', /Дальше/],
  ])
  expect(olga.buttons(olga.card()).filter(({ text }) => text.startsWith('&'))).toHaveLength(2)
  const one = `${'&'.repeat(23)}…`
  await olga.play([
    [one, /Что делает центр/],
    ['Подходит или нет', /Перенесено/],
    ['Следующие ›', /стало/],
    ['Не подходит', /Что не подходит/],
    [{ words: '<'.repeat(1000) }, /Что делает центр/],
    ['‹ Назад', 'plan'],
    ['Что изменилось', /Перенесено: &{399}я/],
  ])
  await told(world)
  await curator.play([['Что говорят', /не подходит\n<{1000}/]])
})
