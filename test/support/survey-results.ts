import { wilson } from '#features/surveys/results/statistics.ts'
import type {
  Figure,
  Interval,
  Part,
  QuestionResult,
  SurveyResults,
} from '#features/surveys/results/survey-result.ts'
import type { Words } from '#surveys/schema.ts'

// Made-up survey results in the shape that the database returns.

const spoken = (ru: string): Words => ({ ru: { adult: ru } })

const months = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11']
const helped = ['Не помогли', 'Почти не помогли', 'Немного помогли', 'Помогли', 'Очень помогли']
const agree = ['Нет', 'Скорее нет', 'Когда как', 'Скорее да', 'Да']

const partsOf = (counts: readonly number[], words: readonly string[], from = 1): Part[] => {
  const n = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count, index) => ({
    value: index + from,
    code: null,
    words: words[index] === undefined ? null : spoken(words[index]),
    count,
    share: count / n,
    interval: wilson(count, n),
  }))
}

const around = (value: number, by: number): Interval => ({ from: value - by, to: Math.min(5, value + by) })

const scale = (
  code: string,
  words: string,
  { counts, steps, means }: { counts: number[]; steps: string[]; means: (number | null)[] },
): QuestionResult => {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const mean = counts.reduce((sum, count, index) => sum + count * (index + 1), 0) / n
  return {
    code,
    since: 1,
    kind: 'scale',
    words: spoken(words),
    answers: {
      n,
      passedOver: 3,
      distribution: partsOf(counts, steps),
      measure: { of: 'mean', value: mean, interval: around(mean, 0.15) },
      median: 4,
    },
    trend: months.map((month, index) => {
      const value = means[index] ?? null
      const figure =
        value === null
          ? null
          : { n: 14, measure: { of: 'mean' as const, value, interval: around(value, 0.4) } }
      return { month, figure }
    }),
  }
}

const figure = (value: number, n: number): Figure => ({
  n,
  measure: { of: 'mean', value, interval: { from: value - 0.3, to: value + 0.3 } },
})

export const madeUpResults = (): SurveyResults => ({
  code: 'after-visit',
  version: 1,
  title: spoken('Как прошёл визит'),
  query: { code: 'after-visit', from: '2026-06', until: '2026-11' },
  minors: true,
  sets: 74,
  funnel: {
    invited: 120,
    opened: 96,
    started: 81,
    finished: 74,
    medianSeconds: 70,
    stopped: [
      { question: 'helped', words: spoken('В этот визит мы вам помогли?'), count: 5 },
      { question: 'respect', words: spoken('С вами говорили уважительно?'), count: 2 },
    ],
  },
  questions: [
    scale('helped', 'В этот визит мы вам помогли?', {
      counts: [3, 8, 16, 31, 16],
      steps: helped,
      means: [3.4, 3.6, null, 3.8, 3.7, 4.1],
    }),
    scale('respect', 'С вами говорили уважительно и слушали вас до конца?', {
      counts: [1, 2, 5, 22, 44],
      steps: agree,
      means: [4.2, 4.3, null, 4.5, 4.4, 4.6],
    }),
    {
      code: 'few',
      since: 1,
      kind: 'scale',
      words: spoken('Стало ли понятнее, что дальше?'),
      answers: null,
      trend: [],
    },
    {
      code: 'advise',
      since: 1,
      kind: 'ten',
      words: spoken('Посоветуете нас знакомой семье?'),
      answers: {
        n: 74,
        passedOver: 0,
        distribution: partsOf([1, 0, 1, 2, 2, 5, 6, 9, 14, 14, 20], [], 0),
        measure: { of: 'mean', value: 7.9, interval: { from: 7.4, to: 8.4 } },
        median: 8,
      },
      trend: [],
    },
    { code: 'missing', since: 1, kind: 'text', words: spoken('Чего не хватило?'), answers: null, trend: [] },
  ],
  breakdowns: [
    {
      by: 'territory',
      cells: [
        {
          code: 'leninsky',
          sets: 41,
          figures: [figure(3.9, 41), figure(4.5, 41), null, figure(8.1, 41), null],
        },
        {
          code: 'oktyabrsky',
          sets: 33,
          figures: [figure(3.3, 33), figure(4.3, 33), null, figure(7.6, 33), null],
        },
        { code: 'shpakovsky', sets: null, figures: [null, null, null, null, null] },
      ],
    },
  ],
})
