import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

const hour = 60 * 60_000

test('after a danger card «он стучит в дверь» is the same danger: the card again, and an urgent note', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'], 'intake')
  const dasha = world.person()
  await dasha.play([
    ['/start', 'home'],
    [{ words: 'отчим бьёт меня' }, 'heard'],
    [{ words: 'он стучит в дверь' }, /Не открывай\.[\s\S]*112/],
    [{ words: 'я в ванной заперлась' }, /Оставайся там и не открывай\./],
    // Where she hides, fear is no reason to come out; and several questions are not one tap.
    [
      { words: 'мне страшно' },
      /^(?![\s\S]*одно нажатие)[\s\S]*Оставайся там и не открывай\.[\s\S]*несколько вопросов/,
    ],
    ['Передать центру сейчас', 'question.applicant'],
    ['Мне меньше 18 лет', 'question.personalData'],
    ['Да, разрешаю', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    ['Да, можно писать', 'question.supportRequest'],
    ['Да, хочу помощи', /Принято/],
  ])
  for (const [words, advice] of [
    ['он стучит в дверь', /Отправлено[\s\S]*Не открывай\. Запри дверь[\s\S]*112[\s\S]*102/],
    ['я заперлась в ванной', /Отправлено[\s\S]*Оставайся там и не открывай[\s\S]*шёпотом/],
    ['он уже здесь', /Отправлено[\s\S]*Не спорь и не загораживай дверь/],
    // The advice stays that for a blow.
    ['мне страшно', /Отправлено[\s\S]*Это не твоя вина[\s\S]*\b124\b/],
  ] as const) {
    await dasha.play([[{ words }, 'heard']])
    expect(dasha.text()).toMatch(advice)
    expect(dasha.text()).not.toMatch(/спасибо за сообщение/i)
    expect(dasha.text().match(/\b112\b/g)).toHaveLength(1)
    expect(dasha.text().match(/\b124\b/g)?.length ?? 0).toBeLessThan(2)
    await dasha.play([['Дальше', 'status']])
  }
  // It is late in the evening: «с 9:00» is what is promised, and she reads that they were told now.
  await dasha.play([
    [{ words: 'он опять стучит' }, /с 9:00\. Специалистам сообщили сразу: могут прочитать и раньше\./],
    ['Дальше', /специалистам сообщаем сразу, в любой час[\s\S]*Опасно сейчас/],
    [{ words: 'спасибо' }, /^Пожалуйста\.(?![\s\S]*Принято)/],
  ])
  await expect.poll(() => anna.allText().match(/Срочно\. К обращению [\d-]+ дописали/g)?.length).toBe(5)
})

test('the same words long after, or without danger, are a note like any other', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  await world.staff('Анна', ['leninsky'], 'intake')
  const olga = world.person()
  await submitAsParent(olga)
  await olga.play([[{ words: 'он стучит в дверь' }, /Отправлено/]])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ urgent: false })
  await olga.play([
    [{ words: 'муж избил меня' }, 'heard'],
    ['Дальше', 'status'],
  ])
  world.clock.forward(3 * hour)
  await olga.play([[{ words: 'он уже здесь' }, /^(?![\s\S]*112[\s\S]*102)[\s\S]*Отправлено/]])
})

test('words under the crisis card are danger going on, too', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const dasha = world.person()
  await submitAsParent(dasha)
  await dasha.play([
    ['Срочная помощь', 'crisis'],
    // What to do now says more than the numbers.
    [{ words: 'он уже здесь' }, /Не спорьте и не загораживайте дверь[\s\S]*112/],
    ['Дальше', 'status'],
    ['Срочная помощь', 'crisis'],
    [{ words: 'мне страшно' }, 'crisis'],
  ])
  expect(await world.database.prisma.request.findFirst()).toMatchObject({ urgent: true })
})

test('at night a member of a family reads both: who was told at once, and what is promised', async () => {
  const { member } = await openWithFamily({ at: '2026-11-24T19:00:00Z' })
  const timur = await member('minor', 'Тимур')
  await timur.play([
    [{ words: 'мама опять пила и бьёт меня' }, /специалисты центра получат его сразу/],
    ['Дальше', /с 9:00\. Специалистам сообщили сразу: могут прочитать и раньше\./],
  ])
})

test('after drink at home a knock is answered with what to do at the door, in both languages', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const masha = world.person()
  await masha.play([
    ['/start', 'home'],
    [{ words: 'мама бухает с мужиками' }, /не садись с этим человеком в машину/],
    [{ words: 'он ломится' }, /Не открывай\. Запри дверь/],
    [{ words: 'мы спрятались в шкафу' }, /Убери звук у телефона/],
    [{ words: 'мы выбежали на улицу' }, /Сейчас не возвращайся/],
    [{ words: 'она не дышит' }, /Звони 103 или 112 прямо сейчас/],
    // What is no more about the door is about what was said before.
    [{ words: 'мне страшно' }, 'heard'],
  ])
  expect(masha.text()).not.toMatch(/Запри|шёпотом/)
  const kate = world.person({ languageCode: 'en' })
  await kate.play([
    ['/start', 'home'],
    [{ words: 'my dad is drunk and he hits me' }, 'heard'],
    [{ words: 'he is banging on the door' }, /Don't open\. Lock the door/],
    [{ words: 'im hiding in the bathroom' }, /Turn off the phone's sound/],
    [{ words: 'hes back' }, /Don't argue/],
  ])
})

test('a neighbour is not told to lock their own door', async () => {
  const world = await openWorld({ at: '2026-11-24T19:00:00Z' })
  const nina = world.person()
  await nina.play([
    ['/start', 'home'],
    ['Попросить о помощи', 'question.applicant'],
    ['Пишу о другой семье', 'question.personalData'],
    [{ words: 'сосед избивает жену и детей' }, /Сами не входите/],
    [{ words: 'он ломится к ним в дверь' }, /Сами не входите/],
  ])
  expect(nina.text()).not.toMatch(/Заприте/)
})
