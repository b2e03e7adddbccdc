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
    ['Передать центру сейчас', 'question.applicant'],
    ['Мне меньше 18 лет', 'question.personalData'],
    ['Да, разрешаю', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
    ['Да, можно писать', 'question.supportRequest'],
    ['Да, хочу помощи', /Принято/],
  ])
  for (const words of ['он стучит в дверь', 'он уже здесь', 'мне страшно']) {
    await dasha.play([[{ words }, 'heard']])
    // The advice stays that for a blow.
    expect(dasha.text()).toMatch(/Отправлено[\s\S]*Это не твоя вина/)
    expect(dasha.text()).not.toMatch(/спасибо за сообщение/i)
    expect(dasha.text().match(/\b112\b/g)).toHaveLength(1)
    expect(dasha.text().match(/\b124\b/g)).toHaveLength(1)
    await dasha.play([['Дальше', 'status']])
  }
  // It is late in the evening: «с 9:00» is what is promised, and she reads that they were told now.
  await dasha.play([
    [{ words: 'он опять стучит' }, /с 9:00\. Специалистам сообщили сразу: могут прочитать и раньше\./],
    ['Дальше', /специалистам сообщаем сразу, в любой час[\s\S]*Опасно сейчас/],
    [{ words: 'спасибо' }, /^Пожалуйста\.(?![\s\S]*Принято)/],
  ])
  await expect.poll(() => anna.allText().match(/Срочно\. К обращению [\d-]+ дописали/g)?.length).toBe(4)
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
    [{ words: 'он уже здесь' }, 'crisis'],
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
