import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addresses, languages, loadTexts } from '#core/text.ts'
import { decodeTap, guideArg } from '#dialogue/callback-data.ts'
import { guideCard } from '#dialogue/guide/guide-card.ts'
import type { View } from '#dialogue/view.ts'
import { momentFacts } from '#features/danger/danger-advice.ts'
import { factsToConfirm } from '#features/guide/guide-lines.ts'
import { factIds, factOf } from '#regions/facts.ts'
import { guide } from '#regions/guide.ts'
import { type RegionCode, region, regionCodes } from '#regions/index.ts'
import type { Place } from '#storage/guide/places.ts'

const texts = await loadTexts(join(import.meta.dirname, '../../locales'))
const organisation = { name: 'Центр', address: 'г. Ставрополь', contact: '8-8652-00-00-00' }
const everything = Object.fromEntries(factIds.map((id) => [id, { by: 'А. Иванова', on: '2026-11-20' }]))

const cardAt = (
  code: RegionCode,
  data: string,
  confirmedFacts = region(code).confirmedFacts,
  all: readonly Place[] = [],
): View => {
  const tap = decodeTap(data)
  const { timeZone } = region(code)
  const clock = { now: () => new Date('2026-11-24T09:00:00Z') }
  const deps = { texts, organisation, places: { all: () => all }, clock }
  const reply = tap && guideCard({ ...deps, region: { code, confirmedFacts, timeZone } }, tap)
  if (!reply?.tapped || reply.tapped === 'strip') throw new Error(`no card for ${data}`)
  return reply.tapped
}
const guideData = ({ rows }: View): string[] =>
  rows.flat().flatMap(({ data }) => (/^-\.(fears|tonight)/.test(data) ? [data] : []))

/** Every card that can be reached by buttons of the guide, by its data. */
const walkFrom = (code: RegionCode, start: string): Map<string, View> => {
  const seen = new Map<string, View>()
  const open = [start]
  for (let data = open.pop(); data; data = open.pop()) {
    if (seen.has(data)) continue
    const card = cardAt(code, data)
    seen.set(data, card)
    open.push(...guideData(card))
  }
  return seen
}

const everybody = regionCodes.flatMap((code) =>
  languages.flatMap((language) => addresses.map((address) => ({ code, language, address }))),
)

describe.each(everybody)('in $code, in $language, for an $address', ({ code, language, address }) => {
  const kinds = ['fears', 'tonight'] as const
  const cards = (kind: (typeof kinds)[number]) => walkFrom(code, `-.${kind}.${guideArg(language, address)}`)

  test.each(kinds)('every topic has its card and its basis (%s)', (kind) => {
    const found = [...cards(kind).keys()]
    for (const { id } of guide[kind][address]) {
      expect(found).toContain(`-.${kind}-topic.${guideArg(language, address, id)}`)
      expect(found).toContain(`-.${kind}-basis.${guideArg(language, address, id)}`)
    }
  })

  test.each(kinds)('each card fits: buttons, ways out, bytes (%s)', (kind) => {
    for (const [data, { html, rows }] of cards(kind)) {
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
      expect(html.length).toBeLessThan(3_000)
      const labels = rows.flat().map(({ label }) => [...label].length)
      expect(Math.max(...labels)).toBeLessThanOrEqual(24)
      // Topics, and below them the ways out: Back with Menu, and the crisis button.
      expect(rows.length).toBeLessThanOrEqual(9)
      expect(rows.at(-2)?.[1]?.data).toBe('-.home.')
      expect(rows.at(-1)?.[0]?.data).toMatch(/^-\.sos\./)
    }
  })
})

test('a minor is «ты» and an adult «вы», in every card of theirs', () => {
  const words = (address: 'adult' | 'minor') =>
    (['fears', 'tonight'] as const)
      .flatMap((kind) =>
        guide[kind][address].map(({ id }) => `-.${kind}-topic.${guideArg('ru', address, id)}`),
      )
      .map((data) => cardAt('stavropol', data, everything).html)
      .join('\n')
  expect(words('minor')).not.toMatch(/(^|[^а-яё])(вы|вас|вашего|ваш[аиу]?)([^а-яё]|$)/i)
  // What a parent asks a child, and what one says to a neighbour, is said with «ты».
  const quoted = /«[^»]*»/g
  expect(words('adult').replace(quoted, '')).not.toMatch(
    /(^|[^а-яё])(ты|тебя|тебе|твой|твоя|твои)([^а-яё]|$)/i,
  )
})

test('a step for tonight is at most six short sentences', () => {
  for (const address of addresses)
    for (const language of languages)
      for (const { id, lines } of guide.tonight[address]) {
        const said = lines.map((line) =>
          texts.for(language, address).t(`tonight.lines.${id}.${line.id}`, { contact: '' }),
        )
        const sentences = said
          .join(' ')
          .split(/[.!?]+[»”]?(?:\s+|$)/)
          .filter((one) => /\p{L}/u.test(one))
        expect(sentences.length, `${language} ${id}`).toBeLessThanOrEqual(6)
      }
})

describe('before somebody of the centre has confirmed it', () => {
  const topic = (kind: string, address: string, id: string, facts = {}) =>
    cardAt('stavropol', `-.${kind}-topic.${guideArg('ru', address, id)}`, facts).html

  test('what is not read in a law, a promise or another number is not said', () => {
    expect(topic('fears', 'adult', 'taken')).not.toMatch(/не причина забирать/)
    expect(topic('fears', 'adult', 'taken', everything)).toMatch(/не причина забирать/)
    expect(topic('fears', 'minor', 'come-home')).not.toMatch(/никто не придёт/)
    expect(topic('fears', 'minor', 'come-home', everything)).toMatch(/никто не придёт/)
    expect(topic('tonight', 'adult', 'child-gone')).not.toMatch(/8-800-700-54-52/)
    expect(topic('tonight', 'adult', 'child-gone', everything)).toMatch(/8-800-700-54-52/)
  })

  test('operators see what is open, and six months later what is open again', () => {
    const left = (confirmedFacts: object, now: string) =>
      factsToConfirm({ code: 'stavropol', confirmedFacts }, new Date(now))
    const waiting = factIds.filter((id) => factOf(id).confirms !== 'nobody')
    expect(left({}, '2026-11-28').map(({ id }) => id)).toEqual(waiting)
    expect(left(everything, '2026-11-28')).toEqual([])
    expect(left(everything, '2027-05-19')).toEqual([])
    expect(left(everything, '2027-05-20').map(({ state }) => state)).toEqual(
      waiting.map(() => 'confirm-again'),
    )
  })

  test('the card says so, and stops when every law on it is confirmed', () => {
    expect(topic('fears', 'adult', 'taken')).toMatch(/Юрист центра эту карточку ещё не проверил/)
    expect(topic('fears', 'adult', 'taken', everything)).not.toMatch(/не проверил/)
    const basis = `-.fears-basis.${guideArg('ru', 'adult', 'taken')}`
    expect(cardAt('stavropol', basis).html).toMatch(/статья 77.*Центр это ещё не подтвердил/s)
    expect(cardAt('stavropol', basis, everything).html).toMatch(/Подтверждено центром: А. Иванова, 20 ноября/)
  })
})

test('regions differ where their regulations do', () => {
  const register = `-.fears-topic.${guideArg('ru', 'adult', 'register')}`
  expect(cardAt('stavropol', register).html).toMatch(/Центр ведёт список/)
  expect(cardAt('nyagan', register).html).not.toMatch(/Центр ведёт список/)
  const basis = `-.fears-basis.${guideArg('ru', 'adult', 'let-in')}`
  expect(cardAt('stavropol', basis).html).toMatch(/пункты 6.6 и 6.17/)
  expect(cardAt('nyagan', basis).html).toMatch(/Памятка центра, алгоритм, шаг 2/)
})

test.each([
  '',
  'ru',
  'xx-yy-zz',
  'ru-adult-__proto__',
  'ru-adult-constructor',
  'ru-adult-taken-away',
  'ru-minor-taken',
])('a forged topic leads to the list: %s', (arg) => {
  for (const action of ['fears-topic', 'fears-basis', 'tonight-topic', 'tonight-basis', 'fears-more'])
    if (decodeTap(`-.${action}.${arg}`))
      expect(cardAt('stavropol', `-.${action}.${arg}`).html).toMatch(/Чего боятся|Что делать сегодня/)
})

test('every fact is used by a line, or by the steps of a danger card', () => {
  const lines = [guide.fears, guide.tonight].flatMap(({ adult, minor }) => [...adult, ...minor])
  const used = new Set<string>([
    ...lines.flatMap((topic) => topic.lines.flatMap(({ facts }) => facts)),
    ...Object.values(momentFacts).flat(),
  ])
  expect(factIds.filter((id) => !used.has(id))).toEqual([])
  // Only what this code does needs nobody's confirmation.
  expect(
    factIds.filter((id) => (factOf(id).confirms === 'nobody') !== (factOf(id).mark === 'product')),
  ).toEqual([])
})

const place = (name: string, more: Partial<Place> = {}): Place => ({
  ...{ id: name, position: 1, territory: null, audience: 'everyone', topics: ['no-food'] },
  content: {
    name: { ru: name },
    phone: '8 8652 11-22-33',
    hours: { ru: 'по будням с 9 до 18' },
    whatFor: { ru: 'Продукты' },
  },
  updatedAt: new Date('2026-11-20T09:00:00Z'),
  ...more,
})

describe('places to turn to', () => {
  const at = (data: string, all: readonly Place[]) => cardAt('stavropol', data, undefined, all)
  const buttons = ({ rows }: View) => rows.flat().map(({ label }) => label)

  test('stand beside their topic, and in the list of all, for whom they are', () => {
    const all = [place('Столовая <1>'), place('Телефон для детей', { audience: 'minor', topics: ['hungry'] })]
    const card = at('-.tonight-topic.ru-adult-no-food', all)
    expect(buttons(card)).toContain('Куда обратиться')
    const list = at('-.places.ru-adult-no-food', all)
    expect(list.html).toMatch(
      /Столовая &lt;1&gt;[\s\S]*8 8652 11-22-33, по будням с 9 до 18[\s\S]*проверил: 20 ноября/,
    )
    expect(list.html).not.toMatch(/для детей/)
    expect(at('-.places.ru-minor-hungry', all).html).toMatch(/для детей/)
    expect(buttons(at('-.tonight.ru-adult', all))).toContain('Куда обратиться')
    expect(buttons(at('-.tonight-topic.ru-adult-no-shelter', all))).not.toContain('Куда обратиться')
  })

  test('without any there is no button, and many stand on pages', () => {
    expect(buttons(at('-.tonight-topic.ru-adult-no-food', []))).not.toContain('Куда обратиться')
    const all = Array.from({ length: 12 }, (_, nth) => place(`Место ${nth}`))
    const first = at('-.places.ru-adult-no-food', all)
    const next = first.rows.flat().find(({ label }) => label.includes('›'))?.data ?? ''
    expect(at(next, all).html).toMatch(/Место 5[\s\S]*Место 9/)
    expect(at('-.places.ru-adult-no-food-p99', all).html).toMatch(/Место 11/)
    expect(first.html.length).toBeLessThan(3000)
  })
})
