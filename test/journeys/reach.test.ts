import { expect, test } from 'vitest'
import { minorAnswers, submitAsParent } from '../support/intake.ts'
import { openWorld } from '../support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'

test('a request that came before anybody was there is shown to the first who joins', async () => {
  const world = await openWorld({ at: tuesday })
  const number = await submitAsParent(world.person())
  const anna = await world.staff('Анна', ['leninsky'])
  await expect.poll(() => anna.text()).toMatch(`Заявление ${number}`)
})

test('the only specialist of a territory is told that there is nobody to pass a request on to', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toMatch(number)
  await anna.tap('Взять')
  const answer = await anna.tap('Передать')
  expect(answer).toMatchObject({ text: expect.stringMatching(/Передать некому/) })
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ status: 'claimed' })
})

test('a supervisor sees the requests of their territories and no others', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const far = await world.staff('Пётр', ['shpakovsky'], 'supervisor')
  const near = await world.staff('Нина', ['leninsky'], 'supervisor')
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toMatch(number)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await far.byHand(`-.details.${id}`)
  expect(far.allText()).not.toMatch(number)
  await near.play([['/queue', new RegExp(number)]])
})

test('when a specialist has blocked the bot, the supervisors are told that a request waits', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  world.telegram.block(anna.id)
  await submitAsParent(world.person())
  await expect.poll(() => nina.allText()).toMatch(/не дошло до специалиста/)
})

test('after its day a deadline is not promised any more', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await submitAsParent(olga)
  world.clock.set('2026-12-20T09:00:00Z')
  await olga.play([['/status', /ожидалось до вторника, 1 декабря/]])
  expect(olga.text()).not.toMatch(/Дальше/)
})

test('a slip in the date of birth at the summary erases nothing', async () => {
  const world = await openWorld({ at: tuesday })
  const dasha = world.person()
  await dasha.play([
    ...minorAnswers('Нет, это небезопасно'),
    ['Изменить ответ', 'change'],
    ['Дата рождения', 'question.birthDate'],
    [{ words: '12.03.2021' }, /Дата верная/],
    ['Исправить дату', 'question.birthDate'],
    [{ words: '12.03.2012' }, 'summary'],
  ])
})

test('the story that a specialist has read does not stay in the chat', async () => {
  const world = await openWorld({ at: tuesday })
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toMatch(number)
  await anna.play([
    ['Ответы', 'case.details'],
    ['Своими словами', /не выходит из комнаты/],
  ])
  expect(anna.card()).toMatchObject({ has_protected_content: true })
  await anna.play([['Меню', 'home']])
  expect(anna.allText()).not.toMatch(/не выходит из комнаты/)
})
