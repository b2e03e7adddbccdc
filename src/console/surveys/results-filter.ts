import { z } from 'zod'
import { questionWords } from '#features/surveys/charts/chart-words.ts'
import { monthTitle } from '#features/surveys/charts/number-format.ts'
import type { Choices } from '#features/surveys/results/choices.ts'
import type { Dimension, QuestionResult, ResultsQuery } from '#features/surveys/results/survey-result.ts'
import { wordsFor } from '#features/surveys/spoken-questions.ts'
import { html, type Markup } from '#http/markup.ts'
import { type ResultsFilter, resultsFilterSchema } from '#storage/surveys/results-filter.ts'
import { formTo } from '../form-markup.ts'
import type { Visit } from '../visit.ts'
import { type ResultPart, resultParts } from './tabs.ts'

type Names = (by: Dimension, code: string) => string
type Option = { value: string; words: string }

const typed = z.string().optional().catch(undefined)
/** Fields of the form. None is refused: what does not fit is left out. */
export const filterFields = z.object({
  survey: typed,
  from: typed,
  until: typed,
  territory: typed,
  only: typed,
  version: typed,
  compare: typed,
  /** The page that it was sent from. */
  part: z.enum(resultParts).catch('results'),
})

/** Parses the submitted form; ignores empty fields. */
export const filterIn = (form: z.output<typeof filterFields>): ResultsFilter => {
  const field = (name: keyof typeof form) => form[name] || undefined
  const [only = '', ...rest] = (field('only') ?? '').split(':')
  const narrowed = { level: 'level', kind: 'helpKind', curator: 'curatorId' }[only]
  const given = {
    code: field('survey'),
    from: field('from'),
    until: field('until'),
    territory: field('territory'),
    version: field('version') === undefined ? undefined : Number(field('version')),
    compare: field('compare'),
    ...(narrowed && { [narrowed]: rest.join(':') }),
  }
  // One invalid value resets the whole filter: the form cannot produce it.
  return resultsFilterSchema.catch({}).parse(given)
}

/** The filter form with the current choice. `questions`: those by which groups can be compared. */
export const filterForm = (
  visit: Visit,
  part: ResultPart,
  {
    choices,
    query,
    names,
    questions,
    compared,
  }: {
    choices: Choices
    query: ResultsQuery
    names: Names
    questions: readonly QuestionResult[]
    compared: QuestionResult | undefined
  },
): Markup => {
  const { say } = visit
  const label = (key: string) => say.label(`resultsPage.filter.${key}`)
  const reader = { language: say.language, minor: false }
  const months = choices.months.map((month) => ({ value: month, words: monthTitle(say, month) }))
  const group = (by: Dimension, prefix: string, codes: readonly string[]): Option[] =>
    codes.map((code) => ({ value: `${prefix}:${code}`, words: names(by, code) }))
  const groups = [
    { title: label('levels'), options: group('level', 'level', choices.levels) },
    { title: label('kinds'), options: group('help-kind', 'kind', choices.helpKinds) },
    {
      title: label('curators'),
      options: group(
        'curator',
        'curator',
        choices.curators.map(({ id }) => id),
      ),
    },
  ].filter(({ options }) => options.length > 0)
  const fields = [
    field('survey', label('survey'), query.code, [
      ...choices.surveys.map(({ survey }) => ({ value: survey.code, words: wordsFor(survey.title, reader) })),
    ]),
    field('from', label('from'), query.from, months),
    field('until', label('until'), query.until, months),
    field('territory', label('territory'), query.territory, [
      { value: '', words: label('allTerritories') },
      ...choices.territories.map((code) => ({ value: code, words: names('territory', code) })),
    ]),
    field('only', label('only'), onlyOf(query), [{ value: '', words: label('all') }], groups),
    choices.versions.length > 1 &&
      field('version', label('version'), String(query.version ?? ''), [
        { value: '', words: label('allVersions') },
        ...choices.versions.map(({ survey: { version } }) => ({
          value: String(version),
          words: say.label('resultsPage.filter.versionName', { version }),
        })),
      ]),
    questions.length > 1 &&
      field(
        'compare',
        label('compare'),
        compared?.code,
        questions.map((one) => ({ value: one.code, words: questionWords(one, say) })),
      ),
  ].filter((one) => one !== false)
  const inside = html`<input type="hidden" name="part" value="${part}"><div class="fields">${fields}</div>
<button>${label('button')}</button>`
  return html`<section class="filter"><h2>${label('title')}</h2>${formTo(visit, '/console/surveys', inside)}</section>`
}

const onlyOf = ({ level, helpKind, curatorId }: ResultsQuery): string => {
  if (level !== undefined) return `level:${level}`
  if (helpKind !== undefined) return `kind:${helpKind}`
  return curatorId === undefined ? '' : `curator:${curatorId}`
}

const field = (
  name: string,
  label: string,
  chosen: string | undefined,
  options: readonly Option[],
  groups: readonly { title: string; options: readonly Option[] }[] = [],
): Markup => {
  const one = ({ value, words }: Option) =>
    value === (chosen ?? '')
      ? html`<option value="${value}" selected>${words}</option>`
      : html`<option value="${value}">${words}</option>`
  const grouped = groups.map(
    ({ title, options: own }) => html`<optgroup label="${title}">${own.map(one)}</optgroup>`,
  )
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options.map(one)}${grouped}</select></div>`
}
