import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openWorld } from '#test/support/world.ts'

// Hard to say, though nobody is in danger: a human sentence comes before anything of the centre's.

test('the first words of a stranger are answered like a human would, in their own form of address', async () => {
  const world = await openWorld()
  const [olga, dasha, kate] = [world.person(), world.person(), world.person({ languageCode: 'en' })]
  await olga.say('/start')
  await olga.say('похоронили мужа, одна с детьми')
  expect(olga.text()).toMatch(/^Соболезнуем\. [^\n]+\n\nПередать это специалистам\?/)
  await dasha.say('/start')
  await dasha.say('мне 13, меня травят в классе')
  expect(dasha.text()).toMatch(/^В травле не виноват тот, кого травят\. Спасибо, что рассказываешь\./)
  await kate.say('/start')
  await kate.say('is anybody there?')
  expect(kate.text()).toMatch(/^There are people here\./)
})

test('in a conversation it stands before the receipt, once for a topic', async () => {
  const { member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  await olga.say('у нас горе, умерла бабушка')
  expect(olga.text()).toMatch(/^Соболезнуем\. [^\n]+\n\n✓ Отправлено/)
  await olga.say('похороны бабушки в среду')
  expect(olga.allText().match(/Соболезнуем/g)).toHaveLength(1)
  await olga.say('нечем платить за них')
  expect(olga.allText()).toMatch(/С этим приходят многие семьи/)
})

test('what is asked before anything is told has an answer', async () => {
  const world = await openWorld()
  const [olga, dasha] = [world.person(), world.person()]
  await olga.say('/start')
  await olga.say('можно анонимно?')
  expect(olga.text()).toMatch(/^Имя можно назвать любое\. Но бот знает номер вашей учётной записи/)
  await dasha.say('/start')
  await dasha.say('а родители узнают?')
  expect(dasha.text()).toMatch(/^Родителям бот этот чат не показывает, но они могут посмотреть в телефон/)
  expect(dasha.text()).toMatch(/нужно твоё разрешение/)
  await olga.say('мужа похоронили весной')
  await olga.say('вы тут?')
  expect(olga.text()).toMatch(/Соболезнуем\. [^\n]+\n\nЗдесь есть люди\./)
})
