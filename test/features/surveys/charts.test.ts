import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toPng } from '#core/png.ts'
import { loadTexts } from '#core/text.ts'
import type { Chart } from '#features/surveys/charts/chart.ts'
import { drawCharts } from '#features/surveys/charts/charts.ts'
import { type ChartAsked, chartOf } from '#features/surveys/charts/charts-of.ts'
import { drawSheet } from '#features/surveys/charts/contact-sheet.ts'
import { elementsOf, lightness, type SvgElement } from '#test/support/svg.ts'
import { madeUpResults } from '#test/support/survey-results.ts'

const root = join(import.meta.dirname, '../../..')
const texts = await loadTexts(join(root, 'locales'))
const say = texts.for('ru', 'adult')
const groupName = (_: string, code: string) =>
  code === 'none' ? say.label('surveyCharts.noGroup') : `Район ${code}`
const results = madeUpResults()
const question = (code: string) => {
  const found = results.questions.find((one) => one.code === code)
  if (!found) throw new Error(code)
  return found
}

const chart = (asked: ChartAsked): Chart => {
  const made = chartOf(results, asked, { say, groupName })
  if (!made) throw new Error('no chart')
  return made
}
const drawn = async (asked: ChartAsked, id = 'c1'): Promise<SvgElement[]> => {
  const [svg = ''] = await drawCharts([{ id, chart: chart(asked) }])
  return elementsOf(svg)
}

/** Marks of a series by the index of their datum. */
const marksOf = (elements: readonly SvgElement[], series: number) =>
  Map.groupBy(
    elements.filter(({ attributes }) => attributes['data-mark']?.startsWith(`${series}:`)),
    ({ attributes }) => attributes['data-mark'],
  )
const wordsIn = (elements: readonly SvgElement[]): string[] =>
  elements.flatMap(({ name, text }) => (name === 'text' && text.trim() !== '' ? [text] : []))

const everything: [string, ChartAsked][] = [
  ['overview', { kind: 'overview' }],
  ['funnel', { kind: 'funnel' }],
  ['stopped', { kind: 'stopped' }],
  ['distribution', { kind: 'distribution', question: question('helped') }],
  ['ten', { kind: 'distribution', question: question('advise') }],
  ['trend', { kind: 'trend', question: question('helped') }],
  ['breakdown', { kind: 'breakdown', question: question('helped'), by: 'territory' }],
]

test('a distribution has a bar, whiskers, a label and a figure for every answer', async () => {
  const elements = await drawn({ kind: 'distribution', question: question('helped') })
  const bars = marksOf(elements, 1)
  expect(bars.size).toBe(5)
  // The length grows with the count.
  const ends = [...bars.values()].map((bar) => Math.max(...xs(bar[0])))
  expect(ends.map((end) => Math.round(((end - 12) / 396) * 74))).toEqual([3, 8, 16, 31, 16])
  expect(marksOf(elements, 2).size).toBe(5)
  expect(wordsIn(elements)).toEqual(
    expect.arrayContaining(['1 · Не помогли', '5 · Очень помогли', '42\u00a0% · 31', '100\u00a0%']),
  )
})

test('each of eleven steps has its bar', async () => {
  const elements = await drawn({ kind: 'distribution', question: question('advise') })
  expect(marksOf(elements, 1).size).toBe(11)
})

test('a trend has a point and whiskers for each month with enough answers, and marks the others', async () => {
  const elements = await drawn({ kind: 'trend', question: question('helped') })
  expect(marksOf(elements, 1).size).toBe(5)
  const lines = elements.filter(
    ({ attributes }) => attributes.stroke === '#1f6b63' && attributes.fill === 'none',
  )
  // A month with too few answers is a gap in the line.
  expect(lines.flatMap(({ attributes }) => attributes.d?.match(/M/g) ?? [])).toHaveLength(2)
  expect(wordsIn(elements)).toEqual(
    expect.arrayContaining(['июнь', 'нояб', '3,4', '4,1', 'мало ответов', '1', '5']),
  )
})

test('a breakdown names every group, including those with too few answers', async () => {
  const elements = await drawn({ kind: 'breakdown', question: question('helped'), by: 'territory' })
  expect(marksOf(elements, 2).size).toBe(2)
  expect(wordsIn(elements)).toEqual(
    expect.arrayContaining(['Район leninsky', '3,9 · 41', 'Район shpakovsky', 'мало ответов', 'все: 3,7']),
  )
})

test('an overview has a line for each question and a pattern for each step', async () => {
  const elements = await drawn({ kind: 'overview' })
  expect(elements.filter(({ name }) => name === 'pattern').length).toBeGreaterThanOrEqual(2)
  expect(wordsIn(elements)).toEqual(
    expect.arrayContaining(['1 – хуже всего', '2', '3', '4', '5 – лучше всего', 'мало ответов']),
  )
})

test('a funnel decreases, and stops are counted among those who started', async () => {
  const funnel = marksOf(await drawn({ kind: 'funnel' }), 1)
  const ends = [...funnel.values()].map((bar) => Math.max(...xs(bar[0])))
  expect(ends).toEqual(ends.toSorted((a, b) => b - a))
  expect(wordsIn(await drawn({ kind: 'stopped' }))).toContain('6\u00a0% · 5')
})

test('the steps of a scale differ in greyscale', async () => {
  const elements = await drawn({ kind: 'distribution', question: question('helped') })
  const bars = marksOf(elements, 1)
  const seen = [...bars.values()].map(([bar]) => {
    const same = elements.filter(({ attributes }) => attributes.d === bar?.attributes.d)
    const fills = same.flatMap(({ attributes }) => attributes.fill ?? [])
    return {
      grey: lightness(fills.find((fill) => fill.startsWith('#')) ?? ''),
      pattern: fills.find((fill) => fill.startsWith('url(')),
    }
  })
  expect(seen.map(({ pattern }) => pattern !== undefined)).toEqual([true, true, false, false, false])
  for (const [index, one] of seen.entries())
    for (const other of seen.slice(index + 1))
      expect(one.pattern !== other.pattern || Math.abs(one.grey - other.grey) > 0.08).toBe(true)
})

test.each(everything)('%s can be embedded beside others, and is accessible', async (_, asked) => {
  const [one = '', other = ''] = await drawCharts([
    { id: 'a1', chart: chart(asked) },
    { id: 'b2', chart: chart(asked) },
  ])
  const ids = [one, other].flatMap((svg) => elementsOf(svg).flatMap(({ attributes }) => attributes.id ?? []))
  expect(new Set(ids).size).toBe(ids.length)
  for (const svg of [one, other]) {
    expect(svg).not.toMatch(
      /<(?:script|style|image|a|foreignObject)\b|\sstyle=|\son\w+=|href|class=|ecmeta|NaN|undefined/,
    )
    const elements = elementsOf(svg)
    expect(elements[0]?.attributes).toMatchObject({ role: 'img' })
    const named = elements[0]?.attributes['aria-labelledby']?.split(' ') ?? []
    const said = elements.filter(({ attributes }) => named.includes(attributes.id ?? ''))
    expect(said.map(({ name }) => name)).toEqual(['title', 'desc'])
    for (const [, id] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(svg).toContain(`id="${id}"`)
    const outside = elements.filter(
      ({ name, attributes }) => name === 'text' && Number(attributes.x ?? 0) > 420,
    )
    expect(outside).toEqual([])
  }
  const { table, description } = chart(asked)
  expect(description.length).toBeGreaterThan(20)
  expect(table.rows.every((row) => row.length === table.heads.length)).toBe(true)
})

test('figures with too few answers are not drawn', () => {
  const none = { ...results, sets: null, funnel: null, questions: [question('few')], breakdowns: [] }
  const asked: ChartAsked[] = [
    { kind: 'overview' },
    { kind: 'funnel' },
    { kind: 'stopped' },
    { kind: 'distribution', question: question('few') },
    { kind: 'distribution', question: question('missing') },
    { kind: 'trend', question: question('few') },
    { kind: 'breakdown', question: question('few'), by: 'level' },
  ]
  expect(asked.map((one) => chartOf(none, one, { say, groupName }))).toEqual(asked.map(() => null))
})

test.each(everything)('%s is a standalone picture', async (name, asked) => {
  const { title, description, ...rest } = chart(asked)
  const [svg = ''] = await drawCharts([{ id: 'p', chart: { title, description, ...rest } }])
  const subtitle = 'Как прошёл визит · июнь – ноябрь 2026'
  const sheet = drawSheet({ id: 's', title, subtitle, charts: [{ title, description, svg }] })
  const png = await toPng(sheet)
  expect(png.length).toBeGreaterThan(10_000)
  expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(1000)
  if (process.env.UPDATE_PICTURES !== '1') return
  await mkdir(join(root, 'docs/pictures'), { recursive: true })
  await writeFile(join(root, `docs/pictures/survey-chart-${name}.png`), png)
})

const xs = (element: SvgElement | undefined): number[] =>
  (element?.attributes.d?.match(/-?[\d.]+ -?[\d.]+(?=[A-Z]|$)/g) ?? []).map((pair) =>
    Number(pair.split(' ')[0]),
  )
