import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '#storage/seal.ts'
import { openWithFamily } from '../support/family.ts'
import { type ActivityBody, anActivity, aPlan, publish } from '../support/plan.ts'
import { testKeys, type World } from '../support/world.ts'

const activities: ActivityBody[] = [
  anActivity('school', {
    title: 'Содействие в организации обучения',
    plain: 'Встретиться с классным руководителем',
    kind: 'pedagogical',
    place: 'Школа № 5',
    when: { kind: 'once', on: '2026-11-27', at: '15:00' },
    familyPart: 'Прийти вместе с Дашей',
    centrePart: 'Договориться о встрече',
  }),
  anActivity('group', {
    plain: 'Группа для родителей',
    kind: 'psychological',
    audience: 'adults',
    when: { kind: 'weekly', from: '2026-11-24', until: '2027-01-31', days: ['tue'], at: '18:00' },
  }),
  anActivity('talk', {
    plain: 'Поговорить с психологом',
    kind: 'psychological',
    audience: 'minors',
    when: { kind: 'span', from: '2026-12-07', until: '2026-12-20' },
  }),
]

/** Hears of everything, and is sent nothing. */
const pausedEndpoint = async ({ database: { prisma } }: World) => {
  const id = randomUUID()
  const place = `webhook_endpoints.secrets.${id}`
  const secrets = createSealer(testKeys).sealJson([{ secret: 'whsec_dGVzdA==' }], place)
  const paused = { status: 'paused', pausedFor: 'staff' }
  const heard = {
    url: 'https://127.0.0.1:9/',
    events: ['plan.published', 'activity.reported'],
    territories: [],
  }
  await prisma.webhookEndpoint.create({ data: { id, ...heard, ...paused, secrets } })
}

test('a parent sees the plan at a glance, leafs through it and asks what is not clear', async () => {
  const { world, key, path, familyId, curator, supervisor, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.play([['/plan', /Плана пока нет/]])
  const ids = await publish(key, path, aPlan(activities))
  await olga.settle()
  // The push gives nothing away, and leads to the plan.
  expect(olga.text()).not.toMatch(/руководител|Школа|Даша/)
  await olga.play([['Посмотреть', 'plan']])
  olga.sees(
    /Цель: Дома спокойно[\s\S]*С 23 ноября по 20 мая 2027[\s\S]*кризисный[\s\S]*▱{10}\nСделано 0 из 3/,
  )
  await olga.play([
    ['На этой неделе', /Встретиться с классным руководителем\nВ пятницу, 27 ноября, в 15:00/],
    [
      'Встретиться с классным руководителем',
      /Школа № 5[\s\S]*Прийти вместе с Дашей[\s\S]*В документах: Содействие/,
    ],
    ['Не понимаю', /Вопрос передан куратору/],
    // Said twice, it is one question.
    ['Не понимаю', /Вопрос передан куратору/],
    ['‹ Назад', /На этой неделе/],
    ['‹ Назад', 'plan'],
    ['Дальше', /Группа для родителей\nВо вторник, 1 декабря, в 18:00[\s\S]*В любой день до 20 декабря/],
    ['‹ Назад', 'plan'],
    ['Сделано', /Пока ничего не отмечено/],
    ['‹ Назад', 'plan'],
    ['По видам помощи', /▱{10} Учёба, кружки, воспитание: 0 из 1\n▱{10} Помощь психолога: 0 из 2/],
    ['Помощь психолога', /Группа для родителей[\s\S]*Поговорить с психологом/],
    ['Группа для родителей', /каждую неделю[\s\S]*Ближайшие дни: во вторник, 1 декабря/],
    ['Понятно', /Группа для родителей/],
  ])
  await world.telegram.idle(20_000)
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

test('a minor sees what is for them, is told of nothing else, and finds no way to the rest', async () => {
  const { world, key, path, member, another } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  const olga = await member('parent', 'Ольга')
  const ids = await publish(key, path, aPlan(activities))
  await dasha.play([
    ['/plan', /План помощи\n\nЗдесь то, что касается тебя[\s\S]*Сделано 0 из 2/],
    ['Дальше', /Поговорить с психологом/],
  ])
  expect(dasha.allText()).not.toMatch(/Цель|кризисный|Группа для родителей/)
  await dasha.play([
    ['Поговорить с психологом', /Поговорить с психологом/],
    ['Подходит ли мне', /Тебе это подходит\?/],
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
  await dasha.play([
    ['/plan', 'plan'],
    ['Что изменилось', /Убрано: Поговорить с психологом/],
  ])
})

test('a new version says what was added, moved, changed and taken out, and hears each parent', async () => {
  const { world, key, path, familyId, curator, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const igor = await member('representative', 'Игорь')
  const [school, group, talk] = activities as [ActivityBody, ActivityBody, ActivityBody]
  const ids = await publish(key, path, aPlan([school, group, talk]))
  const next = aPlan([
    { ...school, when: { kind: 'once', on: '2026-11-30', at: '16:00' } },
    { ...talk, responsible: 'Марина, психолог' },
    anActivity('papers', { plain: 'Оформить пособие', kind: 'legal' }),
  ])
  Object.assign(ids, await publish(key, path, next))
  await olga.play([
    ['/plan', 'plan'],
    [
      'Что изменилось',
      /Добавлено: Оформить пособие[\s\S]*Перенесено: Встретиться[\s\S]*30 ноября[\s\S]*Изменилось: Поговорить[\s\S]*Убрано: Группа/,
    ],
    ['Оформить пособие', /Добавлено: Оформить пособие[\s\S]*Вам это подходит\?/],
    ['Подходит', /Что изменилось/],
    [
      'Встретиться с классным руководителем',
      /Когда, было:\n27 ноября 2026, в 15:00[\s\S]*Когда, стало:\n30 ноября 2026, в 16:00/,
    ],
    ['Есть вопрос', /Какой вопрос\?/],
    [{ words: 'я'.repeat(1001) }, /длиннее 1 000 знаков/],
    [{ words: 'А можно <после> пяти?' }, /Что изменилось/],
    ['Группа для родителей', /Убрано: Группа для родителей/],
    ['Не подходит', /Что не подходит\?/],
    ['Пропустить', /Что изменилось/],
    ['Поговорить с психологом', /Кто ведёт, стало:\nМарина, психолог/],
    ['Подходит', /Что изменилось/],
    ['‹ Назад', 'plan'],
  ])
  // All is said; the other parent has their own say.
  expect(olga.buttons(olga.card()).map(({ text }) => text)).not.toContain('Что изменилось')
  await igor.play([
    ['/plan', 'plan'],
    ['Что изменилось', /Добавлено: Оформить пособие/],
    ['Оформить пособие', /Вам это подходит\?/],
    ['Не подходит', /Что не подходит\?/],
    [{ words: 'Пособие уже есть' }, /Что изменилось/],
  ])
  const told = await key.get(`${path}/plan/opinions?limit=4`)
  const page = told.body as { items: { code: string }[]; nextCursor: string }
  const rest = await key.get(`${path}/plan/opinions?cursor=${page.nextCursor}`)
  const items = [...page.items, ...(rest.body as typeof page).items]
  expect(items).toMatchObject([
    { code: 'papers', version: 2, memberId: olga.memberId, role: 'parent', kind: 'agree', text: null },
    { code: 'school', kind: 'question', text: 'А можно <после> пяти?' },
    { code: 'group', activityId: ids.group, kind: 'disagree', text: null },
    { code: 'talk', kind: 'agree' },
    {
      code: 'papers',
      memberId: igor.memberId,
      role: 'representative',
      kind: 'disagree',
      text: 'Пособие уже есть',
    },
  ])
  expect(rest.body).toMatchObject({ nextCursor: null })
  const none = await key.get(`${path}/plan/opinions?version=1`)
  expect(none.body).toEqual({ items: [], nextCursor: null })
  const stored = await world.database.prisma.activityOpinion.findMany()
  expect(
    JSON.stringify(stored, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
  ).not.toMatch(/пяти|Пособие/)

  await curator.settle()
  const cards = curator.messages().filter(({ text }) => text?.includes('Вопрос по плану'))
  expect(cards).toHaveLength(3)
  expect(curator.allText()).not.toContain('Пособие уже есть')
  await curator.play([['Что говорят', /Представитель, 25 ноября: не подходит\nПособие уже есть/]])
  expect(await world.database.prisma.familyEvent.count({ where: { familyId, kind: 'plan' } })).toBe(2)
})

test('whether it was: the family and the staff, in either order, and only supervisors learn that they differ', async () => {
  const { world, key, path, curator, supervisor, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await pausedEndpoint(world)
  const ids = await publish(key, path, aPlan(activities))
  const report = (code: string, on: string, happened: boolean) =>
    key.post(`${path}/activities/${ids[code]}/outcomes`, { on, happened })
  const mismatches = () =>
    supervisor.messages().filter(({ text }) => text?.includes('Слова расходятся')).length
  await olga.play([
    ['/plan', 'plan'],
    ['Дальше', /Группа для родителей/],
    ['Группа для родителей', /намечено во вторник, 24 ноября\. Так и было\?/],
    ['Не было', /Ваш ответ за во? ?вторник, 24 ноября: не было|Ваш ответ за/],
  ])
  // The staff's word comes later, and is another one.
  expect(await report('group', '2026-11-24', true)).toMatchObject({ status: 200 })
  await world.telegram.idle(20_000)
  expect(mismatches()).toBe(1)
  // A mind that is changed agrees.
  await olga.play([['Было', /Ваш ответ за[\s\S]*: было/]])
  expect(mismatches()).toBe(1)

  // The other way round: the staff first, after the hour has come.
  await olga.byHand(`-.activity.${ids.school}`)
  expect(olga.text()).not.toContain('Так и было?')
  world.clock.forward(56 * 3_600_000)
  expect(await report('school', '2026-11-27', true)).toMatchObject({ body: { status: 'done' } })
  await olga.byHand(`-.activity.${ids.school}`)
  await olga.play([['Не было', /не было/]])
  await world.telegram.idle(20_000)
  expect(mismatches()).toBe(2)
  await supervisor.play([
    ['Что говорят', /Специалисты: 27 ноября было|Родитель: 27 ноября не было/],
    ['План семьи', /▰▰▰▱{7}\nСделано 1 из 3/],
  ])
  expect(curator.allText()).not.toContain('Слова расходятся')
  await curator.byHand(`-.f-said.${ids.school}`)
  curator.sees(/Слов об этом пока нет/)
  const events = await world.database.prisma.webhookEvent.findMany({ orderBy: { sequence: 'asc' } })
  const about = { memberId: olga.memberId, activityId: ids.group }
  expect(events).toMatchObject([
    { type: 'plan.published', data: { planVersion: 1, level: 'crisis' } },
    { type: 'activity.reported', data: { ...about, happened: false, mismatch: false } },
    { type: 'activity.reported', data: { activityId: ids.group, happened: true, mismatch: true } },
    { type: 'activity.reported', data: { ...about, happened: true, mismatch: false } },
    {
      type: 'activity.reported',
      data: { ...about, activityId: ids.school, happened: false, mismatch: true },
    },
  ])
  // A day that was not to be is no answer, whoever makes it up.
  const made = olga.dataOf('Было').replace('2026-11-27', '2026-11-28')
  await olga.byHand(made)
  expect(await world.database.prisma.activityMark.count()).toBe(4)
})
