import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsOf, type FamilyFacts } from '#features/reports/count-rows.ts'
import { checkIdentities, createTally, type Figures } from '#features/reports/figures.ts'
import { quarterAfter, quarterOn, shifted } from '#features/reports/quarters.ts'
import { hideSmall } from '#features/reports/small-groups.ts'
import { region } from '#regions/index.ts'
import { novgorodReport as form } from '#regions/reports/novgorod.ts'
import { type CategoryChoice, rowNames } from '#regions/reports/report-form.ts'
import { loadTexts } from '#core/text.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const quarter = quarterOn('2026-11-01')
const codes = region('novgorod').categories.map(({ code }) => code)

/** A life of acceptances that follow one another, as far as a quarter knows of it. */
const episodes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 120 }), fc.boolean()), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => {
    let day = '2026-07-01'
    return parts.map(([before, length, better], place) => {
      const accepted = shifted(day, before + 1)
      day = shifted(accepted, length)
      const open = place === parts.length - 1 && better
      return { accepted, closed: open ? null : day, better }
    })
  })
const life = fc.record({
  episodes,
  categories: fc.subarray(codes),
  circumstances: fc.subarray(['giving-up-child', 'no-work']),
  kinds: fc.subarray(['medical', 'legal', 'pedagogical', 'psychological', 'social']),
  catalogueRows: fc.subarray(['1.6.1', '1.6.2', '1.6.3', '1.6.4']),
  overcame: fc.boolean(),
})
type Life = Omit<FamilyFacts, 'main'>

const figuresIn = (period: typeof quarter, lives: readonly Life[], choice: CategoryChoice): Figures => {
  const tally = createTally(form)
  for (const one of lives) {
    const episodes = one.episodes.filter(
      ({ accepted, closed }) => accepted <= period.until && (closed === null || closed >= period.from),
    )
    const family = { ...one, episodes, main: one.categories[0] ?? null }
    if (episodes.length > 0) tally.add(countsOf(form, { period, choice }, family))
  }
  return tally.figures()
}
const choices = fc.constantFrom<CategoryChoice>('all', 'main')

describe('the form as data', () => {
  test('has the rows of annex 2 and of the indicators, in the words of the text and in English', async () => {
    const source = readFileSync(join(root, 'docs/regulations/novgorod-model-programme.txt'), 'utf8')
    const plain = (text: string) => text.replace(/\s+/g, ' ').trim()
    const texts = await loadTexts(join(root, 'locales'))
    expect(form.tables.map(({ rows }) => rows.length)).toEqual([27, 19])
    for (const name of rowNames(form)) {
      const key = `quarterlyReport.novgorod.${name.replace(/^(\w+)\.(.*)$/, (_, table, number) => `${table}.${number.replaceAll('.', '-')}`)}`
      expect(plain(source), name).toContain(texts.for('ru', 'adult').label(key))
      expect(texts.for('en', 'adult').has(key), name).toBe(true)
    }
  })

  test('names rows, categories and help that there are', () => {
    const known = rowNames(form)
    for (const { code, left, right, less = [] } of form.identities)
      for (const name of [...left, ...right, ...less]) expect(known, code).toContain(name)
    const placed = form.tables.flatMap(({ rows }) =>
      rows.flatMap(({ rule }) =>
        'families' in rule && rule.row && 'category' in rule.row ? rule.row.category : [],
      ),
    )
    for (const { code } of placed) expect(codes).toContain(code)
    const rows = region('novgorod').catalogue.flatMap(({ reportRows = [] }) => reportRows)
    expect([...new Set(rows)].sort()).toEqual(['1.6.1', '1.6.2', '1.6.3', '1.6.4'])
  })
})

test('every identity holds for whatever happens to families, from one quarter to the next', () => {
  fc.assert(
    fc.property(fc.array(life, { maxLength: 12 }), choices, (lives, choice) => {
      const figures = figuresIn(quarter, lives, choice)
      const next = figuresIn(quarterAfter(quarter), lives, choice)
      for (const checked of [
        ...checkIdentities(form, { figures, before: null, choice }),
        ...checkIdentities(form, { figures: next, before: figures, choice }),
      ])
        expect(checked.holds, checked.identity.code).toBe(true)
    }),
  )
})

test('a broken identity is named with both sides', () => {
  const figures = new Map(
    [...figuresIn(quarter, [], 'all')].map(([row, one]) => [row, row === 'form.1.2' ? 3 : one]),
  )
  const broken = checkIdentities(form, { figures, before: null, choice: 'all' }).filter(({ holds }) => !holds)
  expect(broken).toMatchObject([{ identity: { code: 'form.1.3 = form.1.1 + form.1.2' }, left: 0, right: 3 }])
})

/** How many of the lines say something of their own. */
const rank = (lines: readonly (readonly number[])[]): number => {
  const [first, ...rest] = lines.filter((line) => line.some((one) => Math.abs(one) > 1e-9))
  if (!first) return 0
  const at = first.findIndex((one) => Math.abs(one) > 1e-9)
  const without = rest.map((line) =>
    line.map((one, place) => one - ((line[at] ?? 0) / (first[at] ?? 1)) * (first[place] ?? 0)),
  )
  return 1 + rank(without)
}

test('no small figure is shown, nor follows from what is', () => {
  fc.assert(
    fc.property(fc.array(life, { maxLength: 60, size: 'max' }), choices, (lives, choice) => {
      const figures = figuresIn(quarter, lives, choice)
      const shown = hideSmall(form, { figures, choice })
      const isHidden = (row: string) => shown.get(row) === 'hidden'
      for (const [row, figure] of shown) {
        if (row === 'indicators.3') continue
        if (figure !== 'hidden') expect(figure === 0 || (figure ?? 0) >= 5, row).toBe(true)
      }
      // Whoever knows all that is shown, what adds up, and both neighbouring quarters cannot compute it.
      const secret = [...shown.keys()].filter((row) => isHidden(row) && row !== 'indicators.3')
      const lines = form.identities
        .filter(({ relation, before, only }) => relation === '=' && !before && (!only || only === choice))
        .map(({ left, right, less = [] }) =>
          secret.map((row) => (left.includes(row) || less.includes(row) ? 1 : right.includes(row) ? -1 : 0)),
        )
      for (const [place, row] of secret.entries()) {
        if ((figures.get(row) ?? 0) >= 5) continue
        const alone = secret.map((_, at) => (at === place ? 1 : 0))
        expect(rank([...lines, alone]), row).toBe(rank(lines) + 1)
      }
      for (const row of ['form.1.1', 'form.1.8'])
        if (!isHidden('form.1.2') || !isHidden('form.1.7'))
          expect(isHidden(row) && (figures.get(row) ?? 0) >= 5).toBe(false)
      if (isHidden('indicators.1') || isHidden('indicators.2'))
        expect(isHidden('indicators.3') || shown.get('indicators.3') === 0).toBe(true)
    }),
  )
})

test('neither choice of categories tells what the other hides, where each family has one', () => {
  const given = {
    ...{ 'form.1.4.8': 4, 'form.1.4.6': 6, 'form.1.4.3': 20, 'form.1.3': 30 },
    ...{ 'indicators.1.5': 4, 'indicators.1.3': 6, 'indicators.1.6': 20, 'indicators.1': 30 },
  }
  const figures = new Map([...figuresIn(quarter, [], 'all'), ...Object.entries(given)])
  const hidden = (['all', 'main'] as const).map((choice) =>
    [...hideSmall(form, { figures, choice })].filter(([, figure]) => figure === 'hidden').map(([row]) => row),
  )
  expect(hidden[0]).toEqual(hidden[1])
  expect(hidden[0]).toEqual(expect.arrayContaining(['form.1.4.8', 'form.1.4.6']))
})
