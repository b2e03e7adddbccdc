import { expect, test } from 'vitest'
import { adultSubmits, after, parentAnswers, upTo } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'
const stale = { text: expect.stringMatching(/устарела/) }

test('a hasty second tap on «yes» does not answer the next question', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(upTo(parentAnswers(), 'question.supportRequest'))
  const { message_id } = olga.card()
  const yes = olga.dataOf('Да, прошу о помощи')
  const [first, second] = [1, 2].map(() => world.telegram.tap(olga.id, message_id, yes))
  await olga.settle()
  expect(await first).not.toMatchObject(stale)
  expect(await second).toMatchObject(stale)
  olga.sees('question.dataSharing')
})

test('after typed text the old card has no buttons, and its old ones have no effect', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(upTo(parentAnswers(), 'question.children'))
  const old = olga.card()
  olga.sees('question.children')
  const [none, back] = [olga.dataOf('Ждём ребёнка'), olga.dataOf('‹ Назад')]
  await olga.play([[{ words: '2014' }, 'question.safeContact']])
  const left = olga.messages().find(({ message_id }) => message_id === old.message_id)
  expect(left?.reply_markup).toBeUndefined()
  for (const data of [none, back]) {
    expect(await olga.byHand(data, old.message_id)).toMatchObject(stale)
    olga.sees('question.safeContact')
    expect(olga.card().message_id).toBe(olga.messages().at(-1)?.message_id)
  }
  await olga.play([...after(parentAnswers(), 'question.safeContact'), ...adultSubmits])
  const anna = await world.staff('Анна', ['leninsky'])
  // Waiting requests are shown to staff who join.
  await expect.poll(() => anna.allText()).toMatch(/2026-000001/)
  await anna.play([
    ['/queue', 'queue'],
    ['2026-000001', 'case'],
    ['Ответы', /Дети: 1 ребёнок \(2014\)/],
  ])
})

test('menu buttons work on any card, however old', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(upTo(parentAnswers(), 'question.helpKinds'))
  const old = olga.card().message_id
  const menu = olga.dataOf('Меню')
  await olga.play(after(upTo(parentAnswers(), 'question.name'), 'question.helpKinds'))
  await olga.byHand(menu, old)
  olga.sees('home')
  await olga.play([['Продолжить', 'question.name']])
})

test('Submit on an outdated card creates no second request, and shows the existing one', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(parentAnswers())
  const card = olga.card().message_id
  const submit = olga.dataOf('Отправить')
  await olga.play([['Отправить', 'status']])
  await olga.byHand(submit, card)
  olga.sees('status')
  await olga.play([['/status', 'status']])
  await olga.byHand(submit, card)
  olga.sees('status')
  expect(await world.database.prisma.request.count()).toBe(1)
})
