import { expect, test } from 'vitest'
import { hintedCodes, offeredFor } from '#features/intake/story-hints.ts'
import { heavyCircumstances, needsOf, topicsOf } from '#features/intake/topics.ts'
import { regionCodes, region as regionOf } from '#regions/index.ts'
import { circumstanceGroups } from '#regions/schema.ts'

const stavropol = regionOf('stavropol')

test.each([
  ['сын второй месяц не выходит из комнаты', ['child-adaptation']],
  ['муж потерял работу, денег нет совсем', ['no-work', 'low-income']],
  ['мы разводимся, дети переживают', ['divorce']],
  ['не справляюсь с сыном, прогуливает школу', ['lost-control']],
  ['весной умерла мама', ['grief']],
  ['отец пьёт каждый день', ['parent-addiction']],
  ['нас выселяют из квартиры', ['no-home']],
  ['не с кем оставить ребёнка, я на работе', ['no-carer']],
  ['приехали из херсона, негде жить', ['displaced-family', 'no-home']],
  ['не можем попасть к неврологу', ['medical-care-unmet']],
  ['одна с двумя детьми, коллекторы звонят', ['single-parent', 'low-income']],
  ['я не хочу жить', ['suicide-risk']],
  ['дочь курит вейп и сидит в телефоне', ['harmful-pursuits']],
  ['ниче не понмаю', []],
  ['можно вопрос?', []],
])('«%s»', (words, codes) => {
  const offered = offeredFor(words, stavropol)
  for (const code of codes) expect(offered).toContain(code)
  if (codes.length === 0) expect(offered).toEqual([])
  expect(offered.length).toBeLessThanOrEqual(4)
})

test.each(regionCodes)('in %s every circumstance is in exactly one of the topics', (code) => {
  const region = regionOf(code)
  const topics = topicsOf(region)
  const all = topics.flatMap(({ needs }) => needs)
  expect(all.toSorted()).toEqual(
    needsOf(region)
      .map((one) => one.code)
      .toSorted(),
  )
  expect(new Set(all).size).toBe(all.length)
  expect(topics.length).toBeLessThanOrEqual(circumstanceGroups.length)
  // A phone shows a topic without scrolling far.
  for (const { needs } of topics) expect(needs.length).toBeLessThanOrEqual(8)
})

test('hints and heavy ones name circumstances that exist', () => {
  const known = stavropol.circumstances.map(({ code }) => code)
  expect([...hintedCodes, ...heavyCircumstances].filter((code) => !known.includes(code))).toEqual([])
  // What is dangerous has a card of its own.
  const urgent = stavropol.circumstances.filter(({ urgentHint }) => urgentHint).map(({ code }) => code)
  expect(heavyCircumstances.filter((code) => urgent.includes(code))).toEqual([])
})
