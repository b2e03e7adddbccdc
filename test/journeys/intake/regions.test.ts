import { expect, test } from 'vitest'
import type { RegionCode } from '#regions/index.ts'
import {
  adultSubmits,
  after,
  done,
  minorAnswers,
  minorSubmits,
  parentAnswers,
  ticks,
  upTo,
} from '#test/support/intake.ts'
import { openWorld } from '#test/support/world.ts'

type Told = {
  code: RegionCode
  at: string
  due: string
  place: string
  staffAt: string
  decides: RegExp
} & Record<'parent' | 'teenager', readonly [topic: string, label: string, code: string]> & {
    help: readonly [label: string, code: string]
  }

// A Tuesday, five working days before Tuesday, 1 December; in Chelyabinsk half an hour after its midnight.
const tuesday = '2026-11-24T09:00:00Z'
const regions: Told[] = [
  {
    code: 'chelyabinsk',
    at: '2026-11-23T19:30:00Z',
    due: '2026-12-01T18:59:59.999Z',
    place: 'Челябинск',
    staffAt: 'chelyabinsk',
    decides: /Дальше: центр решит, чем помочь/,
    parent: ['Ссоры, развод, насилие', 'Разлад между родителями и детьми', 'parent-child-crisis'],
    teenager: ['Про нашу семью', 'Нас в семье много детей', 'large-family'],
    help: ['Документы и права', 'legal'],
  },
  {
    code: 'novgorod',
    at: tuesday,
    due: '2026-12-01T20:59:59.999Z',
    place: 'Великий Новгород',
    staffAt: 'veliky-novgorod',
    decides: /Дальше: центр соцобслуживания решит, чем помочь/,
    parent: ['Родителям трудно', 'Мама с новорождённым', 'mother-newborn'],
    teenager: ['Про родителей', 'Маму или папу ограничили в правах', 'restricted-rights'],
    help: ['Врачи и лечение', 'medical'],
  },
  {
    code: 'crimea',
    at: tuesday,
    due: '2026-12-01T20:59:59.999Z',
    place: 'Симферополь',
    staffAt: 'simferopol',
    decides: /Дальше: комиссия центра решит, чем помочь/,
    parent: ['Опека и состав семьи', 'Другое, что мешает жить', 'other-circumstance'],
    teenager: ['Про меня', 'Мне трудно среди людей', 'child-adaptation'],
    help: ['Ремонт, вещи, другая помощь', 'other'],
  },
]

test.each(regions)('$code: a parent and a teenager apply, and both requests are taken', async (told) => {
  const world = await openWorld({ at: told.at, region: told.code })
  const vera = await world.staff('Вера', [told.staffAt])
  const olga = world.person({ firstName: 'Ольга' })
  const parent = parentAnswers()
  await olga.play([
    ...upTo(parent, 'question.territory'),
    [told.place, 'question.circumstances'],
    [ticks(told.parent[0], told.parent[1]), /Отмечено/],
    [done, 'question.helpKinds'],
    [told.help[0], /Отмечено/],
    [done, 'question.children'],
    ...after(parent, 'question.children'),
    ...adultSubmits,
  ])
  expect(olga.text()).toMatch(told.decides)
  expect(olga.text()).toMatch(/до вторника, 1 декабря/)
  await expect.poll(() => vera.text()).toMatch(/Заявление 2026-000001/)
  expect(vera.text()).toMatch(/срок по умолчанию/)
  await vera.tap('Ответы')
  expect(vera.text()).toContain(told.parent[1])
  await vera.tap('‹ К карточке')
  await vera.tap('Взять')
  await olga.play([['/status', /занимается Вера/]])

  const dasha = world.person({ firstName: 'Даша' })
  const minor = minorAnswers('Решим вместе позже')
  await dasha.play([
    ...upTo(minor, 'question.territory'),
    [told.place, 'question.circumstances'],
    [ticks(told.teenager[0], told.teenager[1]), /Отмечено/],
    [done, 'question.safeContact'],
    ...after(minor, 'question.safeContact'),
    ...minorSubmits,
  ])
  expect(dasha.allText()).not.toMatch(/(^|[^а-яё])(вы|вас|вам|ваш[аиу]?)([^а-яё]|$)/i)
  // None of the three texts names minors as applicants: a message, which starts the same work.
  await expect.poll(() => vera.text()).toMatch(/Сообщение 2026-000002/)
  await vera.tap('Взять')
  await dasha.play([['/status', /занимается Вера/]])

  const stored = await world.database.prisma.request.findMany({ orderBy: { number: 'asc' } })
  const common = { region: told.code, status: 'claimed', territory: told.staffAt, dueAt: new Date(told.due) }
  expect(stored).toMatchObject([
    { ...common, kind: 'application', helpKinds: [told.help[1]] },
    { ...common, kind: 'message', representativeConsent: 'needed' },
  ])
})
