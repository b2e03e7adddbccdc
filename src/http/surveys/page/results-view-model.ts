import type { Say, Texts } from '#core/text.ts'
import type { Chart } from '#features/surveys/charts/chart.ts'
import type { ChartWords } from '#features/surveys/charts/chart-words.ts'
import { drawCharts } from '#features/surveys/charts/charts.ts'
import { type ChartAsked, chartOf } from '#features/surveys/charts/charts-of.ts'
import { maskWords } from '#features/surveys/mask.ts'
import { type Choices, choicesFor } from '#features/surveys/results/choices.ts'
import { type Comment, readComments } from '#features/surveys/results/comments.ts'
import { groupNames } from '#features/surveys/results/group-names.ts'
import { surveyResults } from '#features/surveys/results/results.ts'
import type { OpenResults } from '#features/surveys/results/results-access.ts'
import {
  dimensions,
  type QuestionResult,
  type SurveyResults,
} from '#features/surveys/results/survey-result.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import { personOf } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'

type Deps = { database: Database; sealer: Sealer; region: Region; texts: Texts }

/** A drawn chart; `id` prefixes all ids in its SVG. */
export type DrawnChart = { id: string; chart: Chart; svg: string }

export type ResultsView = {
  say: Say
  choices: Choices
  results: SurveyResults
  words: ChartWords
  /** Questions by which groups can be compared, and the chosen one. */
  comparable: QuestionResult[]
  compared: QuestionResult | undefined
}

/** Loads the results in the supervisor's language, limited to their territories. */
export const loadResultsView = async (
  deps: Deps,
  { session, supervisor }: OpenResults,
  now: Date,
): Promise<ResultsView> => {
  const { database, region, texts } = deps
  const person = supervisor.personId === null ? null : await personOf(database, supervisor.personId)
  const say = texts.for(person?.language ?? 'ru', 'adult')
  const { choices, query } = await choicesFor(database, { region, supervisor, filter: session.filter, now })
  const results = await surveyResults(database, {
    query,
    reach: reachOf(supervisor),
    minors: true,
    timeZone: region.timeZone,
  })
  const words = { say, groupName: groupNames(say, { curators: choices.curators }) }
  const comparable = results.questions.filter(({ answers }) => answers?.measure)
  const compared = comparable.find(({ code }) => code === session.filter.compare) ?? comparable[0]
  return { say, choices, results, words, comparable, compared }
}

const reachOf = ({ id, territories }: OpenResults['supervisor']) => ({ territories, staffId: id })

/** Loads the free-text answers of the view. The caller audits the access if there are any. */
export const loadComments = (
  deps: Deps,
  { supervisor }: OpenResults,
  { results, say, limit }: { results: SurveyResults; say: Say; limit: number },
): Promise<Comment[]> =>
  readComments(deps, { results, reach: reachOf(supervisor), words: maskWords(say), limit })

/** Draws all charts of the page in one batch, by name; leaves out those without data. */
export const drawAllCharts = async ({
  results,
  words,
  compared,
}: ResultsView): Promise<Map<string, DrawnChart>> => {
  const wanted: [string, ChartAsked][] = [
    ['overview', { kind: 'overview' }],
    ['funnel', { kind: 'funnel' }],
    ['stopped', { kind: 'stopped' }],
    ...results.questions.flatMap((question): [string, ChartAsked][] => [
      [`distribution.${nameOf(question)}`, { kind: 'distribution', question }],
      [`trend.${nameOf(question)}`, { kind: 'trend', question }],
    ]),
    ...dimensions.flatMap((by): [string, ChartAsked][] =>
      compared ? [[`breakdown.${by}`, { kind: 'breakdown', question: compared, by }]] : [],
    ),
  ]
  const charts = wanted.flatMap(([name, asked], index) => {
    const chart = chartOf(results, asked, words)
    return chart ? [{ name, id: `chart${index}`, chart }] : []
  })
  const svgs = await drawCharts(charts.map(({ id, chart }) => ({ id, chart })))
  return new Map(charts.map(({ name, ...one }, index) => [name, { ...one, svg: svgs[index] ?? '' }]))
}

/** Identifies a question in one of its wordings. */
export const nameOf = ({ code, since }: Pick<QuestionResult, 'code' | 'since'>): string => `${code}.${since}`
