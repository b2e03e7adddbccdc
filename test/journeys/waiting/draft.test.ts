import { expect, test } from 'vitest'
import { minorAnswers, parentAnswers, upTo } from '#test/support/intake.ts'
import { openOffice } from '#test/support/office.ts'
import { timePasses } from '#test/support/waiting.ts'
import { openWorld } from '#test/support/world.ts'

const open = async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const office = await openOffice(world)
  return { world, comes: (at: string) => timePasses(world, office, at) }
}
const reminder = /можно продолжить, когда захо[тч]/

test('a left draft: one reminder after a day that tells nothing, then silence', async () => {
  const { world, comes } = await open()
  const olga = world.person()
  await olga.play(upTo(parentAnswers(), 'question.circumstances'))
  await comes('2026-11-25T08:58:00Z')
  expect(olga.allText()).not.toMatch(reminder)
  await comes('2026-11-25T09:02:00Z')
  expect(olga.text()).toMatch(/^Здесь можно продолжить, когда захотите\.$/)
  await comes('2026-11-27T09:02:00Z')
  await comes('2026-12-10T09:02:00Z')
  expect(olga.allText().match(new RegExp(reminder, 'g'))).toHaveLength(1)
  await olga.play([['Посмотреть', /Продолжить\?/]])
})

test('whoever went on meanwhile is not reminded, and quiet hours are obeyed', async () => {
  const { world, comes } = await open()
  const [olga, nina] = [world.person(), world.person()]
  await olga.play(upTo(parentAnswers(), 'question.territory'))
  world.clock.set('2026-11-24T19:00:00Z')
  await nina.play(upTo(parentAnswers(), 'question.territory'))
  world.clock.set('2026-11-25T08:00:00Z')
  await olga.play([['Ставрополь, Ленинский район', 'question.circumstances']])
  await comes('2026-11-25T19:01:00Z')
  expect(olga.allText() + nina.allText()).not.toMatch(reminder)
  await comes('2026-11-26T05:01:00Z')
  expect(nina.allText()).toMatch(reminder)
  expect(olga.allText()).not.toMatch(reminder)
})

test('not after «не писать», and not to a minor who has not said that writing is safe', async () => {
  const { world, comes } = await open()
  const [olga, dasha, masha] = [world.person(), world.person(), world.person()]
  await olga.play([...upTo(parentAnswers(), 'question.safeContact'), ['Никак, зайду позже', 'question.name']])
  await dasha.play(minorAnswers('Нет, это небезопасно'))
  await masha.play(upTo(minorAnswers('Да, можно'), 'question.safeContact'))
  await comes('2026-11-25T12:00:00Z')
  for (const chat of [olga, dasha, masha]) expect(chat.allText()).not.toMatch(reminder)
})

test('a minor who may be written to reads «ты»', async () => {
  const { world, comes } = await open()
  const dasha = world.person({ languageCode: 'ru' })
  await dasha.play(minorAnswers('Да, можно'))
  await comes('2026-11-25T12:00:00Z')
  expect(dasha.text()).toBe('Здесь можно продолжить, когда захочешь.')
})

test('whoever told of danger is written to only once they have said that it is safe', async () => {
  const { world, comes } = await open()
  const [olga, nina, vera] = [world.person(), world.person(), world.person()]
  const told = [
    ['/start', 'home'],
    [{ words: 'муж бьёт меня' }, 'heard'],
    ['Передать центру сейчас', 'question.personalData'],
    ['Даю согласие', 'question.territory'],
    ['Ставрополь, Ленинский район', 'question.safeToWrite'],
  ] as const
  await olga.play(told)
  await nina.play([...upTo(parentAnswers('Да, сейчас'), 'question.territory')])
  await vera.play([...told, ['Да, можно писать', 'question.supportRequest']])
  await comes('2026-11-25T12:00:00Z')
  for (const chat of [olga, nina]) expect(chat.allText()).not.toMatch(reminder)
  expect(vera.allText()).toMatch(reminder)
})
