import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '#storage/seal.ts'
import { openWithFamily } from '#test/support/family.ts'
import { type ActivityBody, activities, anActivity, aPlan, publish, told } from '#test/support/plan.ts'
import { testKeys, type World } from '#test/support/world.ts'

/** Sees all changes, but gets no pushes. */
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

test('a new version lists what was added, moved, changed and removed, and collects each parent’s opinion', async () => {
  const { world, key, path, familyId, curator, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const igor = await member('representative', 'Игорь')
  const [school, group, talk] = activities as [ActivityBody, ActivityBody, ActivityBody]
  const ids = await publish(key, path, aPlan([school, group, talk]))
  await told(world)
  const next = aPlan([
    { ...school, when: { kind: 'once', on: '2026-11-30', at: '16:00' } },
    { ...talk, responsible: 'Марина, психолог' },
    anActivity('papers', { plain: 'Оформить пособие', kind: 'legal' }),
  ])
  Object.assign(ids, await publish(key, path, next))
  await told(world)
  await olga.play([
    ['/plan', 'plan'],
    [
      'Что изменилось',
      /Добавлено: Оформить пособие[\s\S]*Перенесено: Встретиться[^\n]*\nВ понедельник, 30 ноября, в 16:00[\s\S]*Изменилось: Поговорить[\s\S]*Убрано: Группа/,
    ],
    ['Оформить пособие', /Добавлено: Оформить пособие[\s\S]*Вам это подходит\?/],
    ['Подходит', /Что изменилось/],
    [
      'Встретиться с классным…',
      /Когда, было:\nв пятницу, 27 ноября, в 15:00[\s\S]*Когда, стало:\nв понедельник, 30 ноября, в 16:00/,
    ],
    ['Есть вопрос', /Какой вопрос\?/],
    [{ words: 'я'.repeat(1001) }, /длиннее 1 000 знаков/],
    [
      { words: 'А можно <после> пяти?' },
      /Вопрос передан куратору[\s\S]*Прочитает Ирина[\s\S]*Что изменилось/,
    ],
    ['Группа для родителей', /Убрано: Группа для родителей/],
    ['Не подходит', /Что не подходит\?/],
    ['Пропустить', /Что изменилось/],
    ['Поговорить с психологом', /Кто ведёт, стало:\nМарина, психолог/],
    ['Подходит', /Что изменилось/],
    ['‹ Назад', 'plan'],
  ])
  // All is said, and can be read and said otherwise as long as the version is in force; the other has their own say.
  await olga.play([
    ['Что изменилось', /Убрано: Группа/],
    ['Группа для родителей', /Убрано: Группа для родителей/],
    ['‹ Назад', /Что изменилось/],
  ])
  await igor.play([
    ['/plan', 'plan'],
    ['Что изменилось', /Добавлено: Оформить пособие/],
    ['Оформить пособие', /Вам это подходит\?/],
    ['Не подходит', /Что не подходит\?/],
    [{ words: 'Пособие уже есть' }, /Что изменилось/],
  ])
  const answer = await key.get(`${path}/plan/opinions?limit=4`)
  const page = answer.body as { items: { code: string }[]; nextCursor: string }
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

  await told(world)
  const cards = curator.messages().filter(({ text }) => text?.includes('Вопрос по плану'))
  expect(cards).toHaveLength(3)
  expect(curator.allText()).not.toContain('Пособие уже есть')
  await curator.play([['Что говорят', /Представитель, 25 ноября: не подходит\nПособие уже есть/]])
  // The answer goes to whoever asked, in their own conversation, where the question stands.
  await curator.tap('Ответить', cards[0])
  curator.sees(/Ольга[\s\S]*Вопрос о мероприятии плана\nА можно <после> пяти\?/)
  expect(curator.messages().some(({ text }) => text?.includes('новое сообщение'))).toBe(false)
  await curator.play([
    ['Ответить', /Что ответить/],
    [{ words: 'Можно, в шесть' }, /Отправлено/],
  ])
  await olga.play([['/messages', /А можно <после> пяти\?[\s\S]*Можно, в шесть/]])
  expect(igor.allText()).not.toContain('Можно, в шесть')
  expect(await world.database.prisma.familyEvent.count({ where: { familyId, kind: 'plan' } })).toBe(2)
})

test('the family and staff report in either order, and only supervisors learn of a mismatch', async () => {
  const { world, key, path, curator, supervisor, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await pausedEndpoint(world)
  const ids = await publish(key, path, aPlan(activities))
  await told(world)
  const report = (code: string, on: string, happened: boolean) =>
    key.post(`${path}/activities/${ids[code]}/outcomes`, { on, happened })
  const mismatches = () =>
    supervisor.messages().filter(({ text }) => text?.includes('Ответы не сходятся')).length
  await olga.play([
    ['/plan', 'plan'],
    ['Дальше', /Группа для родителей/],
    ['Группа для родителей', /По плану это было во вторник, 24 ноября\. Так и было\?/],
    ['Не было', /Ваш ответ: во вторник, 24 ноября, этого не было/],
  ])
  // The staff report comes later and differs.
  expect(await report('group', '2026-11-24', true)).toMatchObject({ status: 200 })
  await told(world)
  expect(mismatches()).toBe(1)
  // The changed report matches.
  await olga.play([['Было', /Ваш ответ: во вторник, 24 ноября, это было/]])
  expect(mismatches()).toBe(1)

  // The other way round: the staff first, after the hour has come.
  await olga.byHand(`-.activity.${ids.school}`)
  expect(olga.text()).not.toContain('Так и было?')
  world.clock.forward(56 * 3_600_000)
  expect(await report('school', '2026-11-27', true)).toMatchObject({ body: { status: 'done' } })
  await olga.byHand(`-.activity.${ids.school}`)
  await olga.play([['Не было', /не было/]])
  await told(world)
  expect(mismatches()).toBe(2)
  await supervisor.play([
    ['Что говорят', /Специалисты: 27 ноября было|Родитель: 27 ноября не было/],
    ['План семьи', /▰▰▰▱{7}\nСделано 1 из 3/],
  ])
  expect(curator.allText()).not.toContain('Ответы не сходятся')
  await curator.byHand(`-.f-said.${ids.school}`)
  curator.sees(/Пока об этом ничего не сказали/)
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
  // A forged day is ignored.
  const made = olga.dataOf('Было').replace('2026-11-27', '2026-11-28')
  await olga.byHand(made)
  expect(await world.database.prisma.activityMark.count()).toBe(4)
})
