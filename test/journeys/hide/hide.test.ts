import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openWorld } from '#test/support/world.ts'

test('a chat is hidden after it was explained, answers nothing but one line, and comes back by its word', async () => {
  const family = await openWithFamily()
  const { telegram } = family.world
  const dasha = await family.member('minor', 'Даша')
  await dasha.say('/plan')
  await dasha.play([
    ['Спрятать', /Как вернуться.*«погода»/s],
    [
      async () => {
        await dasha.tap('Спрятать сейчас')
      },
      /./,
    ],
  ].slice(0, 1) as never)
  await dasha.tap('Спрятать сейчас')
  expect(dasha.messages().map(({ text }) => text)).toEqual(['Здесь пока ничего нет.'])
  expect(telegram.commands(dasha.id).map(({ description }) => description)).toEqual(['Начать', 'Помощь'])
  for (const said of ['/start', '/help', '/plan', '/hide', 'кто это?', 'привет']) {
    await dasha.say(said)
    expect(dasha.messages().at(-1)?.text, said).toBe('Здесь пока ничего нет.')
    expect(dasha.messages().at(-1)?.reply_markup).toBeUndefined()
  }
  await dasha.say('Погода!')
  dasha.sees(/Переписка снова здесь/)
  expect(telegram.commands(dasha.id).length).toBeGreaterThan(4)
})

test('somebody who is not stored hides the chat as well', async () => {
  const world = await openWorld()
  const nina = world.person({ firstName: 'Нина' })
  await nina.start()
  await nina.play([['Спрятать', 'hide']])
  await nina.tap('Спрятать сейчас')
  expect(nina.messages().map(({ text }) => text)).toEqual(['Здесь пока ничего нет.'])
  await nina.start()
  expect(nina.messages().at(-1)?.text).toBe('Здесь пока ничего нет.')
  await nina.say('погода')
  nina.sees('home')
  // Explained once in this conversation.
  await nina.tap('Спрятать')
  expect(nina.messages().map(({ text }) => text)).toEqual(['Здесь пока ничего нет.'])
})
