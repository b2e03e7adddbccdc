import { expect, test } from 'vitest'
import { parentAnswers, submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

test('twenty taps on Submit create one request', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(parentAnswers())
  const card = olga.card()
  const data = olga.buttons(card).find(({ text }) => text === 'Отправить')
  if (!data || !('callback_data' in data)) throw new Error('no Submit')
  for (let tap = 0; tap < 20; tap += 1) void world.telegram.tap(olga.id, card.message_id, data.callback_data)
  await olga.settle()
  olga.sees('status')
  expect(await world.database.prisma.request.count()).toBe(1)
  expect(await world.database.prisma.draft.count()).toBe(0)
})

test('a second request while one is open shows the open one, to which a note may be added', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  await olga.play([
    ['/menu', 'home'],
    ['Что с обращением', 'status'],
    ['Дописать', 'note'],
    [{ words: 'Теперь ещё и школа звонит.' }, /Дописано/],
  ])
  await expect.poll(() => anna.text()).toMatch(/дописали/)
  await anna.play([['Своими словами', /школа звонит/]])
  expect(await world.database.prisma.request.count()).toBe(1)
})

test('an urgent request is marked, and comes first in the queue', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  await submitAsParent(world.person({ phone: '+79001112201' }))
  const urgent = await submitAsParent(world.person({ phone: '+79001112202' }), 'Да, сейчас')
  await expect.poll(() => anna.text()).toMatch(/Срочно/)
  await anna.say('/queue')
  anna.sees('queue')
  expect(anna.buttons(anna.card())[0]?.text).toContain(urgent)
})
